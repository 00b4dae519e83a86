import assert from "node:assert/strict";
import { test } from "node:test";
import { ristretto255_oprf } from "@noble/curves/ed25519.js";
import vectors from "../../vectors/watchlist.json";
import { fromHex, toHex, utf8 } from "../src/bytes";
import type { Kind } from "../src/identifiers";
import { blind, finalize } from "../src/voprf";
import { NotAWatchList, checkOrder, questionOf, verdictOf } from "../src/watchlist";

const LIST = fromHex(vectors.list);
const { voprf } = ristretto255_oprf;

function identifierOf(text: string) {
  const colon = text.indexOf(":");
  return { kind: text.slice(0, colon) as Kind, value: text.slice(colon + 1) };
}

test("each identifier gets its verdict, and one that is not listed gets none", () => {
  for (const { output, answer, tactics } of vectors.rows) {
    const verdict = verdictOf(LIST, fromHex(output));

    assert.deepEqual(verdict, answer === "not known" ? undefined : { answer, tactics });
  }
});

test("a question that goes out blinded comes back as the listed output", () => {
  const keys = voprf.deriveKeyPair(fromHex(vectors.seed), utf8(vectors.label));
  const batch = vectors.rows.map(({ identifier }) => blind(questionOf(identifierOf(identifier))));
  const asked = batch.map((one) => one.element);
  const { evaluated, proof } = voprf.blindEvaluateBatch(keys.secretKey, keys.publicKey, asked);

  const outputs = finalize(batch, { elements: evaluated, proof }, fromHex(vectors.public));

  assert.deepEqual(outputs.map(toHex), vectors.rows.map((row) => row.output));
});

test("a list that is cut short or of a later version is refused", () => {
  for (const { list, output } of vectors.refused) {
    assert.throws(() => verdictOf(fromHex(list), fromHex(output)), NotAWatchList);
  }
});

test("a list out of order is refused", () => {
  const swapped = Uint8Array.from([...LIST.subarray(12, 24), ...LIST.subarray(0, 12)]);

  checkOrder(LIST);
  assert.throws(() => checkOrder(swapped), NotAWatchList);
  assert.throws(() => checkOrder(LIST.subarray(1)), NotAWatchList);
});
