import assert from "node:assert/strict";
import { test } from "node:test";

import vectors from "../../vectors/receipts.json";
import en from "../../src/oberih/crypto/words/en.txt";
import uk from "../../src/oberih/crypto/words/uk.txt";
import { fromHex, toHex } from "../src/bytes";
import { newReceipt, readReceipt, receiptOf } from "../src/receipt";
import { bitsOf, folded, WordTrouble } from "../src/words";

const LISTS = { uk: { words: uk.trim().split("\n") }, en: { words: en.trim().split("\n") } };

function listFor(text: string): { words: string[] } {
  return /[а-яіїєґ]/iu.test(text) ? LISTS.uk : LISTS.en;
}

test("the lists have 2,048 words and as many folds", () => {
  for (const { words } of Object.values(LISTS)) {
    assert.equal(words.length, 2048);
    assert.equal(new Set(words.map(folded)).size, 2048);
  }
});

for (const vector of vectors.receipts) {
  test(`published receipt ${vector.ikm} gives the published words and keys`, async () => {
    const receipt = await receiptOf(fromHex(vector.ikm), LISTS.uk);
    const { keys } = receipt;

    assert.equal(receipt.words.join(" "), vector.uk);
    assert.equal((await receiptOf(fromHex(vector.ikm), LISTS.en)).words.join(" "), vector.en);
    assert.equal(toHex(keys.token), vector.token);
    assert.equal(keys.identity, vector.identity);
    assert.equal(keys.recipient, vector.recipient);
    assert.equal(toHex(keys.signing), vector.signing);
    assert.equal(toHex(keys.verify), vector.verify);
    assert.equal(toHex(keys.mac), vector.mac);
    assert.equal(toHex(keys.marker), vector.marker);
    assert.equal(keys.mailbox, vector.mailbox);
  });
}

for (const [number, reading] of vectors.readings.entries()) {
  test(`reading ${number} is as in Python`, async () => {
    const list = listFor(reading.text);
    if ("ikm" in reading) {
      assert.equal((bitsOf(reading.text, list.words) >> 7n).toString(16).padStart(26, "0"), reading.ikm);
      return;
    }
    await assert.rejects(readReceipt(reading.text, list), (error: unknown) => {
      assert.ok(error instanceof WordTrouble);
      assert.deepEqual([error.code, error.position], [reading.error, reading.position]);
      return true;
    });
  });
}

test("a new receipt opens again with its words", async () => {
  const receipt = await newReceipt(LISTS.uk);

  assert.deepEqual((await readReceipt(receipt.words.join(", "), LISTS.uk)).keys, receipt.keys);
});
