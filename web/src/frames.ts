// One message to hits: which frames it fills, and where. The twin of src/oberih/check/frames.py.

import { layoutOf } from "./layout";
import { bucketOf, Features, folded, scoreOf, stateOfClass } from "./model";
import { type Token, tokensOf } from "./normalise";
import type { Element, Entry, Frame, Phrase, Rules } from "./rules";

// `classes` are the entry's own until a phrase adds one: then they are the word's.
export interface Word {
  token: Token;
  entry: Entry;
  classes: ReadonlySet<number>;
}

export interface Hit {
  frame: Frame;
  start: number;
  end: number;
  quoted: boolean;
}

export interface Reading {
  text: string;
  words: Word[];
  hits: Hit[];
  // The named classes that stand in it, in their order.
  classes: number[];
  // The features of how its words stand.
  layout: number[];
  mention: number;
  retold: boolean;
  asks: boolean;
  quotes: boolean;
  // What each model of single messages says, in hundredths of a logit.
  score: number;
  demand: number;
  fraud: number;
}

const NEAR = 14;
// Code points that are read at once.
export const LONGEST = 40_000;

// The frames that a text fills, at most LONGEST code points, and what the models say unless it is mine.
export function readingOf(text: string, rules: Rules, mine = false): Reading {
  const present = new Uint8Array(rules.size);
  const words = wordsOf(text, rules, present);
  const hits: Hit[] = [];
  for (const frame of rules.frames) {
    if (areAllPresent(frame.all, present)) for (const hit of hitsOf(frame, words, rules)) hits.push(hit);
  }
  const reading: Reading = {
    text,
    words,
    hits,
    classes: [],
    layout: [],
    mention: mentionOf(words, rules, present),
    retold: isRetold(words, rules, present),
    asks: text.includes("?"),
    quotes: words.some(({ token }) => token.quoted),
    score: 0,
    demand: 0,
    fraud: 0,
  };
  if (mine) return reading;
  for (let number = 0; number < present.length; number += 1) {
    if (present[number] === 1 && rules.named[number] === 1) reading.classes.push(number);
  }
  reading.layout = layoutOf(words, text);
  let scores = scoresOf([reading], rules, 0, SINGLE);
  if (rules.second && words.length > 0) scores = rules.second.moved(scores, text, rules.tables);
  [reading.score, reading.demand, reading.fraud] = scores as [number, number, number];
  return reading;
}

// What the model of whole conversations says of several messages as if they were one.
export function talkScoreOf(readings: readonly Reading[], rules: Rules): number {
  const score = scoresOf(readings, rules, SINGLE, SINGLE + 1)[0] ?? 0;
  return rules.second ? rules.second.told(score, readings.map(({ text }) => text), rules.tables) : score;
}

function meets(group: number[], classes: ReadonlySet<number>): boolean {
  for (let at = 0; at < group.length; at += 1) if (classes.has(group[at] as number)) return true;
  return false;
}

function areAllPresent(groups: number[][], present: Uint8Array): boolean {
  for (let at = 0; at < groups.length; at += 1) {
    if (!isPresent(groups[at] as number[], present)) return false;
  }
  return true;
}

function isPresent(group: number[], present: Uint8Array): boolean {
  for (let at = 0; at < group.length; at += 1) if (present[group[at] as number] === 1) return true;
  return false;
}

const SINGLE = 3;
const MOST = 6;
const STEP = 4;
const LENGTHS = 8;
const features = new Features();
let turn = 0;

// What the models see beside the words: classes, concepts, filled frames, the text's shape.
function addContext(readings: readonly Reading[], length: number, rules: Rules): void {
  features.clear();
  const classes = new Set<number>();
  const about = new Uint8Array(rules.concepts);
  let mention = 0;
  for (const reading of readings) {
    for (const { entry } of reading.words) {
      for (let at = 0; at < entry.concepts.length; at += 1) about[entry.concepts[at] as number] = 1;
    }
    for (const number of reading.classes) classes.add(number);
    for (const bucket of reading.layout) features.add(bucket);
    for (const { frame } of reading.hits) for (const bucket of rules.buckets.get(frame) ?? []) features.add(bucket);
    mention = Math.max(mention, reading.mention);
  }
  features.addConcepts(about);
  features.addClasses(readings.length === 1 ? [...classes] : [...classes].sort((a, b) => a - b));
  features.add(bucketOf(`l${Math.min(Math.floor(length / STEP), LENGTHS)}`));
  features.add(bucketOf(`m${Math.min(mention, MOST)}`));
  if (readings.some(({ retold }) => retold)) features.add(bucketOf("retold"));
  if (readings.some(({ asks }) => asks)) features.add(bucketOf("?"));
  if (readings.some(({ quotes }) => quotes)) features.add(bucketOf("quotes"));
}

