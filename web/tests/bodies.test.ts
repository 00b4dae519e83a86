import assert from "node:assert/strict";
import test from "node:test";

import { noteBodies, reportBodies, type Draft } from "../src/bodies";

const DRAFT: Draft = {
  text: "",
  language: "uk",
  region: "UA-53",
  under18: false,
  notAlone: false,
  chat: null,
  answers: {},
  files: [],
  strip: false,
};

test("a short report is one message", () => {
  const [only, ...more] = reportBodies({ ...DRAFT, text: "Дзвонили двічі" }, []);

  assert.equal(more.length, 0);
  assert.deepEqual([only?.text, only?.part, only?.parts, only?.region], ["Дзвонили двічі", 1, 1, "UA-53"]);
});

test("a long report is cut between characters and joins to the same words", () => {
  const text = "Їжак 🦔 каже: «так»\n".repeat(4_000);

  const bodies = reportBodies({ ...DRAFT, text }, []);

  assert.equal(bodies.map((body) => body.text).join(""), text);
  assert.ok(bodies.every((body) => new TextEncoder().encode(JSON.stringify(body)).length < 13_500));
});

test("a chat of a thousand messages joins to canonical JSON", () => {
  const messages = Array.from({ length: 1_000 }, (_none, index) => ({
    from: index % 2 ? ("me" as const) : ("them" as const),
    at: null,
    text: `Повідомлення "${index}"`,
  }));

  const bodies = reportBodies({ ...DRAFT, text: "Ось", chat: { format: "telegram", messages } }, []);
  const chat = JSON.parse(bodies.map((body) => body.chat_part).join("")) as { messages: unknown[] };

  assert.equal(chat.messages.length, 1_000);
  assert.deepEqual(bodies.map((body) => body.part), bodies.map((_body, index) => index + 1));
});

test("the region and the wishes stand in the first part only", () => {
  const bodies = reportBodies({ ...DRAFT, text: "а".repeat(9_000), notAlone: true }, []);

  assert.deepEqual(bodies.map((body) => body.not_alone), [true, false, false].slice(0, bodies.length));
});

test("half a character becomes a mark instead of breaking the seal", () => {
  const [body] = noteBodies("a\ud83d b", "uk");

  assert.equal(body?.text, "a\ufffd b");
});

test("a chat beyond all limits is refused, not cut", () => {
  const messages = Array.from({ length: 40_000 }, () => ({ from: "them" as const, at: null, text: "довго ".repeat(20) }));

  assert.throws(() => reportBodies({ ...DRAFT, chat: { format: "text", messages } }, []), { code: "too-long" });
});
