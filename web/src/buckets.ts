// Parts of a long watch list, all of one size, as oberih.crypto.buckets cuts them.

import { sha256 } from "@noble/hashes/sha2.js";

import { joined, toHex, utf8 } from "./bytes";
import { canonical, type Identifier } from "./identifiers";
import { NotAWatchList } from "./watchlist";

// `size` counts the bytes of a part's entries; `root` is the hash that the manifest signs.
export interface Cut {
  bits: number;
  salt: Uint8Array;
  size: number;
  root: string;
}

const HASH = 32;
const LABEL = utf8("oberih/1/watch-list-bucket\0");
const LEAF = Uint8Array.of(0);
const NODE = Uint8Array.of(1);
const ON_A_PHONE = new Set(["viber", "whatsapp", "signal"]);

// What is asked for an identifier: an account that stands on a phone number, and that number.
export function namesOf(identifier: Identifier): readonly Identifier[] {
  if (!ON_A_PHONE.has(identifier.kind) || !identifier.value.startsWith("+")) return [identifier];
  return [identifier, { kind: "phone", value: identifier.value }];
}

// The number of its part; all names of one telephone line are in the same.
export function bucketOf(identifier: Identifier, { salt, bits }: Cut): number {
  const line = namesOf(identifier).at(-1) ?? identifier;
  const digest = sha256(joined(LABEL, salt, utf8(canonical(line))));
  return new DataView(digest.buffer).getUint32(0) >>> (32 - bits);
}

// The name of a part's file: its number in as many hex letters as the last one needs.
export function bucketName(bucket: number, { bits }: Cut): string {
  return `${bucket.toString(16).padStart(Math.ceil(bits / 4), "0")}.bucket`;
}

// The entries of a fetched part; throws NotAWatchList for any other file.
export function openBucket(file: Uint8Array, bucket: number, { bits, size, root }: Cut): Uint8Array {
  if (file.length !== size + bits * HASH) throw new NotAWatchList();
  let digest = sha256(joined(LEAF, file.subarray(0, size)));
  for (let level = 0; level < bits; level += 1) {
    const other = file.subarray(size + level * HASH, size + (level + 1) * HASH);
    const isRight = (bucket >> level) & 1;
    digest = sha256(isRight ? joined(NODE, other, digest) : joined(NODE, digest, other));
  }
  if (toHex(digest) !== root) throw new NotAWatchList();
  return file.subarray(0, size);
}
