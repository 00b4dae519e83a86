// One attachment: an age file padded to a power of two of 256 KiB chunks, so that its length tells
// only its class. It is read once, piece by piece; the sealed pieces go into a Blob, not into memory.

import { sha256 as hasher } from "@noble/hashes/sha2.js";

import type { Announced } from "./bodies";
import { toHex } from "./bytes";
import type { Bytes } from "./digest";
import { firstLetters } from "./letters";
import { sealStream } from "./seal";

export const CHUNK = 262_144;
const MOST_CHUNKS = 256;
const LENGTH_PREFIX = 8;
const STREAM_CHUNK = 65_536;
const TAG = 16;
const HEADER_AND_NONCE = 1_643;
const LONGEST_NAME = 120;
const LONGEST_TYPE = 100;

// The longest content that fits into 256 chunks, a little less than 64 MiB.
export const LARGEST = roomOf(MOST_CHUNKS);

export type AttachmentCode = "file-empty" | "file-large";

export class AttachmentTrouble extends Error {
  constructor(readonly code: AttachmentCode) {
    super(code);
  }
}

// `sealed` is what is uploaded, in parts of CHUNK; the rest is announced inside the first message.
export interface SealedAttachment extends Announced {
  sealed: Blob;
}

export interface Original {
  content: Blob;
  name: string;
}

type Tell = (share: number) => void;

// Seals one file; `tell` hears the share that is done. Throws AttachmentTrouble, Refused.
export async function sealAttachment(
  original: Original,
  recipient: string,
  tell: Tell = () => undefined,
): Promise<SealedAttachment> {
  const { content } = original;
  const chunks = chunksFor(content.size);
  const clear = hasher.create();
  const whole = hasher.create();
  const parts: Blob[] = [];
  let done = 0;
  const sealing = await sealStream(padded(content, chunks, (piece) => clear.update(piece)), recipient);
  await eachPiece(sealing, (piece) => {
    whole.update(piece);
    parts.push(new Blob([piece]));
    done += piece.length;
    tell(done / (chunks * CHUNK));
  });
  if (done !== chunks * CHUNK) throw new AttachmentTrouble("file-large");
  return {
    id: toHex(whole.digest()),
    name: nameOf(original.name),
    type: firstLetters(content.type, LONGEST_TYPE),
    size: content.size,
    sha256: toHex(clear.digest()),
    chunks,
    sealed: new Blob(parts),
  };
}

// Returns how many chunks a content of this size takes: 1, 2, 4 ... 256.
export function chunksFor(size: number): number {
  if (size === 0) throw new AttachmentTrouble("file-empty");
  for (let chunks = 1; chunks <= MOST_CHUNKS; chunks *= 2) {
    if (size <= roomOf(chunks)) return chunks;
  }
  throw new AttachmentTrouble("file-large");
}

function roomOf(chunks: number): number {
  return plainLength(chunks) - LENGTH_PREFIX;
}

// The plaintext whose age file has exactly this many chunks.
function plainLength(chunks: number): number {
  const payload = chunks * CHUNK - HEADER_AND_NONCE;
  return payload - TAG * Math.ceil(payload / (STREAM_CHUNK + TAG));
}

// length || content || zeros, as a stream.
function padded(content: Blob, chunks: number, see: (piece: Uint8Array) => void): ReadableStream<Uint8Array> {
  const length = new Uint8Array(LENGTH_PREFIX);
  new DataView(length.buffer).setBigUint64(0, BigInt(content.size));
  const watch = new TransformStream<Uint8Array, Uint8Array>({
    start: (controller) => controller.enqueue(length),
    transform(piece, controller) {
      see(piece);
      controller.enqueue(piece);
    },
    flush(controller) {
      let missing = roomOf(chunks) - content.size;
      for (; missing > 0; missing -= STREAM_CHUNK) {
        controller.enqueue(new Uint8Array(Math.min(missing, STREAM_CHUNK)));
      }
    },
  });
  return content.stream().pipeThrough(watch);
}

async function eachPiece(stream: ReadableStream<Uint8Array>, take: (piece: Bytes) => void): Promise<void> {
  const reader = stream.getReader();
  for (let next = await reader.read(); !next.done; next = await reader.read()) {
    take(new Uint8Array(next.value));
  }
}

// The last part of the path, cut between characters.
function nameOf(path: string): string {
  const name = path.split(/[\\/]/).pop()?.replace(/\p{C}|\p{Surrogate}/gu, "") ?? "";
  return firstLetters(name, LONGEST_NAME);
}
