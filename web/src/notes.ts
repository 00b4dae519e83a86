// Signed notes (c2sp.org/signed-note): a purpose, a number, a validity, one signature line.

import { ed25519 } from "@noble/curves/ed25519.js";
import { base64 } from "@scure/base";

import { joined, utf8 } from "./bytes";
import { decode, type Json } from "./canonical";
import { type Bytes, sha256 } from "./digest";
import { Fields } from "./fields";

const PURPOSES = ["delegations", "recipients", "watch-list", "alerts", "rules", "numbers", "log", "log-ml-dsa-44"] as const;
export type Purpose = (typeof PURPOSES)[number];

export type NoteCode = "malformed" | "version" | "signature" | "purpose" | "expired" | "not-yet";

export class NoteRefused extends Error {
  constructor(readonly code: NoteCode) {
    super(code);
  }
}

export interface Document {
  purpose: Purpose;
  sequence: number;
  notBefore: Date;
  notAfter: Date;
  body: Json;
}

export interface Expected {
  key: Bytes;
  purpose: Purpose;
  now: Date;
}

// Returns the document when it is genuine and in date; throws NoteRefused for anything less.
// Exactly one signature line is taken: ignoring others would let a second one be stripped.
export async function verifyNote(note: string, expected: Expected): Promise<Document> {
  const [text, line] = split(note);
  await verifyLine(line, text, expected);
  const document = documentOf(text);
  if (document.purpose !== expected.purpose) throw new NoteRefused("purpose");
  if (expected.now < document.notBefore) throw new NoteRefused("not-yet");
  if (expected.now > document.notAfter) throw new NoteRefused("expired");
  return document;
}

function split(note: string): [string, string] {
  const gap = note.indexOf("\n\n");
  if (gap < 0) throw new NoteRefused("malformed");
  const lines = note.slice(gap + 2).split("\n");
  if (lines.length !== 2 || lines[1] !== "") throw new NoteRefused("signature");
  return [note.slice(0, gap + 1), lines[0] ?? ""];
}

async function verifyLine(line: string, text: string, expected: Expected): Promise<void> {
  const [dash, name, encoded, ...rest] = line.split(" ");
  if (dash !== "\u2014" || encoded === undefined || rest.length) throw new NoteRefused("signature");
  if (name !== `oberih/${expected.purpose}`) throw new NoteRefused("purpose");
  const signed = decodedSignature(encoded);
  const hash = await keyHash(expected);
  const isOurs = hash.every((byte, place) => signed[place] === byte);
  if (!isOurs || !isSignature(signed.subarray(4), text, expected.key)) {
    throw new NoteRefused("signature");
  }
}

function decodedSignature(encoded: string): Uint8Array {
  try {
    const signed = base64.decode(encoded);
    if (signed.length === 68) return signed;
  } catch {
    // falls through: one answer for all that is wrong
  }
  throw new NoteRefused("signature");
}

function isSignature(signature: Uint8Array, text: string, key: Bytes): boolean {
  try {
    return ed25519.verify(signature, utf8(text), key, { zip215: false });
  } catch {
    return false;
  }
}

async function keyHash({ key, purpose }: Expected): Promise<Uint8Array> {
  return (await sha256(joined(utf8(`oberih/${purpose}\n\x01`), key))).subarray(0, 4);
}

function documentOf(text: string): Document {
  try {
    return readDocument(new Fields(decode(text.slice(0, -1))));
  } catch (error) {
    throw error instanceof NoteRefused ? error : new NoteRefused("malformed");
  }
}

function readDocument(fields: Fields): Document {
  if (fields.take("v") !== 1) throw new NoteRefused("version");
  const document = {
    purpose: fields.choice("purpose", PURPOSES),
    sequence: fields.number("sequence"),
    notBefore: fields.time("not_before"),
    notAfter: fields.time("not_after"),
    body: fields.take("body"),
  };
  fields.close();
  return document;
}

