// The published watch list with its signed manifest, and whose the official numbers are.

import { fromHex, toHex } from "./bytes";
import { sha256 } from "./digest";
import { Fields } from "./fields";
import { published, type Trust } from "./trust";
import { checkOrder, NotAWatchList } from "./watchlist";

export interface WatchList {
  epoch: number;
  key: Uint8Array;
  entries: Uint8Array;
  notAfter: Date;
  names: ReadonlyMap<string, string>;
}

const LARGEST = 4 * 1024 * 1024;
const HIGHEST_EPOCH = 2 ** 32 - 1;

// Throws NoteRefused, Trouble, Refused or NotAWatchList unless all of it is what was signed.
export async function fetchWatchList(trust: Trust): Promise<WatchList> {
  const manifest = await published(trust, "watch-list", "watch-list.note");
  const fields = new Fields(manifest.body);
  const epoch = fields.number("epoch", 1, HIGHEST_EPOCH);
  const key = fromHex(fields.hex("key", 32));
  const size = fields.number("size", 0, LARGEST);
  const digest = fields.hex("sha256", 32);
  if (fields.take("form") !== "whole") throw new NotAWatchList();
  const entries = await fetchEntries(trust, epoch);
  if (entries.length !== size || toHex(await sha256(entries)) !== digest) throw new NotAWatchList();
  checkOrder(entries);
  return { epoch, key, entries, notAfter: manifest.notAfter, names: await officialNames(trust) };
}

// The same address has the same content for good, so the browser may keep it.
async function fetchEntries(trust: Trust, epoch: number): Promise<Uint8Array<ArrayBuffer>> {
  const answer = await fetch(`${trust.origin}/published/watch-list/${epoch}.bin`, { credentials: "omit" });
  if (!answer.ok) throw new NotAWatchList();
  return new Uint8Array(await answer.arrayBuffer());
}

// Whose each official number is, in the page's language; without the signed file, nobody's name.
async function officialNames(trust: Trust): Promise<Map<string, string>> {
  const names = new Map<string, string>();
  try {
    const { body } = await published(trust, "numbers", "numbers.note");
    const language = document.documentElement.lang;
    for (const one of (body as unknown as { official: readonly Official[] }).official) {
      names.set(one.identifier, one.name[language] ?? one.name["uk"] ?? "");
    }
  } catch {
    return new Map();
  }
  return names;
}

interface Official {
  identifier: string;
  name: Readonly<Record<string, string>>;
}
