// The receipt: ten words, and every key of one conversation derived from them.

import { ed25519 } from "@noble/curves/ed25519.js";
import { identityToRecipient } from "age-encryption";

import { joined, toHex, utf8 } from "./bytes";
import { type Bytes, sha256 } from "./digest";
import { identityOf } from "./seal";
import { bitsOf, WordTrouble, wordsOf } from "./words";

const IKM = 13;
const CHECK_BITS = 7n;
const ROUNDS = 2 ** 19;
const SALT = utf8("oberih/1/receipt");
const CHECK_LABEL = utf8("oberih-receipt-1");
const MAILBOX_LABEL = utf8("oberih/1/mailbox\0");

export interface ReporterKeys {
  token: Bytes;
  tokenHash: Bytes;
  identity: string;
  recipient: string;
  signing: Bytes;
  verify: Bytes;
  mac: Bytes;
  marker: Bytes;
  mailbox: string;
}

export interface Receipt {
  words: readonly string[];
  keys: ReporterKeys;
}

export interface WordList {
  words: readonly string[];
}

// Draws 103 random bits and derives the keys: a tenth of a second or more, on purpose.
export async function newReceipt(list: WordList): Promise<Receipt> {
  const ikm = crypto.getRandomValues(new Uint8Array(IKM));
  ikm[0] = (ikm[0] ?? 0) & 0x7f;
  return receiptOf(ikm, list);
}

// Reads the words as typed; throws WordTrouble with the position, never with the word.
export async function readReceipt(text: string, list: WordList): Promise<Receipt> {
  const bits = bitsOf(text, list.words);
  const ikm = bytesOf(bits >> CHECK_BITS);
  if ((bits & 0x7fn) !== (await checkOf(ikm))) throw new WordTrouble("wrong-word");
  return receiptOf(ikm, list);
}

export async function receiptOf(ikm: Bytes, list: WordList): Promise<Receipt> {
  const number = BigInt(`0x${toHex(ikm)}`);
  const words = wordsOf((number << CHECK_BITS) | (await checkOf(ikm)), list.words);
  return { words, keys: await keysOf(ikm) };
}

async function keysOf(ikm: Bytes): Promise<ReporterKeys> {
  const seed = await stretched(ikm);
  const derived = (use: string): Promise<Bytes> => hkdf(seed, utf8(`oberih/1/${use}`));
  const identity = identityOf(await derived("identity"));
  const signing = await derived("sign");
  const token = await derived("token");
  const known = {
    recipient: await identityToRecipient(identity),
    verify: ed25519.getPublicKey(signing) as Bytes,
    tokenHash: await sha256(token),
  };
  const mailbox = await mailboxOf(known);
  const [mac, marker] = [await derived("mac"), await derived("marker")];
  return { ...known, token, identity, signing, mac, marker, mailbox };
}

// The only mailbox under which these keys may stand.
export async function mailboxOf(
  keys: Pick<ReporterKeys, "recipient" | "verify" | "tokenHash">,
): Promise<string> {
  const recipient = utf8(`${keys.recipient}\0`);
  return toHex(await sha256(joined(MAILBOX_LABEL, recipient, keys.verify, keys.tokenHash)));
}

async function checkOf(ikm: Bytes): Promise<bigint> {
  const digest = await sha256(joined(CHECK_LABEL, ikm));
  return BigInt((digest[0] ?? 0) >> 1);
}

async function stretched(ikm: Bytes): Promise<CryptoKey> {
  const secret = await crypto.subtle.importKey("raw", ikm, "PBKDF2", false, ["deriveBits"]);
  const method = { name: "PBKDF2", hash: "SHA-256", salt: SALT, iterations: ROUNDS };
  const seed = await crypto.subtle.deriveBits(method, secret, 256);
  return crypto.subtle.importKey("raw", seed, "HKDF", false, ["deriveBits"]);
}

async function hkdf(seed: CryptoKey, info: Bytes): Promise<Bytes> {
  const method = { name: "HKDF", hash: "SHA-256", salt: new Uint8Array(), info };
  return new Uint8Array(await crypto.subtle.deriveBits(method, seed, 256));
}

function bytesOf(number: bigint): Bytes {
  return Uint8Array.from({ length: IKM }, (_none, place) =>
    Number((number >> BigInt(8 * (IKM - 1 - place))) & 0xffn),
  );
}