function scoresOf(readings: readonly Reading[], rules: Rules, from: number, to: number): number[] {
  const models = rules.models.slice(from, to);
  const length = readings.reduce((sum, { words }) => sum + words.length, 0);
  if (length === 0) return models.map(({ bias }) => bias);
  addContext(readings, length, rules);
  turn += 1;
  const counts = [...features.counts];
  const totals = models.map(({ weights }) => features.sums(weights));
  for (const { words } of readings) {
    for (const { entry } of words) {
      if (entry.seen === turn) continue;
      entry.seen = turn;
      counts[0] = (counts[0] as number) + entry.count;
      totals.forEach((sums, at) => (sums[0] = (sums[0] as number) + (entry.sums[from + at] as number)));
    }
  }
  return models.map((model, at) => scoreOf(model, totals[at] as number[], counts));
}

// The code points of the words that weigh most for the model.
export function wordingOf(words: Word[], rules: Rules): [number, number] {
  if (words.length === 0) return [0, 0];
  const weights = (rules.models[0] as { weights: Int8Array }).weights;
  const weight = words.map(({ entry, classes }) => {
    let sum = entry.sums[0] ?? 0;
    for (const one of classes) if (rules.named[one] === 1) sum += weights[folded(stateOfClass(one))] as number;
    return sum;
  });
  let low = weight.indexOf(Math.max(...weight));
  let high = low;
  while (low > 0 && (weight[low - 1] ?? 0) > 0) low -= 1;
  while (high + 1 < words.length && (weight[high + 1] ?? 0) > 0) high += 1;
  return [(words[low] as Word).token.start, (words[high] as Word).token.end];
}

// The words with the classes of their phrases; every class that stands anywhere is marked present.
function wordsOf(text: string, rules: Rules, present: Uint8Array): Word[] {
  const words: Word[] = tokensOf(text, rules.tables).map((token) => {
    const entry = rules.entryOf(token.key);
    return { token, entry, classes: entry.classes };
  });
  const first = new Map<number, number[]>();
  const waiting = new Uint8Array(rules.phrases.length);
  const note = (number: number, index: number): void => {
    placesOf(first, number).push(index);
    present[number] = 1;
    for (const phrase of rules.beginning.get(number) ?? []) waiting[phrase] = 1;
  };
  words.forEach(({ entry }, index) => {
    for (const number of entry.list) present[number] = 1;
    for (const number of entry.begins) note(number, index);
  });
  for (let at = 0; at < waiting.length; at += 1) {
    const phrase = rules.phrases[at] as Phrase;
    if (waiting[at] !== 1 || !canStand(phrase, present)) continue;
    addPhrases(phrase, words, first, note);
  }
  return words;
}

// Each of its words stands somewhere; a phrase whose class is known already must be tried all the same.
function canStand({ number, elements }: Phrase, present: Uint8Array): boolean {
  if (present[number] === 1) return true;
  for (let at = 1; at < elements.length; at += 1) {
    if (!isPresent((elements[at] as Element).any, present)) return false;
  }
  return true;
}

// Mark the words of each place where the phrase stands.
function addPhrases(
  phrase: Phrase, words: Word[], first: Map<number, number[]>, note: (number: number, index: number) => void,
): void {
  for (const start of startsOf(phrase, first)) {
    const { number } = phrase;
    const knew = words[start]?.entry.classes.has(number) || first.get(number)?.includes(start);
    addPhrase(phrase, words, start);
    if (!knew && words[start]?.classes.has(number)) note(number, start);
  }
}

function placesOf(first: Map<number, number[]>, number: number): number[] {
  const known = first.get(number);
  if (known) return known;
  const fresh: number[] = [];
  first.set(number, fresh);
  return fresh;
}

function startsOf(phrase: Phrase, first: Map<number, number[]>): number[] {
  let found: number[] | undefined;
  let many: Set<number> | undefined;
  for (const number of (phrase.elements[0] as Element).any) {
    const places = first.get(number);
    if (!places || places.length === 0) continue;
    if (!found) found = places;
    else {
      many ??= new Set(found);
      for (const place of places) many.add(place);
    }
  }
  if (many) found = [...many];
  return found ? [...found].sort((a, b) => a - b) : [];
}

function addPhrase(phrase: Phrase, words: Word[], start: number): void {
  let last = start;
  for (let at = 1; at < phrase.elements.length; at += 1) {
    last = nextOf(phrase.elements[at] as Element, words, last);
    if (last < 0) return;
  }
  for (let index = start; index <= last; index += 1) addClass(words[index] as Word, phrase.number);
}

function addClass(word: Word, number: number): void {
  if (word.classes.has(number)) return;
  word.classes = new Set(word.classes).add(number);
}

