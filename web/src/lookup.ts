// The look-up: which identifiers stand in a pasted text, and what the signed list says of each.
// What leaves the device is blinded and always one of two sizes; the answer counts only with proof.

import { namesOf } from "./buckets";
import { joined } from "./bytes";
import { canonical, type Found, find, type Identifier } from "./identifiers";
import type { Trust } from "./trust";
import { type Blinded, blind, finalize } from "./voprf";
import { questionOf, type Verdict, verdictOf } from "./watchlist";
import { entriesFor, fetchWatchList, type WatchList, withWhole } from "./watchlistfile";
import { paid } from "./puzzle";

export type Answer = "reported" | "official" | "not known" | "could not check";

export interface Row {
  identifier: Identifier;
  answer: Answer;
  tactics: readonly string[];
  name: string;
}

// Could not be checked now; `code` says what she can do about it.
export class NotChecked extends Error {
  constructor(readonly code: "clock" | "away") {
    super(code);
  }
}

const COUNTS = [4, 10] as const;
const MOST = 10;
const LONGEST_TEXT = 20_000;
const ELEMENT = 32;
const PROOF = 64;
const PATIENCE_MS = 15_000;

export interface Asked {
  identifiers: readonly Identifier[];
  left: number;
}

// The identifiers to ask about at once, and how many more the text holds.
export function identifiersIn(text: string): Asked {
  const start = [...text].slice(0, LONGEST_TEXT).join("");
  const known = new Map(find(start).map(({ identifier }: Found) => [canonical(identifier), identifier]));
  const all = [...known.values()];
  const taken: Identifier[] = [];
  let questions = 0;
  for (const identifier of all) {
    questions += namesOf(identifier).length;
    if (questions > MOST) break;
    taken.push(identifier);
  }
  return { identifiers: taken, left: all.length - taken.length + (start.length < text.length ? 1 : 0) };
}

// `sent` counts the blinded points, `parts` the parts of a long list that were fetched.
export interface Answered {
  rows: Row[];
  list: WatchList;
  sent: number;
  parts: number;
}

// Asks about all of them in one request, and one for each part of a long list; throws NotChecked.
export async function lookUp(
  trust: Trust,
  known: WatchList | undefined,
  identifiers: readonly Identifier[],
): Promise<Answered> {
  const list = known && trust.now() <= known.notAfter ? known : await fetched(trust);
  try {
    return await asking(trust, list, identifiers);
  } catch (error) {
    if (!(error instanceof OtherEpoch)) throw away(error);
  }
  return asking(trust, await fetched(trust), identifiers).catch((error: unknown) => {
    throw away(error);
  });
}

class OtherEpoch extends Error {}

function away(error: unknown): NotChecked {
  return error instanceof NotChecked ? error : new NotChecked("away");
}

async function fetched(trust: Trust): Promise<WatchList> {
  try {
    return await fetchWatchList(trust);
  } catch (error) {
    const code = (error as { code?: unknown }).code;
    throw new NotChecked(code === "not-yet" || code === "expired" ? "clock" : "away");
  }
}

async function asking(trust: Trust, given: WatchList, identifiers: readonly Identifier[]): Promise<Answered> {
  const list = given.cut === undefined ? await withWhole(trust, given) : given;
  const parts = new Map<number, Promise<Uint8Array>>();
  const entries = await Promise.all(identifiers.map(entriesFor(trust, list, parts)));
  const batch = filled(identifiers.flatMap(namesOf).map((one) => blind(questionOf(one))));
  const answer = await evaluated(trust, list.epoch, batch);
  const outputs = finalize(batch, evaluationOf(answer, batch.length), list.key);
  let place = 0;
  const rows = identifiers.map((identifier, at) => {
    const own = outputs.slice(place, (place += namesOf(identifier).length));
    return rowOf(list.names, identifier, own.map((output) => verdictOf(entries[at]!, output)));
  });
  return { rows, list, sent: batch.length, parts: parts.size };
}

// What the signed numbers name is official whatever a list says.
function rowOf(names: WatchList["names"], identifier: Identifier, verdicts: (Verdict | undefined)[]): Row {
  const official = namesOf(identifier).map((one) => names.get(canonical(one))).find((name) => name !== undefined);
  if (official !== undefined) return { identifier, answer: "official", tactics: [], name: official };
  const found = verdicts.filter((one) => one !== undefined);
  const verdict = found.find((one) => one.answer === "reported") ?? found[0];
  return { identifier, answer: verdict?.answer ?? "not known", tactics: verdict?.tactics ?? [], name: "" };
}

function filled(questions: readonly Blinded[]): Blinded[] {
  const size = COUNTS.find((count) => questions.length <= count);
  if (size === undefined || questions.length === 0) throw new NotChecked("away");
  const empty = Array.from({ length: size - questions.length }, () =>
    blind(crypto.getRandomValues(new Uint8Array(ELEMENT))),
  );
  return [...questions, ...empty];
}

async function evaluated(trust: Trust, epoch: number, batch: readonly Blinded[]): Promise<Uint8Array> {
  const head = new Uint8Array(5);
  new DataView(head.buffer).setUint32(0, epoch);
  head[4] = batch.length;
  const body = joined(head, ...batch.map(({ element }) => element));
  let answer = await post(trust, body);
  if (answer.status === 429) answer = await post(trust, await paid(body, await answer.json()));
  if (answer.status === 409) throw new OtherEpoch();
  if (!answer.ok) throw new NotChecked("away");
  return new Uint8Array(await answer.arrayBuffer());
}

function post(trust: Trust, body: Uint8Array<ArrayBuffer>): Promise<Response> {
  return fetch(`${trust.origin}/api/lookup/evaluate`, {
    method: "POST",
    body,
    headers: { "Content-Type": "application/octet-stream" },
    cache: "no-store",
    credentials: "omit",
    signal: AbortSignal.timeout(PATIENCE_MS),
  });
}

function evaluationOf(body: Uint8Array, count: number): { elements: Uint8Array[]; proof: Uint8Array } {
  if (body.length !== count * ELEMENT + PROOF) throw new NotChecked("away");
  const elements = Array.from({ length: count }, (_none, at) => body.slice(at * ELEMENT, (at + 1) * ELEMENT));
  return { elements, proof: body.slice(count * ELEMENT) };
}
