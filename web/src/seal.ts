// Sealing to `age1pq1...` only: what is recorded today stays closed to a later quantum computer.

import { Decrypter, Encrypter } from "age-encryption";
import { bech32 } from "@scure/base";

import type { Bytes } from "./digest";

const RECIPIENT = /^age1pq1[02-9ac-hj-np-z]{1952}$/;
const IDENTITY_PREFIX = "age-secret-key-pq-";

// What must not be sealed to, or could not be opened, looks the same to the caller: refused.
export class Refused extends Error {
  readonly code = "refused";
}

// Throws Refused for a classical recipient (`age1...`), a plugin's, or a mistyped one.
export function checkedRecipient(text: string): string {
  if (!RECIPIENT.test(text)) throw new Refused();
  return text;
}

export async function seal(plaintext: Bytes, recipient: string): Promise<Bytes> {
  return (await sealer(recipient).encrypt(plaintext)) as Bytes;
}

// Seals as it reads: 64 KiB at a time.
export async function sealStream(
  plaintext: ReadableStream<Uint8Array>,
  recipient: string,
): Promise<ReadableStream<Uint8Array>> {
  return sealer(recipient).encrypt(plaintext);
}

// Returns the plaintext, whole and unchanged; throws Refused.
export async function openSealed(sealed: Bytes, identity: string): Promise<Bytes> {
  try {
    const opener = new Decrypter();
    opener.addIdentity(identity);
    return (await opener.decrypt(sealed)) as Bytes;
  } catch {
    throw new Refused();
  }
}

// The identity of 32 bytes of key material, in age's spelling.
export function identityOf(seed: Bytes): string {
  return bech32.encodeFromBytes(IDENTITY_PREFIX, seed).toUpperCase();
}

function sealer(recipient: string): Encrypter {
  const encrypter = new Encrypter();
  encrypter.addRecipient(checkedRecipient(recipient));
  return encrypter;
}
