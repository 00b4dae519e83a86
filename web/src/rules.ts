// The compiled rules, read once; refused when their version is unknown.
// The twin of src/oberih/check/rules.py.

import type { Model } from "./model";
import { type RawTables, type Tables, tablesOf, typedKeys } from "./normalise";

export interface Element {
  any: number[];
  gap: number;
}

export interface Phrase {
  number: number;
  elements: Element[];
}

export interface Frame {
  id: string;
  slot: string;
  tactic: string;
  points: number;
  within: number;
  all: number[][];
  none: number[];
  two: number[];
  weak: number;
  keep: boolean;
}

export interface Bonus {
  all: string[];
  points: number;
}

export interface Sequence {
  window: number;
  warning: number;
  stop: number;
  verify: number;
  weak_after: number;
  stages: Record<string, number>;
  demands: string[];
  coercive: string[];
  model: {
    veto: number;
    veto_sure: number;
    likely: number;
    sure: number;
    words: number;
    fraud: number;
    fraud_step: number;
    pair: number;
    pair_sure: number;
    calm: number;
    agree: number;
  };
  bonuses: Bonus[];
  ordered: { first: string[]; then: string[]; points: number };
  mention: {
    enough: number;
    classes: number[][];
    retold: number;
    distant: number;
    distant_words: number;
    direct: number[];
  };
  physical: string[];
  roles: Record<string, number>;
}

export interface Question {
  slot: string;
  tactic: string;
  points: number;
}

interface RawModel {
  bias: number;
  gaps: number[];
  weights: number[];
}

export interface RawRules {
  v: number;
  normal: RawTables;
  words: Record<string, string>;
  stems: Record<string, string>;
  phrases: { class: number; elements: { any: number[]; gap: number }[] }[];
  frames: Frame[];
  sequence: Sequence;
  advice: Record<string, unknown>;
  follows: Record<string, string[]>;
  questions: Record<string, Question>;
  tactics: string[];
  classes: string[];
  model: { coercion: RawModel; fraud: RawModel };
}

export interface Rules {
  tables: Tables;
  classesOf: (key: string) => number[];
  phrases: Phrase[];
  // Which phrases may begin with a word of a class.
  beginning: Map<number, number[]>;
  size: number;
  frames: Frame[];
  sequence: Sequence;
  advice: Record<string, unknown>;
  follows: Record<string, string[]>;
  questions: Record<string, Question>;
  tactics: string[];
  named: Set<number>;
  coercion: Model;
  fraud: Model;
}

const KNOWN = 1;
const SHORTEST_STEM = 2;

// These rules are of a version that this page does not know.
export class UnknownRules extends Error {}

export function readRules(raw: RawRules): Rules {
  if (raw.v !== KNOWN) throw new UnknownRules("These rules are of a version that this page does not know.");
  const tables = tablesOf(raw.normal);
  const phrases = raw.phrases.map((one) => ({ number: one.class, elements: one.elements }));
  return {
    tables,
    classesOf: lookUp(ungrouped(raw.words), ungrouped(raw.stems), tables),
    phrases,
    beginning: beginningOf(phrases),
    size: raw.classes.length,
    frames: raw.frames,
    sequence: raw.sequence,
    advice: raw.advice,
    follows: raw.follows,
    questions: raw.questions,
    tactics: raw.tactics,
    named: new Set(raw.classes.flatMap((name, at) => (name ? [at] : []))),
    coercion: modelOf(raw.model.coercion),
    fraud: modelOf(raw.model.fraud),
  };
}

function beginningOf(phrases: Phrase[]): Map<number, number[]> {
  const beginning = new Map<number, number[]>();
  phrases.forEach(({ elements }, at) => {
    for (const number of elements[0]?.any ?? []) {
      const known = beginning.get(number);
      if (known) known.push(at);
      else beginning.set(number, [at]);
    }
  });
  return beginning;
}

function modelOf({ bias, gaps, weights }: RawModel): Model {
  let bucket = 0;
  return { bias, weights: new Map(gaps.map((gap, at) => [(bucket += gap), weights[at] ?? 0])) };
}

// Classes of a word's key, remembered; Latin-typed words are looked up in Cyrillic too.
function lookUp(
  words: Map<string, number[]>, stems: Map<string, number[]>, tables: Tables,
): (key: string) => number[] {
  const seen = new Map<string, number[]>();
  const direct = (key: string, found: Set<number>): void => {
    for (const number of words.get(key) ?? []) found.add(number);
    for (let length = SHORTEST_STEM; length <= key.length; length += 1) {
      for (const number of stems.get(key.slice(0, length)) ?? []) found.add(number);
    }
  };
  return (key) => {
    const known = seen.get(key);
    if (known) return known;
    const found = new Set<number>();
    direct(key, found);
    if (found.size === 0) for (const typed of typedKeys(key, tables)) direct(typed, found);
    const classes = [...found];
    if (seen.size < 200_000) seen.set(key, classes);
    return classes;
  };
}

function ungrouped(groups: Record<string, string>): Map<string, number[]> {
  const keys = new Map<string, number[]>();
  for (const [numbers, words] of Object.entries(groups)) {
    const classes = numbers.split(" ").map(Number);
    for (const word of words.split(" ")) keys.set(word, classes);
  }
  return keys;
}
