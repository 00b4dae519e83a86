import assert from "node:assert/strict";
import { test } from "node:test";
import vectors from "../../vectors/lookup.json";
import { fromHex, joined, toHex, utf8 } from "../src/bytes";
import type { Kind } from "../src/identifiers";
import { paid } from "../src/puzzle";
import { finalize } from "../src/voprf";
import { questionOf } from "../src/watchlist";
import { ristretto255_oprf } from "@noble/curves/ed25519.js";

const QUESTION = fromHex(vectors.question);
const { voprf } = ristretto255_oprf;

function questionAt(place: number): Uint8Array {
  const text = vectors.asked[place]!.identifier;
  const colon = text.indexOf(":");
  return questionOf({ kind: text.slice(0, colon) as Kind, value: text.slice(colon + 1) });
}

test("the committed puzzle gets the committed solution", async () => {
  assert.equal(toHex(await paid(QUESTION, { challenge: vectors.puzzle.challenge })), vectors.puzzle.paid);
});

test("a puzzle that no look-up sets is not tried", async () => {
  await assert.rejects(paid(QUESTION, { challenge: "3c" + "00".repeat(31) }), RangeError);
});

test("the committed answer is the key's, and each of its elements unblinds to the listed output", () => {
  const answer = fromHex(vectors.answer);
  const keys = voprf.deriveKeyPair(fromHex(vectors.seed), utf8(vectors.label));
  assert.equal(toHex(keys.publicKey), vectors.public);

  vectors.asked.forEach(({ blind, output }, place) => {
    const element = QUESTION.slice(5 + 32 * place, 37 + 32 * place);
    const alone = voprf.blindEvaluate(keys.secretKey, keys.publicKey, element);
    const blinded = { question: questionAt(place), blind: fromHex(blind), element };
    const [found] = finalize([blinded], { elements: [alone.evaluated], proof: alone.proof }, keys.publicKey);
    assert.equal(toHex(found!), output);
    assert.deepEqual(alone.evaluated, answer.slice(32 * place, 32 * place + 32));
  });
  assert.equal(joined(answer).length, 4 * 32 + 64);
});
