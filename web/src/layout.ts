// How the words of a message stand: what begins it, what follows what. The twin of src/oberih/check/layout.py.

import { FNV_PRIME, laid, stateOf, stateOfConcept } from "./model";

// A word as its neighbours see it: its concepts, or its beginning; and how it ends.
export interface Parts {
  units: readonly number[];
  ends: readonly number[];
  known: boolean;
  counts: boolean;
}

interface Word {
  token: { position: number };
  entry: { parts: Parts };
}

const STEM = 5;
const ENDS = [2, 3];
const FIRST = 3;
const LAST = 2;
const ENDING = 2;
const MOST_KNOWN = 12;
const MOST_UNKNOWN = 10;
const MARKS = ["!", ":;", "—–", "()", "%$€₴", "@/", '«»"“”'];

// What a word gives to the order of the words.
export function partsOf(spelt: string, concepts: readonly number[]): Parts {
  const letters = [...spelt];
  const known = concepts.length > 0;
  return {
    units: known ? [...concepts].sort((a, b) => a - b).map(stateOfConcept) : [stateOf(`u${letters.slice(0, STEM).join("")}`)],
    ends: ENDS.map((length) => stateOf(letters.slice(-length).join(""))),
    known,
    counts: letters.some((letter) => letter >= "0" && letter <= "9"),
  };
}

// The buckets of neighbours, of what stands first and last, and of the signs; some more than once.
export function layoutOf(words: readonly Word[], text: string): number[] {
  const found: number[] = [];
  words.forEach(({ token, entry: { parts } }, at) => {
    const before = words[at - 1];
    for (const one of before?.entry.parts.units ?? []) {
      for (const other of parts.units) found.push(together(Math.imul(one, FNV_PRIME), other));
    }
    const place = (name: string, values: readonly number[]): void => {
      for (const value of values) found.push(together(stateOf(`at ${name}`), value));
    };
    if (at < FIRST) place(`${at}`, parts.units);
    if (words.length - at <= LAST) place(`-${words.length - at - 1}`, parts.units);
    if (!before || token.position - before.token.position > 1) place("c", parts.units);
    if (at < ENDING) place(`e${at}`, parts.ends);
  });
  const known = words.filter(({ entry }) => entry.parts.known).length;
  const says = (name: string): number => found.push(laid(stateOf(name)));
  says(`known ${Math.min(known, MOST_KNOWN)}`);
  says(`unknown ${Math.min(words.length - known, MOST_UNKNOWN)}`);
  for (const signs of MARKS) if ([...signs].some((sign) => text.includes(sign))) says(`mark ${signs}`);
  if (words.some(({ entry }) => entry.parts.counts)) says("mark 0");
  return found;
}

function together(one: number, other: number): number {
  return laid(Math.imul(one ^ other, FNV_PRIME) >>> 0);
}
