import assert from "node:assert/strict";
import { test } from "node:test";
import { ristretto255_oprf } from "@noble/curves/ed25519.js";
import vectors from "../../vectors/rfc9497-ristretto255.json";
import { fromHex, toHex, utf8 } from "../src/bytes";
import { type Blinded, WrongProof, blind, finalize } from "../src/voprf";

const [OPRF, VOPRF] = vectors.suites;
type Proved = (typeof vectors.suites)[0]["vectors"][0] & { Proof: { proof: string } };
const QUESTION = utf8("phone:+380500000001");
const { oprf, voprf } = ristretto255_oprf;

const parts = (text: string) => text.split(",").map(fromHex);
// The library draws a number and adds one, so that no blind is zero.
const drawing = (blindFactor: Uint8Array) => (size = 48) => {
  const drawn = new Uint8Array(size);
  drawn.set(blindFactor);
  drawn[0]! -= 1;
  return drawn;
};

function keys() {
  return voprf.deriveKeyPair(fromHex(VOPRF!.seed), fromHex(VOPRF!.keyInfo));
}

function asked(questions: Uint8Array[]): Blinded[] {
  return questions.map(blind);
}

function answered(batch: Blinded[], key = keys()) {
  const { evaluated, proof } = voprf.blindEvaluateBatch(
    key.secretKey,
    key.publicKey,
    batch.map((one) => one.element),
  );
  return { elements: evaluated, proof };
}

test("the key of the published seed is the published key", () => {
  assert.equal(toHex(keys().publicKey), VOPRF!.pkSm);
});

test("mode 0 gives the published outputs", () => {
  for (const vector of OPRF!.vectors) {
    const output = oprf.finalize(
      fromHex(vector.Input),
      fromHex(vector.Blind),
      fromHex(vector.EvaluationElement),
    );

    assert.equal(toHex(output), vector.Output);
  }
});

test("mode 1 gives the published outputs under the published proofs, batches too", () => {
  for (const vector of VOPRF!.vectors as Proved[]) {
    const [blinds, elements] = [parts(vector.Blind), parts(vector.BlindedElement)];
    const batch = parts(vector.Input).map((question, place) => ({
      question,
      blind: blinds[place]!,
      element: elements[place]!,
    }));
    const evaluation = {
      elements: parts(vector.EvaluationElement),
      proof: fromHex(vector.Proof.proof),
    };

    const outputs = finalize(batch, evaluation, fromHex(VOPRF!.pkSm!));

    assert.deepEqual(outputs.map(toHex), vector.Output.split(","));
  }
});

test("the published blinds give the published elements", () => {
  for (const suite of [OPRF!, VOPRF!]) {
    const mode = suite.mode === 0 ? oprf : voprf;
    for (const vector of suite.vectors) {
      const elements = parts(vector.Input).map((question, place) =>
        toHex(mode.blind(question, drawing(parts(vector.Blind)[place]!)).blinded),
      );

      assert.deepEqual(elements, vector.BlindedElement.split(","));
    }
  }
});

test("a fresh question is answered, and never looks the same twice", () => {
  const batch = asked([QUESTION, QUESTION]);

  const outputs = finalize(batch, answered(batch), keys().publicKey);

  assert.notDeepEqual(batch[0]!.element, batch[1]!.element);
  assert.deepEqual(outputs[0], outputs[1]);
});

test("a proof with one flipped bit is refused", () => {
  const batch = asked([QUESTION]);
  const honest = answered(batch);
  for (let bit = 0; bit < 512; bit += 61) {
    const proof = Uint8Array.from(honest.proof);
    proof[bit >> 3]! ^= 1 << (bit & 7);

    assert.throws(() => finalize(batch, { ...honest, proof }, keys().publicKey), WrongProof);
  }
});

test("an answer under another key is refused", () => {
  const batch = asked([QUESTION]);
  const other = voprf.generateKeyPair();

  assert.throws(() => finalize(batch, answered(batch, other), keys().publicKey), WrongProof);
});

test("the identity and what is no element are refused", () => {
  const batch = asked([QUESTION]);
  const honest = answered(batch);
  const negative = new Uint8Array(32).fill(1, 0, 1);
  for (const element of [new Uint8Array(32), negative, new Uint8Array(32).fill(255), new Uint8Array(31)]) {
    assert.throws(() => finalize(batch, { ...honest, elements: [element] }, keys().publicKey), WrongProof);
    assert.throws(() => finalize(batch, honest, element), WrongProof);
  }
});

test("an answer of another length is refused", () => {
  const batch = asked([QUESTION, QUESTION]);

  assert.throws(() => finalize(batch, answered(batch.slice(1)), keys().publicKey), WrongProof);
  assert.throws(() => finalize([], answered(batch), keys().publicKey), WrongProof);
});
