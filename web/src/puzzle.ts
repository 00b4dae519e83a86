// The small puzzle that the look-up sets when many questions come from one network.

import { sha256 } from "@noble/hashes/sha2.js";

import { fromHex, joined, utf8 } from "./bytes";

const HARDEST = 20;
const LABEL = utf8("oberih/1/puzzle\0");

// The question with a solution after it; throws for a puzzle harder than any that is set.
export async function paid(question: Uint8Array, told: unknown): Promise<Uint8Array<ArrayBuffer>> {
  const challenge = fromHex(String((told as { challenge?: unknown }).challenge ?? ""));
  const bits = challenge[0] ?? 0;
  if (challenge.length !== 32 || bits > HARDEST) throw new RangeError("too hard");
  const start = joined(LABEL, challenge, sha256(question));
  const tried = joined(start, new Uint8Array(8));
  const counter = new DataView(tried.buffer, start.length);
  for (let number = 0; ; number += 1) {
    counter.setUint32(4, number);
    if (beginsWithZeros(sha256(tried), bits)) return joined(question, challenge, tried.subarray(start.length));
    if (number % 4096 === 4095) await new Promise((resume) => setTimeout(resume));
  }
}

function beginsWithZeros(digest: Uint8Array, bits: number): boolean {
  for (let at = 0; at < bits; at += 1) {
    if (((digest[at >> 3] ?? 0) >> (7 - (at & 7))) & 1) return false;
  }
  return true;
}
