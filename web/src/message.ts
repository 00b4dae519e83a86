// The inner message: signed by the reporter, or authenticated by the desk, before it is sealed.

import { ed25519 } from "@noble/curves/ed25519.js";

import type { Body } from "./bodies";
import { fromHex, joined, toHex, utf8 } from "./bytes";
import { decode, encode, type Json } from "./canonical";
import { type Bytes, sha256, textOf } from "./digest";
import { Fields } from "./fields";
import type { ReporterKeys } from "./receipt";
import { Refused } from "./seal";

const VERSION = 1;
const PROTOCOL = "oberih-message";
const REPORT_LABEL = utf8("oberih/1/report\0");
const REPLY_LABEL = utf8("oberih/1/reply\0");
const MOST_PARTS = 256;
const LONGEST_TEXT = 14_613;
const LARGEST_SEQUENCE = 2 ** 31 - 1;

// Sequence (from 1) and previous digest count per sender; `seen` is the last one of the other side.
// An empty digest at a later sequence: the writer no longer knows it (crypto/message.py).
export interface Place {
  mailbox: string;
  epoch: number;
  sequence: number;
  previous: string;
  seen: number;
  day: string;
  seen_digest: string;
}

const REPLY_KINDS = ["reply", "received", "status"] as const;

export interface ReplyBody {
  kind: (typeof REPLY_KINDS)[number];
  text: string;
  part: number;
  parts: number;
  received: readonly { sequence: number; day: string }[];
}

export interface ReplyMessage {
  place: Place;
  body: ReplyBody;
  digest: string;
}

export interface Signed {
  inner: Bytes;
  digest: string;
}

// Signs with the receipt's key. The keys themselves travel where nothing is named as previous: in
// the first message, and again when the writer no longer knows where she stood.
export async function signReport(place: Place, body: Body, keys: ReporterKeys): Promise<Signed> {
  const first = place.previous === "" ? { first: firstOf(keys) } : {};
  const said = { ...placeJson(place), direction: "report", body: body as unknown as Json, ...first };
  const message = utf8(encode(said));
  const signature = toHex(ed25519.sign(joined(REPORT_LABEL, message), keys.signing));
  const inner = utf8(encode({ message: said, signature }));
  return { inner, digest: toHex(await sha256(message)) };
}

// Returns a reply that the desk wrote; throws Refused for any other, so that it is never shown.
export async function parseReply(inner: Bytes, mac: Bytes): Promise<ReplyMessage> {
  const document = new Fields(decoded(inner));
  const said = document.take("message");
  const tag = fromHex(document.hex("mac", 32));
  document.close();
  const message = utf8(encode(said));
  const key = await crypto.subtle.importKey("raw", mac, HMAC, false, ["verify"]);
  const isGenuine = await crypto.subtle.verify("HMAC", key, tag, joined(REPLY_LABEL, message));
  if (!isGenuine) throw new Refused();
  return { ...replyOf(new Fields(said)), digest: toHex(await sha256(message)) };
}

const HMAC = { name: "HMAC", hash: "SHA-256" };

function decoded(inner: Bytes): Json {
  try {
    return decode(textOf(inner));
  } catch {
    throw new Refused();
  }
}

function replyOf(fields: Fields): Omit<ReplyMessage, "digest"> {
  fields.require(fields.take("v") === VERSION && fields.take("protocol") === PROTOCOL);
  fields.require(fields.take("direction") === "reply");
  const place: Place = {
    mailbox: fields.hex("mailbox", 32),
    epoch: fields.number("epoch", 0, 2 ** 32 - 1),
    sequence: fields.number("sequence", 1, LARGEST_SEQUENCE),
    previous: digestOf(fields, "previous"),
    seen: fields.number("seen", 0, LARGEST_SEQUENCE),
    day: fields.day("day"),
    seen_digest: digestOf(fields, "seen_digest"),
  };
  fields.require(place.sequence > 1 || place.previous === "");
  fields.require(place.seen > 0 || place.seen_digest === "");
  const body = bodyOf(fields.object("body"));
  fields.close();
  return { place, body };
}

function digestOf(fields: Fields, name: string): string {
  return fields.isEmpty(name) ? fields.text(name, 0) : fields.hex(name, 32);
}

function bodyOf(fields: Fields): ReplyBody {
  const parts = fields.number("parts", 1, MOST_PARTS);
  const body: ReplyBody = {
    kind: fields.choice("kind", REPLY_KINDS),
    text: fields.text("text", LONGEST_TEXT),
    part: fields.number("part", 1, parts),
    parts,
    received: fields.items("received", 256).map(receivedOf),
  };
  fields.close();
  return body;
}

function receivedOf(value: Json): { sequence: number; day: string } {
  const fields = new Fields(value);
  const received = { sequence: fields.number("sequence", 1), day: fields.day("day") };
  fields.close();
  return received;
}

function placeJson(place: Place): Record<string, Json> {
  return { v: VERSION, protocol: PROTOCOL, ...place };
}

function firstOf(keys: ReporterKeys): Json {
  return {
    recipient: keys.recipient,
    verify: toHex(keys.verify),
    mac: toHex(keys.mac),
    token_hash: toHex(keys.tokenHash),
  };
}
