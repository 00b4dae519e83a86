import assert from "node:assert/strict";
import { test } from "node:test";
import vectors from "../../vectors/canonical.json";
import { NotCanonical, decode, encode } from "../src/canonical";

test("a canonical document is read and written byte for byte", () => {
  for (const text of vectors.canonical) assert.equal(encode(decode(text)), text);
});

test("every other spelling is refused", () => {
  for (const text of vectors.refused) assert.throws(() => decode(text), NotCanonical, text);
});

test("keys come in the order of their code points, however they were put in", () => {
  const value = { "👍": 1, "\ufffd": 2, b: 3, a: 4, "": 5, aa: 6 };

  assert.equal(encode(value), '{"":5,"a":4,"aa":6,"b":3,"\ufffd":2,"👍":1}');
});
