// A look-up in memory, behind the same addresses as a front: what it answers is ristretto's own.

import { ed25519, ristretto255_oprf } from "@noble/curves/ed25519.js";
import { base64 } from "@scure/base";
import { createHash } from "node:crypto";
import vectors from "../../vectors/lookup.json";
import { fromHex, joined, toHex, utf8 } from "../src/bytes";
import { encode, type Json } from "../src/canonical";
import type { Trust } from "../src/trust";

const { voprf } = ristretto255_oprf;
const DAY = 86_400_000;
const START = Date.UTC(2026, 10, 21);
const SEED = new Uint8Array(32).fill(7);
export const NOW = new Date(START + DAY / 2);

const rootKey = toHex(ed25519.getPublicKey(SEED));

// `answers` replaces what an address answers; `asked` is every request that came.
export interface Place {
  trust: Trust;
  asked: { path: string; body: Uint8Array }[];
  published: Map<string, Uint8Array>;
  answers: Map<string, (body: Uint8Array) => Response | Promise<Response>>;
}

// One bucket of the vectors' list is published; official is what `names` says.
export function place(names: Readonly<Record<string, string>> = {}, now = NOW): Place {
  Object.assign(globalThis, { document: { documentElement: { lang: "uk" } } });
  const here: Place = {
    trust: { origin: "https://front.example", rootKey, now: () => now },
    asked: [],
    published: publishedFiles(names),
    answers: new Map(),
  };
  globalThis.fetch = ((url: string, options?: RequestInit) => answered(here, url, options)) as typeof fetch;
  return here;
}

async function answered(here: Place, url: string, options: RequestInit = {}): Promise<Response> {
  const path = url.replace(here.trust.origin, "");
  const body = (options.body as Uint8Array | undefined) ?? new Uint8Array();
  here.asked.push({ path, body });
  const own = here.answers.get(path);
  if (own) return own(body);
  if (path === "/api/lookup/evaluate") return new Response(evaluated(body));
  const file = here.published.get(path.replace("/published/", ""));
  return file ? new Response(file as Uint8Array<ArrayBuffer>) : new Response("", { status: 404 });
}

export function evaluated(body: Uint8Array, seed = fromHex(vectors.seed)): Uint8Array<ArrayBuffer> {
  const keys = voprf.deriveKeyPair(seed, utf8(vectors.label));
  const elements = Array.from({ length: body[4]! }, (_none, at) => body.slice(5 + 32 * at, 37 + 32 * at));
  const answer = voprf.blindEvaluateBatch(keys.secretKey, keys.publicKey, elements);
  return joined(...answer.evaluated, answer.proof);
}

function publishedFiles(names: Readonly<Record<string, string>>): Map<string, Uint8Array> {
  const { cut, salt } = vectors.buckets;
  const manifest = { bits: cut.bits, count: 3, epoch: vectors.epoch, form: "buckets", key: vectors.public };
  const whole = { previous: "", salt, sha256: cut.root, size: cut.size, whole: "" };
  const official = Object.entries(names).map(([identifier, name]) => ({ identifier, name: { uk: name } }));
  const keys = { "watch-list": rootKey, numbers: rootKey };
  return new Map([
    ["delegations.note", note("delegations", { keys })],
    ["watch-list.note", note("watch-list", { ...manifest, ...whole })],
    ["numbers.note", note("numbers", { official })],
    [cut.path, fromHex(cut.file)],
  ]);
}

export function note(purpose: string, body: Json, start = START): Uint8Array {
  const spelled = (at: number) => new Date(at).toISOString().replace(".000Z", "Z");
  const times = { not_before: spelled(start), not_after: spelled(start + 10 * DAY) };
  const text = `${encode({ v: 1, purpose, sequence: 1, ...times, body } as unknown as Json)}\n`;
  const head = joined(utf8(`oberih/${purpose}\n\x01`), fromHex(rootKey));
  const hash = createHash("sha256").update(head).digest().subarray(0, 4);
  const line = base64.encode(joined(hash, ed25519.sign(utf8(text), SEED)));
  return utf8(`${text}\n\u2014 oberih/${purpose} ${line}\n`);
}
