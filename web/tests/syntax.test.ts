import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { test } from "node:test";

test("no source of the page holds a lookbehind: older phones would refuse the whole script", () => {
  const names = readdirSync("web/src").filter((name) => name.endsWith(".ts"));

  const refused = names.filter((name) => /\(\?<[!=]/.test(readFileSync(`web/src/${name}`, "utf8")));

  assert.ok(names.length > 10);
  assert.deepEqual(refused, []);
});
