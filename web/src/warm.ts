// Reads the rules and judges invented words while the page is idle, so that her own are judged at once.

import { assess, readingRules } from "./check";

const ENOUGH_MS = 1_500;
const MESSAGES = 8;
const WORDS = 9;

// Each step takes a few milliseconds; it ends when the rules' own words were judged or it took long enough.
export function* warming(): Generator<void, void> {
  const { examples } = yield* readingRules();
  let spent = 0;
  for (let at = 0; at < examples.length && spent < ENOUGH_MS; at += MESSAGES * WORDS) {
    yield;
    const began = performance.now();
    assess({ messages: invented(examples.slice(at, at + MESSAGES * WORDS)) });
    spent += performance.now() - began;
  }
}

function invented(words: string[]): { from: "them"; text: string }[] {
  return Array.from({ length: MESSAGES }, (_, message) => ({
    from: "them",
    text: words.slice(message * WORDS, (message + 1) * WORDS).join(" "),
  }));
}
