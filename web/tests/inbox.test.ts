import assert from "node:assert/strict";
import { test } from "node:test";

import vectors from "../../vectors/messages.json";
import uk from "../../src/oberih/crypto/words/uk.txt";
import { fromHex, joined, toHex, utf8 } from "../src/bytes";
import { encode, type Json } from "../src/canonical";
import type { Bytes } from "../src/digest";
import { envelopeId, sealEnvelope } from "../src/envelope";
import { Inbox } from "../src/inbox";
import { receiptOf } from "../src/receipt";

const PAGE = 16_384;
const EPOCH = 2967;
const { keys } = await receiptOf(fromHex(vectors.ikm), { words: uk.trim().split("\n") });
const DOOR = { origin: "https://front.example", token: keys.token, mailbox: keys.mailbox };

interface Said {
  text: string;
  sequence?: number;
  mac?: Bytes;
}

// A reply as the desk seals it, or, with another key, as somebody else would.
async function sealed({ text, sequence = 1, mac = keys.mac }: Said): Promise<Bytes> {
  const place = { mailbox: keys.mailbox, epoch: EPOCH, sequence, previous: "", seen: 0, seen_digest: "" };
  const body = { kind: "reply", text, part: 1, parts: 1, received: [] };
  const message: Json = { v: 1, protocol: "oberih-message", direction: "reply", day: "2026-11-21", ...place, body };
  const said = joined(utf8("oberih/1/reply\0"), utf8(encode(message)));
  const key = await crypto.subtle.importKey("raw", mac, { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
  const tag = toHex(new Uint8Array(await crypto.subtle.sign("HMAC", key, said)));
  const header = { direction: "reply", epoch: EPOCH, mailbox: keys.mailbox } as const;
  return sealEnvelope(utf8(encode({ message, mac: tag })), header, keys.recipient);
}

// A front that lists these envelopes, in this order, and gives each by its id.
async function readBack(envelopes: readonly Bytes[]): Promise<(string | null)[]> {
  const named = await Promise.all(envelopes.map(async (one) => [await envelopeId(one), one] as const));
  const listed = named.map(([id]) => ({ day: "2026-11-21", direction: "reply", id }));
  const page = utf8(encode({ envelopes: listed, v: 1 }).padEnd(PAGE));
  globalThis.fetch = async (address, request) => {
    const body = request?.body as Uint8Array;
    const wanted = toHex(new Uint8Array(body.slice(64)));
    const found = named.find(([id]) => id === wanted)?.[1] ?? new Uint8Array(PAGE);
    return new Response(String(address).endsWith("/list") ? page : found);
  };
  const read = await new Inbox(keys, DOOR).read();
  return read.map(({ reply }) => reply?.body.text ?? null);
}

test("a reply of the desk is read", async () => {
  assert.deepEqual(await readBack([await sealed({ text: "one" })]), ["one"]);
});

test("another reply with the same number is refused, though the desk's key made it", async () => {
  const two = [await sealed({ text: "one" }), await sealed({ text: "two" })];

  assert.deepEqual(await readBack(two), ["one", null]);
});

test("the same envelope listed twice is one reply", async () => {
  const one = await sealed({ text: "one" });

  assert.deepEqual(await readBack([one, one]), ["one"]);
});

test("a forged reply takes no number away from the desk's", async () => {
  const two = [await sealed({ text: "forged", mac: new Uint8Array(32) }), await sealed({ text: "one" })];

  assert.deepEqual(await readBack(two), [null, "one"]);
});
