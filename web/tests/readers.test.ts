// Every export of vectors/exports.json is read as the command reads it.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { readExport } from "../src/readers";

interface Export {
  name: string;
  format: string;
  me: string;
  text?: string;
  base64?: string;
  refused?: boolean;
  messages?: [string, string][];
}

const { exports } = JSON.parse(readFileSync("vectors/exports.json", "utf8")) as { exports: Export[] };

for (const one of exports) {
  test(one.name, () => {
    const bytes = new Uint8Array(Buffer.from(one.text ?? one.base64 ?? "", one.text === undefined ? "base64" : "utf8"));
    const read = (): [string, string][] | undefined =>
      readExport(bytes, "file", one.me)[0]?.messages.map(({ from, text }) => [from, text]);

    if (one.refused) {
      assert.throws(read);
    } else {
      assert.equal(readExport(bytes, "file", one.me)[0]?.format, one.format);
      assert.deepEqual(read(), one.messages);
    }
  });
}
