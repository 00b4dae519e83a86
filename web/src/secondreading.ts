// A chat judged by both readers; runs in a worker, or in the page where workers cannot be had.

import { assess } from "./checkbundle";
import type { Assessment } from "./check";
import type { ChatMessage } from "./readers";
import type { Rules } from "./rules";
import { readSecond, type SecondReader, together } from "./second";

// `rules` are published ones or nothing; `content` is the second reader's file.
export interface Wanted {
  content: ArrayBuffer;
  messages: readonly ChatMessage[];
  rules: string;
}

const LOUDER = ["none", "verify", "warning", "stop"];

let reader: SecondReader | undefined;

// `tell` hears how many messages were judged. Throws UnknownReader.
export function judged(rules: Rules, { content, messages }: Wanted, tell: (done: number) => void): Assessment {
  const second = (reader ??= readSecond(content));
  let done = 0;
  return together(rules, second, () => assess({ messages: [...messages] }, {}, () => tell((done += 1))));
}

// The answer that stays: a second reading that is quieter takes nothing back.
export function louder(first: Assessment, second: Assessment): Assessment {
  return LOUDER.indexOf(second.band) < LOUDER.indexOf(first.band) ? first : second;
}
