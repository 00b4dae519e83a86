/** Entries of the watch list, as oberih.crypto.watchlist writes them: tag and masked verdict. */
import { sha256 } from "@noble/hashes/sha2.js";
import tables from "../../src/oberih/crypto/tactics.json";
import { joined, utf8 } from "./bytes";
import { type Identifier, canonical } from "./identifiers";

/** What the list says of an identifier; what is not in it is not known, which proves nothing. */
export interface Verdict {
  answer: "reported" | "official";
  tactics: string[];
}

/** The list is not one, or its entry is of a version that is not known here. */
export class NotAWatchList extends Error {}

const TAG = 8;
export const ENTRY = 12;
const VERSION = 1;
const ANSWERS = ["reported", "official"] as const;
const TACTICS = tables.tactics.split(" ");
const QUESTION = utf8("oberih/1/watch-list\0");
const LABEL = utf8("oberih/1/watch-list-entry\0");

/** What is blinded: the identifier's canonical text under this protocol's label. */
export function questionOf(identifier: Identifier): Uint8Array {
  return joined(QUESTION, utf8(canonical(identifier)));
}

/** What the list says of the question with this output; undefined when it is not known. */
export function verdictOf(entries: Uint8Array, output: Uint8Array): Verdict | undefined {
  if (entries.length % ENTRY !== 0) throw new NotAWatchList();
  const derived = sha256(joined(LABEL, output)).subarray(0, ENTRY);
  const start = placeOf(entries, derived);
  const found = entries.subarray(start, start + ENTRY);
  if (found.length === 0 || compared(found, derived) !== 0) return undefined;
  return read(found.slice(TAG).map((byte, place) => byte ^ derived[TAG + place]!));
}

/** Checks once, after a download, that the tags rise; throws NotAWatchList. */
export function checkOrder(entries: Uint8Array): void {
  if (entries.length % ENTRY !== 0) throw new NotAWatchList();
  for (let start = ENTRY; start < entries.length; start += ENTRY) {
    if (compared(entries.subarray(start - ENTRY), entries.subarray(start)) >= 0) {
      throw new NotAWatchList();
    }
  }
}

// Where the first entry stands whose tag is not smaller.
function placeOf(entries: Uint8Array, tag: Uint8Array): number {
  let [low, high] = [0, entries.length / ENTRY];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (compared(entries.subarray(middle * ENTRY), tag) < 0) low = middle + 1;
    else high = middle;
  }
  return low * ENTRY;
}

function compared(one: Uint8Array, other: Uint8Array): number {
  for (let place = 0; place < TAG; place += 1) {
    const difference = one[place]! - other[place]!;
    if (difference !== 0) return difference;
  }
  return 0;
}

function read(four: Uint8Array): Verdict {
  const [first = 0, ...numbers] = four;
  const answer = ANSWERS[(first & 0x0f) - 1];
  const isKnown = first >> 4 === VERSION && Math.max(...numbers) <= TACTICS.length;
  if (answer === undefined || !isKnown) throw new NotAWatchList();
  const tactics = numbers.filter((number) => number > 0).map((number) => TACTICS[number - 1]!);
  return { answer, tactics };
}
