import assert from "node:assert/strict";
import { test } from "node:test";

import { firstLetters } from "../src/letters";

test("a text is cut between characters, never inside one", () => {
  assert.equal(firstLetters("їґ😀😀", 3), "їґ😀");
});

test("a text that fits stays as it is", () => {
  assert.equal(firstLetters("Київ", 100), "Київ");
});
