import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import vectors from "../../vectors/lookup.json";
import { fromHex, joined, toHex, utf8 } from "../src/bytes";
import { paid } from "../src/puzzle";

const QUESTION = fromHex(vectors.question);

function zeros(question: Uint8Array, challenge: string, solution: Uint8Array): number {
  const inner = createHash("sha256").update(question).digest();
  const whole = joined(utf8("oberih/1/puzzle\0"), fromHex(challenge), inner, solution);
  const digest = toHex(createHash("sha256").update(whole).digest());
  return 256 - BigInt(`0x${digest}`).toString(2).length;
}

test("a solution has the zero bits that were asked for, for this very question", async () => {
  for (const bits of [0, 1, 7, 8, 9, 13]) {
    const challenge = bits.toString(16).padStart(2, "0") + "cd".repeat(31);
    const body = await paid(QUESTION, { challenge });
    const solution = body.slice(-8);

    assert.equal(body.length, QUESTION.length + 40);
    assert.equal(toHex(body.slice(QUESTION.length, -8)), challenge);
    assert.ok(zeros(QUESTION, challenge, solution) >= bits);
  }
});

test("the committed puzzle gets the committed solution", async () => {
  assert.equal(toHex(await paid(QUESTION, { challenge: vectors.puzzle.challenge })), vectors.puzzle.paid);
});

test("what is no puzzle, or harder than any, is not tried", async () => {
  for (const challenge of ["15" + "00".repeat(31), "08" + "00".repeat(30), "", "zz".repeat(32), undefined]) {
    await assert.rejects(paid(QUESTION, { challenge }), RangeError);
  }
});
