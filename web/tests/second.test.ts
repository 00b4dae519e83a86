// The second reader's file is read whole or refused; the rules' own answer comes back afterwards.
// That it hears what Python hears is proved by tests/core/check.

import assert from "node:assert/strict";
import { test } from "node:test";
import { assess, ownRules } from "../src/check";
import { readSecond, together, UnknownReader } from "../src/second";
import { judged, louder } from "../src/secondreading";

const PIECES = ["▁", "▁так", "и"];
const WEIGHING = { floor: -100_000, weight: 100, talk: 50, model: { verify: -7 } };
const ARRAYS = 8_000_000;
const LOUD = 50 * 4096;

// A reader whose numbers are all nothing.
function file(changed: Record<string, unknown> = {}, left = 0): ArrayBuffer {
  const head = { v: 2, width: 4, hidden: 4, pieces: PIECES, weighing: WEIGHING, ...changed };
  const text = new TextEncoder().encode(JSON.stringify(head));
  const content = new ArrayBuffer(4 + text.length + sizeOf(4, 4) + left);
  new DataView(content).setUint32(0, text.length, true);
  new Uint8Array(content).set(text, 4);
  return content;
}

function sizeOf(width: number, hidden: number): number {
  const whole = width + 3 * 256;
  const dense = (from: number, to: number): number => from * to + 8 * to;
  const columns = [2, 3, 5].map((order) => dense(width, 256) + 2 * dense(order * 256, 256));
  const layers = dense(2 * whole, hidden) + dense(hidden, 4) + columns.reduce((sum, size) => sum + size);
  return 2 * PIECES.length + dense(PIECES.length + 3, width) + layers + 8 * (3 * 256 + whole);
}

// One that says the same of every text: of what is added to its answers each is this.
function constant(added: number): ArrayBuffer {
  const content = file();
  const levels = 8 * (3 * 256 + 4 + 3 * 256);
  for (const at of [4, 3, 2, 1]) new DataView(content).setInt32(content.byteLength - levels - 4 * at, added, true);
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
