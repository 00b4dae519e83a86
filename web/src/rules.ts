// The compiled rules, read once; refused when their version is unknown.
// The twin of src/oberih/check/rules.py.

import { type Concepts, conceptsOf, widened } from "./concepts";
import type { Hit } from "./frames";
import type { Lane, Place } from "./lanes";
import { type Parts, partsOf } from "./layout";
import { bucketOf, type Model, modelOf, OUTPUTS, type RawModel, wordBuckets } from "./model";
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
  minutes: number;
  silence: { minutes: number; points: number; then: string[] };
  strangers: { pattern: number; crowd: number };
  warning: number;
  stop: number;
  verify: number;
  weak_after: number;
  stages: Record<string, number>;
  demands: string[];
  coercive: string[];
  model: Record<
    | "sure" | "likely" | "veto" | "veto_sure" | "verify" | "described" | "demand" | "asked" | "low" | "high"
    | "drift" | "near" | "talk" | "words" | "fraud" | "fraud_step",
    number
  >;
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
  // Whether each class has a name.
  classes: number[];
  concepts: string[];
  model: Record<(typeof OUTPUTS)[number], RawModel>;
}

// What is known of a word before it stands in a text; shared by all its places, never changed.
export interface Entry {
  classes: ReadonlySet<number>;
  list: readonly number[];
  // Those of the classes with which a phrase may begin.
  begins: readonly number[];
  // Those that have a name: the models count them.
  named: readonly number[];
  // How many features it has of its own, and what they weigh for each model.
  count: number;
  sums: readonly number[];
  // What it is about.
  concepts: readonly number[];
  // What it gives to the order of the words.
  parts: Parts;
  // The number of the last message that held it.
  seen: number;
}

// Who reads a text beside the models, where they doubt: second.ts.
export interface Second {
  // What the models say of a text, moved by what this reader says of it.
  moved(scores: readonly number[], text: string, tables: Tables): number[];
  // What the model says of a conversation's last messages, moved likewise.
  told(score: number, texts: readonly string[], tables: Tables): number;
  // What has raised is a talk among her own people: her replies show it.
  calms(lane: Lane, hits: readonly Hit[], place: Place, rules: Rules): boolean;
}

export interface Rules {
  tables: Tables;
  entryOf: (key: string) => Entry;
  phrases: Phrase[];
  // Words that the rules know, those of phrases first: something to read before anybody wrote anything.
  examples: string[];
  // Which phrases may begin with a word of a class.
  beginning: Map<number, number[]>;
  size: number;
  frames: Frame[];
  sequence: Sequence;
  advice: Record<string, unknown>;
  follows: Record<string, string[]>;
  questions: Record<string, Question>;
  tactics: string[];
  named: Uint8Array;
  // How many concepts there are.
  concepts: number;
  models: Model[];
  // The features of a frame that is filled.
  buckets: Map<Frame, number[]>;
  // It comes only when she asks for it.
  second?: Second | undefined;
}

const KNOWN = 2;
const SHORTEST_STEM = 2;

// These rules are of a version that this page does not know.
export class UnknownRules extends Error {}

export function readRules(raw: RawRules): Rules {
  if (raw.v !== KNOWN) throw new UnknownRules("These rules are of a version that this page does not know.");
  const tables = tablesOf(raw.normal);
  const named = new Set(raw.classes.flatMap((name, at) => (name ? [at] : [])));
  const phrases = raw.phrases.map((one) => ({ number: one.class, elements: one.elements }));
  const beginning = beginningOf(phrases);
  const [words, stems] = [ungrouped(raw.words), ungrouped(raw.stems)];
  const models = OUTPUTS.map((name) => modelOf(raw.model[name]));
  const concepts = conceptsOf(raw.concepts);
  return {
    tables,
    entryOf: lookUp({ words, stems, named, beginning, tables, models, concepts }),
    phrases,
    examples: examplesOf(phrases, [words, stems]),
    beginning,
    size: raw.classes.length,
    frames: raw.frames,
    sequence: raw.sequence,
    advice: raw.advice,
    follows: raw.follows,
    questions: raw.questions,
    tactics: raw.tactics,
    named: Uint8Array.from(raw.classes),
    concepts: concepts.size,
    models,
    buckets: new Map(raw.frames.map((one) => [one, [bucketOf(`f${one.id}`), bucketOf(`s${one.slot}`)]])),
  };
}

// One word for each word of each phrase, then all words.
function examplesOf(phrases: Phrase[], lexicon: Map<string, number[]>[]): string[] {
  const words = new Map<number, string>();
  for (const one of lexicon) {
    for (const [word, classes] of one) for (const number of classes) words.set(number, word);
  }
  const elements = phrases.flatMap((phrase) => phrase.elements);
  const spelt = elements.flatMap((element) => words.get(element.any[0] ?? -1) ?? []);
  return [...spelt, ...lexicon.flatMap((one) => [...one.keys()])];
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

interface Lexicon {
  words: Map<string, number[]>;
  stems: Map<string, number[]>;
  named: ReadonlySet<number>;
  beginning: ReadonlyMap<number, number[]>;
  tables: Tables;
  models: Model[];
  concepts: Concepts;
}

// What a word's key is, remembered; Latin-typed words are looked up in Cyrillic too.
function lookUp({ words, stems, named, beginning, tables, models, concepts }: Lexicon): (key: string) => Entry {
  const seen = new Map<string, Entry>();
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
    const list = [...found];
    // A word in Latin letters is weighed as what it may stand for, so that all spellings meet.
    const spelt = typedKeys(key, tables)[0] ?? key;
    const buckets = wordBuckets(spelt);
    const about = aboutOf(key, concepts, tables);
    const entry = {
      classes: found,
      list,
      begins: list.filter((number) => beginning.has(number)),
      named: list.filter((number) => named.has(number)),
      count: buckets.length,
      sums: models.map(({ weights }) => buckets.reduce((sum, one) => sum + (weights[one] as number), 0)),
      concepts: about,
      parts: partsOf(spelt, about),
      seen: 0,
    };
    if (seen.size < 200_000) seen.set(key, entry);
    return entry;
  };
}

function aboutOf(key: string, concepts: Concepts, tables: Tables): number[] {
  const found = concepts.of(key);
  return found.length > 0 ? found : [...new Set(typedKeys(key, tables).flatMap((typed) => concepts.of(typed)))];
}

function ungrouped(groups: Record<string, string>): Map<string, number[]> {
  const keys = new Map<string, number[]>();
  for (const [numbers, words] of Object.entries(groups)) {
    const classes = numbers.split(" ").map(Number);
    for (const word of widened(words).split(" ")) keys.set(word, classes);
  }
  return keys;
}
