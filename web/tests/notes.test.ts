import assert from "node:assert/strict";
import { test } from "node:test";

import vectors from "../../vectors/notes.json";
import { fromHex } from "../src/bytes";
import { NoteRefused, type Purpose, verifyNote } from "../src/notes";
import { keyFor, verifyDelegations, verifyRecipients } from "../src/notes-trust";

type Vector = (typeof vectors.good)[number];

function expected({ key, purpose, now }: Vector): { key: Uint8Array<ArrayBuffer>; purpose: Purpose; now: Date } {
  return { key: fromHex(key), purpose: purpose as Purpose, now: new Date(now) };
}

for (const vector of vectors.good) {
  test(`a published note for ${vector.purpose} verifies`, async () => {
    assert.equal((await verifyNote(vector.note, expected(vector))).sequence, vector.sequence);
  });
}

for (const [number, vector] of vectors.refused.entries()) {
  test(`published bad note ${number} is refused: ${vector.error}`, async () => {
    await assert.rejects(verifyNote(vector.note, expected(vector)), (error: unknown) => {
      assert.ok(error instanceof NoteRefused);
      assert.equal(error.code, vector.error);
      return true;
    });
  });
}

test("the root's delegation leads to this week's recipient", async () => {
  const [root, week] = vectors.good as [Vector, Vector];
  const now = new Date(week.now);
  const delegations = await verifyDelegations(root.note, fromHex(root.key), now);

  const { epoch, recipient } = await verifyRecipients(week.note, keyFor("recipients", delegations), now);

  assert.equal(epoch, 2967);
  assert.match(recipient, /^age1pq1/);
  assert.throws(() => keyFor("delegations", delegations), NoteRefused);
});
