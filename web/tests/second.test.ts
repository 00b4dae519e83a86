// The second reader's file is read whole or refused; the rules' own answer comes back afterwards.
// That it hears what Python hears is proved by tests/core/check.

import assert from "node:assert/strict";
import { test } from "node:test";
import { assess, ownRules } from "../src/check";
import { readSecond, together, UnknownReader } from "../src/second";
import { judged, louder } from "../src/secondreading";

const PIECES = ["▁", "▁так", "и"];
const WEIGHING = { floor: -100_000, weight: 100, talk: 50, replies: 200, calm: 100_000, model: { verify: -7 } };
const TYPED = { alphabets: [], beats: [] };
const ARRAYS = 8_000_000;
const LOUD = 50 * 4096;

const WHOLE = 4 + 3 * 256;
const LEVELS = 8 * (3 * 256 + WHOLE);
const REPLIES = dense(2 * WHOLE, 32) + dense(32, 1);

function dense(from: number, to: number): number {
  return from * to + 8 * to;
}

// A reader whose numbers are all nothing.
function file(changed: Record<string, unknown> = {}, left = 0): ArrayBuffer {
  const head = { v: 4, width: 4, hidden: 4, pieces: PIECES, typed: TYPED, weighing: WEIGHING, ...changed };
  const text = new TextEncoder().encode(JSON.stringify(head));
  const content = new ArrayBuffer(4 + text.length + sizeOf(4, 4) + left);
  new DataView(content).setUint32(0, text.length, true);
  new Uint8Array(content).set(text, 4);
  return content;
}

function sizeOf(width: number, hidden: number): number {
  const whole = width + 3 * 256;
  const columns = [2, 3, 5].map((order) => dense(width, 256) + 2 * dense(order * 256, 256));
  const layers = dense(2 * whole, hidden) + dense(hidden, 4) + REPLIES + columns.reduce((sum, size) => sum + size);
  return 2 * PIECES.length + dense(PIECES.length + 3, width) + layers + 8 * (3 * 256 + whole);
}

// One that says the same of every text: of what is added to its answers each is this; and of her replies.
function constant(added: number, replies = 0): ArrayBuffer {
  const content = file();
  const end = content.byteLength - LEVELS;
  for (const at of [4, 3, 2, 1]) new DataView(content).setInt32(end - REPLIES - 4 * at, added, true);
  new DataView(content).setInt32(end - 4, replies, true);
  return content;
}

test("a reader without weights hears nothing", () => {
  assert.deepEqual(readSecond(file()).scores("Так, бери!", ownRules().tables), [0, 0, 0]);
});

test("a file of another version, cut off, too long or of something else is refused", () => {
  const cut = file().slice(0, -1);
  for (const content of [file({ v: 1 }), cut, file({}, 1), file({ pieces: null }), new ArrayBuffer(2), new ArrayBuffer(ARRAYS)]) {
    assert.throws(() => readSecond(content), UnknownReader);
  }
});

test("the rules judge alone again after both have read", () => {
  const rules = ownRules();
  const { verify } = rules.sequence.model;
  const messages = [{ from: "them" as const, text: "Так" }];

  const [during] = together(rules, readSecond(file()), () => [rules.sequence.model.verify, assess({ messages })]);

  assert.equal(during, WEIGHING.model.verify);
  assert.equal(rules.sequence.model.verify, verify);
  assert.equal(rules.second, undefined);
});

test("a score below the floor is not read a second time", () => {
  const high = readSecond(file({ weighing: { ...WEIGHING, floor: 10 } }));

  assert.deepEqual(high.moved([5, 9, -3], "Так", ownRules().tables), [5, 9, -3]);
});

test("several messages are weighed as one, by half of what it hears of them", () => {
  const reader = readSecond(constant(2 * 4096));

  assert.equal(reader.told(7, ["Так", "Бери", "Так"], ownRules().tables), 107);
});

test("a reader that hears more raises the answer; one that hears less takes nothing back", () => {
  const messages = [{ from: "them" as const, at: null, text: "Скажи, де ти зараз живеш і з ким" }];
  const alone = assess({ messages });

  const both = judged(ownRules(), { content: constant(LOUD), messages, rules: "" }, () => undefined);

  assert.notEqual(both.band, alone.band);
  assert.equal(louder(alone, both), both);
  assert.equal(louder(both, alone), both);
});

test("replies as to her own people calm what it raises to verify; those to a stranger do not", () => {
  const asked = { from: "them" as const, at: null, text: "Скажи, де ти зараз живеш і з ким" };
  const messages = [asked, { from: "me" as const, at: null, text: "Так" }];
  const bandOf = (replies: number): string =>
    together(ownRules(), readSecond(constant(LOUD, replies)), () => assess({ messages })).band;

  assert.equal(bandOf(4096), bandOf(0));
  assert.notEqual(bandOf(0), "verify");
  assert.equal(bandOf(-4096), "verify");
});