function nextOf(element: Element, words: Word[], after: number): number {
  const reach = (words[after] as Word).token.position + Math.max(element.gap + 1, 2);
  const end = Math.min(after + element.gap + 2, words.length);
  for (let index = after + 1; index < end; index += 1) {
    const word = words[index] as Word;
    if (word.token.position > reach) return -1;
    if (meets(element.any, word.classes)) return index;
  }
  return -1;
}

// A hit for each place of the first group that finds the others near it.
function hitsOf(frame: Frame, words: Word[], rules: Rules): Hit[] {
  const groups = frame.all.map((group) => {
    const places: number[] = [];
    words.forEach((word, index) => {
      if (meets(group, word.classes)) places.push(index);
    });
    return places;
  });
  const hits: Hit[] = [];
  let end = -1;
  for (const anchor of groups[0] ?? []) {
    if (anchor <= end) continue;
    const chosen = chosenOf(anchor, groups.slice(1), frame, words);
    if (chosen.length === 0 || isTakenBack(frame, chosen, words, rules)) continue;
    end = Math.max(...chosen);
    const low = words[Math.min(...chosen)] as Word;
    const high = words[end] as Word;
    const quoted = chosen.every((index) => words[index]?.token.quoted);
    hits.push({ frame, start: low.token.start, end: high.token.end, quoted });
  }
  return hits;
}

// The nearest word of each group within reach of the anchor, or nothing.
function chosenOf(anchor: number, groups: number[][], frame: Frame, words: Word[]): number[] {
  const here = (words[anchor] as Word).token.position;
  const chosen = [anchor];
  for (const places of groups) {
    let best = -1;
    let nearest = frame.within + 1;
    for (const index of places) {
      const distance = Math.abs((words[index] as Word).token.position - here);
      if (distance < nearest && !chosen.includes(index)) {
        best = index;
        nearest = distance;
      }
    }
    if (best < 0) return [];
    chosen.push(best);
  }
  return chosen;
}

function isTakenBack(frame: Frame, chosen: number[], words: Word[], rules: Rules): boolean {
  const low = (words[Math.min(...chosen)] as Word).token.position - NEAR;
  const high = (words[Math.max(...chosen)] as Word).token.position + NEAR;
  let kinds = 0;
  for (const word of words) {
    if (word.token.position < low || word.token.position > high) continue;
    if (meets(frame.none, word.classes)) return true;
    if (meets(frame.two, word.classes)) kinds += 1;
  }
  if (frame.two.length > 0 && kinds < 2) return true;
  return !frame.keep && isNegated(chosen[0] ?? 0, words, rules);
}

// "not" stands just before the verb and no "if" before that.
function isNegated(anchor: number, words: Word[], rules: Rules): boolean {
  const { roles } = rules.sequence;
  const here = (words[anchor] as Word).token.position;
  const before = words
    .slice(Math.max(0, anchor - 5), anchor)
    .filter((word) => here - word.token.position <= 6);
  if (!before.slice(-2).some((word) => word.classes.has(roles["not"] ?? -1))) return false;
  return !before.some((word) => word.classes.has(roles["cond"] ?? -1));
}

// How much the text is news or a warning about others: points over distinct words.
function mentionOf(words: Word[], rules: Rules, present: Uint8Array): number {
  const { mention } = rules.sequence;
  let total = isDistant(words, mention.distant_words, mention.direct) ? mention.distant : 0;
  for (const [number, points] of mention.classes) {
    if (present[number ?? -1] !== 1) continue;
    const distinct = new Set<string>();
    for (const word of words) {
      if (word.classes.has(number ?? -1)) distinct.add([...word.token.key].slice(0, 5).join(""));
    }
    total += (points ?? 0) * Math.min(distinct.size, 2);
  }
  return total;
}

// A longer text has no "you", "I" or order outside quotes.
function isDistant(words: Word[], least: number, direct: number[]): boolean {
  if (words.length < least) return false;
  return !words.some((word) => !word.token.quoted && meets(direct, word.classes));
}

// Somebody tells what was asked of themselves: "they said that I must".
function isRetold(words: Word[], rules: Rules, present: Uint8Array): boolean {
  const role = (name: string): number => rules.sequence.roles[name] ?? -1;
  if (present[role("told.they")] !== 1 && present[role("told.did")] !== 1) return false;
  const has = (word: Word | undefined, name: string): boolean => word?.classes.has(role(name)) ?? false;
  return words.some((word, index) => {
    if (!has(word, "told.they") && !has(word, "told.did")) return false;
    const near = words.slice(Math.max(0, index - 4), index + 6);
    if (near.some((other) => has(other, "tome"))) return true;
    return near.some((one, at) => has(one, "thatmust") && has(near[at + 1], "i"));
  });
}
