// The envelope: exactly 16,384 bytes, whatever is inside, in both directions.

import { fromHex, joined, toHex, utf8 } from "./bytes";
import { decode, type Json } from "./canonical";
import { type Bytes, sha256, textOf } from "./digest";
import { openSealed, Refused, seal } from "./seal";

export const SIZE = 16_384;
const MAGIC = utf8("OBERIH\x01");
const HEAD = 44;
export const MARKER = 64;
const SEALED_FROM = HEAD + MARKER;
const AGE_OVERHEAD = 1_659;
const PADDED = SIZE - SEALED_FROM - AGE_OVERHEAD;

// The longest inner message, in bytes.
export const CAPACITY = PADDED - 4;

const DIRECTIONS = ["report", "reply"] as const;
export type Direction = (typeof DIRECTIONS)[number];

export interface Header {
  direction: Direction;
  epoch: number;
  mailbox: string;
}

// A report's `marker` is the reporter's own (see marker.ts), else random bytes; a reply has zeros.
export interface Addressed extends Header {
  marker?: Bytes;
}

export class TooLong extends Error {
  readonly code = "too-long";
}

export async function sealEnvelope(inner: Bytes, header: Addressed, recipient: string): Promise<Bytes> {
  if (inner.length > CAPACITY) throw new TooLong();
  const padded = new Uint8Array(PADDED);
  new DataView(padded.buffer).setUint32(0, inner.length);
  padded.set(inner, 4);
  const none = new Uint8Array(MARKER);
  const marker = header.direction === "reply" ? none : (header.marker ?? crypto.getRandomValues(none));
  const envelope = joined(headOf(header), marker, await seal(padded, recipient));
  if (envelope.length !== SIZE) throw new TooLong();
  return envelope;
}

// What the front can read, unauthenticated; throws Refused for another size or version.
export function readHeader(envelope: Bytes): Header {
  const direction = DIRECTIONS[envelope[7] ?? 2];
  const isOurs = MAGIC.every((byte, place) => envelope[place] === byte);
  if (envelope.length !== SIZE || !isOurs || !direction) throw new Refused();
  const epoch = new DataView(envelope.buffer, envelope.byteOffset).getUint32(8);
  return { direction, epoch, mailbox: toHex(envelope.subarray(12, HEAD)) };
}

// Returns the inner message, whose author is still to be verified; throws Refused.
export async function openEnvelope(envelope: Bytes, identity: string): Promise<Bytes> {
  const header = readHeader(envelope);
  const hasMarker = envelope.subarray(HEAD, SEALED_FROM).some((byte) => byte !== 0);
  if (header.direction === "reply" && hasMarker) throw new Refused();
  const padded = await openSealed(envelope.slice(SEALED_FROM), identity);
  if (padded.length !== PADDED) throw new Refused();
  const length = new DataView(padded.buffer, padded.byteOffset).getUint32(0);
  const inner = padded.slice(4, 4 + length);
  if (inner.length !== length || padded.subarray(4 + length).some((byte) => byte !== 0)) {
    throw new Refused();
  }
  compare(inner, header);
  return inner;
}

export async function envelopeId(envelope: Bytes): Promise<string> {
  return toHex(await sha256(envelope));
}

// The 44 bytes of a header.
export function headOf(header: Header): Bytes {
  const numbers = new Uint8Array(5);
  numbers[0] = DIRECTIONS.indexOf(header.direction);
  new DataView(numbers.buffer).setUint32(1, header.epoch);
  return joined(MAGIC, numbers, fromHex(header.mailbox));
}

// The head is not authenticated by itself: it must say what the signed copy inside says.
function compare(inner: Bytes, header: Header): void {
  const said = messageOf(inner);
  const isSame = (["direction", "epoch", "mailbox"] as const).every((name) => said[name] === header[name]);
  if (!isSame) throw new Refused();
}

function messageOf(inner: Bytes): Record<string, Json> {
  try {
    const { message } = decode(textOf(inner)) as { message?: Json };
    return (message ?? {}) as Record<string, Json>;
  } catch {
    throw new Refused();
  }
}
