import assert from "node:assert/strict";
import { test } from "node:test";
import vectors from "../../vectors/identifiers.json";
import { canonical, find, parse } from "../src/identifiers";

test("a message gives the identifiers that the vectors name, at their code points", () => {
  for (const { text, found } of vectors.find) {
    const rows = find(text).map((one) => [canonical(one.identifier), one.start, one.end]);

    assert.deepEqual(rows, found, JSON.stringify(text));
  }
});

test("one identifier is read and anything else is refused", () => {
  for (const { text, identifier } of vectors.parse) {
    const read = parse(text);

    assert.equal(read ? canonical(read) : null, identifier, JSON.stringify(text));
  }
});

test("five million digits on one line are read in seconds", () => {
  const text = "0".repeat(5_000_000);
  const began = process.cpuUsage();

  assert.deepEqual(find(text), []);
  assert.ok(process.cpuUsage(began).user < 30_000_000);
});
