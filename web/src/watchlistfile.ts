// The published watch list with its signed manifest, and whose the official numbers are.

import { bucketName, bucketOf, type Cut, openBucket } from "./buckets";
import { fromHex, toHex } from "./bytes";
import { sha256 } from "./digest";
import { Fields } from "./fields";
import type { Identifier } from "./identifiers";
import type { Document } from "./notes";
import { delegationsOf, published, type Trust } from "./trust";
import { checkOrder, ENTRY, NotAWatchList } from "./watchlist";

// `entries` is the whole list once it is here; `cut` says how a long list is cut; `wholeSize` is 0
// where only parts are published.
export interface WatchList {
  epoch: number;
  key: Uint8Array;
  notAfter: Date;
  numbers: Document;
  names: ReadonlyMap<string, string>;
  cut: Cut | undefined;
  wholeSize: number;
  wholeHash: string;
  entries: Uint8Array | undefined;
}

const LARGEST = 4 * 1024 * 1024;
const HIGHEST_EPOCH = 2 ** 32 - 1;
const MOST_BITS = 16;
const MOST_OFFICIAL = 10_000;
// Up to here (some 5,000 entries) every page fetches the list; a longer one when she begins to type.
const LIGHT = 64 * 1024;

// What the manifest and the numbers say; a light list too. Throws NoteRefused, Trouble, Refused or
// NotAWatchList unless all of it is what was signed.
export async function fetchWatchList(trust: Trust): Promise<WatchList> {
  const known = delegationsOf(trust);
  const [manifest, numbers] = await Promise.all([
    published(trust, "watch-list", "watch-list.note", known),
    published(trust, "numbers", "numbers.note", known),
  ]);
  const list = { ...listOf(manifest), numbers, names: officialNames(numbers) };
  return list.cut === undefined && list.wholeSize <= LIGHT ? withWhole(trust, list) : list;
}

// The list with all its entries; the same address has the same content for good, so the browser may
// keep it. Throws NotAWatchList.
export async function withWhole(trust: Trust, list: WatchList): Promise<WatchList> {
  if (list.entries !== undefined) return list;
  const entries = await fetchEntries(trust, `${list.epoch}.bin`);
  if (entries.length !== list.wholeSize || toHex(await sha256(entries)) !== list.wholeHash) throw new NotAWatchList();
  checkOrder(entries);
  return { ...list, entries };
}

// The entries in which an identifier would stand: all, or those of its part. What was fetched
// before is in `kept`; the browser keeps no part, since its name says something of the question.
export function entriesFor(
  trust: Trust,
  list: WatchList,
  kept: Map<number, Promise<Uint8Array>>,
): (identifier: Identifier) => Promise<Uint8Array> {
  const { cut, entries } = list;
  if (entries !== undefined) return () => Promise.resolve(entries);
  if (cut === undefined) throw new NotAWatchList();
  return (identifier) => {
    const bucket = bucketOf(identifier, cut);
    const coming = kept.get(bucket) ?? fetchBucket(trust, list.epoch, bucket, cut);
    kept.set(bucket, coming);
    return coming;
  };
}

async function fetchBucket(trust: Trust, epoch: number, bucket: number, cut: Cut): Promise<Uint8Array> {
  const file = await fetchEntries(trust, `${epoch}/${bucketName(bucket, cut)}`, "no-store");
  const entries = openBucket(file, bucket, cut);
  checkOrder(entries);
  return entries;
}

async function fetchEntries(trust: Trust, name: string, cache: RequestCache = "default"): Promise<Uint8Array<ArrayBuffer>> {
  const answer = await fetch(`${trust.origin}/published/watch-list/${name}`, { cache, credentials: "omit" });
  const content = new Uint8Array(await answer.arrayBuffer());
  if (!answer.ok) throw new NotAWatchList();
  return content;
}

function listOf({ body, notAfter }: Document): Omit<WatchList, "names" | "numbers"> {
  const fields = new Fields(body);
  const bits = fields.number("bits", 0, MOST_BITS);
  const count = fields.number("count");
  const size = fields.number("size", 0, LARGEST);
  const root = fields.hex("sha256", 32);
  const beside = fields.isEmpty("whole") ? "" : fields.hex("whole", 32);
  fields.require(fields.take("form") === (bits ? "buckets" : "whole"));
  return {
    epoch: fields.number("epoch", 1, HIGHEST_EPOCH),
    key: fromHex(fields.hex("key", 32)),
    notAfter,
    cut: bits ? { bits, salt: fromHex(fields.text("salt", 64)), size, root } : undefined,
    wholeSize: bits ? (beside && count * ENTRY) || 0 : size,
    wholeHash: bits ? beside : root,
    entries: undefined,
  };
}

// Whose each official number is, in the page's language.
function officialNames({ body }: Document): Map<string, string> {
  const language = document.documentElement.lang;
  const all = new Fields(body).items("official", MOST_OFFICIAL) as unknown as readonly Official[];
  return new Map(all.map(({ identifier, name }) => [identifier, name[language] ?? name["uk"] ?? ""]));
}

interface Official {
  identifier: string;
  name: Readonly<Record<string, string>>;
}
