// The page gives every vector's assessment; its readers refuse what is no export.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { assess, type Assessment, type Message } from "../src/check";
import { CannotRead, readExport, WhoIsMe } from "../src/readers";

interface Vector {
  messages: Message[];
  answers?: Record<string, boolean>;
  assessment: Assessment;
}

const { vectors } = JSON.parse(readFileSync("vectors/assessments.json", "utf8")) as { vectors: Vector[] };
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

test("every vector is assessed as Python does", () => {
  for (const { messages, answers, assessment } of vectors) {
    assert.deepEqual(assess({ messages }, answers ?? {}), assessment);
  }
});

test("what cannot be read is refused with a code", () => {
  for (const text of ["", "  ", "PK\u0003\u0004", '{"about":1}', '{"messages":[', "<smses><sms "]) {
    assert.throws(() => readExport(bytes(text), "a"), CannotRead);
  }
});

test("a chat that does not tell who is me asks", () => {
  const chat = "20.11.26, 10:01 - Олег: так\n20.11.26, 10:02 - Оля: ні\n";

  assert.throws(() => readExport(bytes(chat), "chat.txt"), WhoIsMe);
  assert.equal(readExport(bytes(chat), "chat.txt", "Оля")[0]?.messages[1]?.from, "me");
});
