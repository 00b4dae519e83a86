// The marker in an envelope's head: where a reporter's message stands, readable by her words alone.
//
// With only the ten words left she cannot open what she sealed to the desk, yet must number her
// next message. AES-256-GCM over sequence and digest; the head is authenticated with it.

import { fromHex, joined, toHex } from "./bytes";
import type { Bytes } from "./digest";
import { headOf, type Header, MARKER } from "./envelope";
import { Refused } from "./seal";

const HEAD = 44;
const NONCE = 12;

export interface Marked {
  sequence: number;
  digest: string;
}

export async function sealMarker(marked: Marked, key: Bytes, header: Header): Promise<Bytes> {
  const nonce = crypto.getRandomValues(new Uint8Array(NONCE));
  const sequence = new Uint8Array(4);
  new DataView(sequence.buffer).setUint32(0, marked.sequence);
  const content = joined(sequence, fromHex(marked.digest));
  const method = { name: "AES-GCM", iv: nonce, additionalData: headOf(header) };
  const sealed = await crypto.subtle.encrypt(method, await imported(key, "encrypt"), content);
  return joined(nonce, new Uint8Array(sealed));
}

// Throws Refused for an envelope that these words did not write.
export async function openMarker(envelope: Bytes, key: Bytes): Promise<Marked> {
  const marker = envelope.slice(HEAD, HEAD + MARKER);
  const method = { name: "AES-GCM", iv: marker.slice(0, NONCE), additionalData: envelope.slice(0, HEAD) };
  try {
    const opened = await crypto.subtle.decrypt(method, await imported(key, "decrypt"), marker.slice(NONCE));
    const sequence = new DataView(opened).getUint32(0);
    return { sequence, digest: toHex(new Uint8Array(opened, 4)) };
  } catch {
    throw new Refused();
  }
}

function imported(key: Bytes, use: "encrypt" | "decrypt"): Promise<CryptoKey> {
  return crypto.subtle.importKey("raw", key, "AES-GCM", false, [use]);
}
