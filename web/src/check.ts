// The check: a conversation and ticked answers in, one assessment out.
// The twin of src/oberih/check/engine.py: the same JSON for the same input, proved by vectors/assessments.json.

import compiled from "../../src/oberih/check/compiled/rules.json";
import { blocksOf, speaksItself } from "./blocks";
import { type Hit, LONGEST, readingOf } from "./frames";
import { type Packed, unpacking } from "./packed";
import { type Question, type RawRules, type Rules, readRules } from "./rules";
import { type Band, isDescribed, isRaised } from "./lanes";
import { Course, ORDER, type Said } from "./sequence";

export { readExport } from "./readers";

export interface Message {
  from: "them" | "me";
  at?: string | null;
  text: string;
  // Tells several strangers apart.
  who?: string;
  // The words are somebody else's.
  forwarded?: boolean;
}

export interface Conversation {
  messages: Message[];
}

export type Route = "coercion" | "fraud" | "official" | "none";

// `spans` are [message, start, end, slot] in Unicode code points of the original text, half-open.
export interface Assessment {
  advice: string[];
  band: Band;
  described: boolean;
  first_stop: number | null;
  first_warning: number | null;
  follows: string[];
  physical: boolean;
  route: Route;
  spans: [number, number, number, string][];
  stage: number | null;
  support: boolean;
  tactics: string[];
}

const PIECES = 25;

let own: Rules | undefined;

let reading: Generator<void, RawRules> | undefined;

// Reads the rules that came with the page, a slice a step; whoever asks goes on where another stopped.
export function* readingRules(): Generator<void, Rules> {
  reading ??= unpacked();
  while (!own) {
    const slice = reading.next();
    if (slice.done) own = readRules(slice.value);
    else yield;
  }
  return own;
}

function* unpacked(): Generator<void, RawRules> {
  const raw = compiled as unknown as RawRules | Packed;
  return "packed" in raw ? yield* unpacking(raw) : raw;
}

// The same at once, on first use.
export function ownRules(): Rules {
  const steps = readingRules();
  let step = steps.next();
  while (!step.done) step = steps.next();
  return step.value;
}

// Judges by published rules from now on; an empty text changes nothing. Throws UnknownRules.
export function takeRules(text: string): void {
  if (text) own = readRules(JSON.parse(text) as RawRules);
}

// Messages from "me" never raise a band; words of despair in them open support.
// `tell` hears of every message that is read.
export function assess(
  conversation: Conversation, answers: Record<string, boolean> = {}, tell: () => void = () => undefined,
): Assessment {
  const found = new Found(ownRules());
  const { messages } = conversation;
  const lends = speaksItself(messages);
  messages.forEach((message, index) => {
    const { from, who = "", at = null } = message;
    for (const { text, borrowed } of blocksOf(message)) {
      const said = { who, at, borrowed: borrowed && lends, messages, index };
      found.read(text, index, from === "me" ? null : said);
    }
    tell();
  });
  found.tick(answers);
  return found.assessment();
}

class Found {
  private band: Band = "none";
  private readonly hits: { index: number; offset: number; hit: Hit }[] = [];
  private readonly ticked: Question[] = [];
  private readonly first = new Map<Band, number>();
  private support = false;
  private described = false;
  private dangerous = false;
  private readonly course: Course;

  constructor(private readonly rules: Rules) {
    this.course = new Course(rules);
  }

  // A message, mine where nobody else said it; a very long one in pieces, so that its end is not passed over.
  read(text: string, index: number, said: Said | null): void {
    if (text.length <= LONGEST) return this.readPiece(text, index, 0, said);
    const points = [...text];
    for (let offset = 0; offset < (Math.min(points.length, LONGEST * PIECES) || 1); offset += LONGEST) {
      this.readPiece(points.slice(offset, offset + LONGEST).join(""), index, offset, said);
    }
  }

  private readPiece(text: string, index: number, offset: number, said: Said | null): void {
    const reading = readingOf(text, this.rules, said === null);
    if (reading.hits.some(({ frame }) => frame.slot === "support")) this.support = true;
    if (said === null) return;
    if (reading.hits.length > 0 && (said.borrowed || isDescribed(reading, this.rules))) this.described = true;
    const { physical } = this.rules.sequence;
    if (reading.hits.some(({ frame }) => physical.includes(frame.tactic))) this.dangerous = true;
    const { band, hits } = this.course.take(reading, said);
    for (const hit of hits) if (hit.frame.slot !== "support") this.hits.push({ index, offset, hit });
    this.raise(band, index);
  }

  // Ticked answers raise by their own hard rules.
  tick(answers: Record<string, boolean>): void {
    let points = 0;
    for (const code of Object.keys(answers).sort()) {
      const question = Object.hasOwn(this.rules.questions, code) ? this.rules.questions[code] : undefined;
      if (!question || answers[code] !== true) continue;
      this.ticked.push(question);
      points += question.points;
      if (question.slot === "support") this.support = true;
    }
    if (this.ticked.length === 0) return;
    const { demands, stop, warning, verify } = this.rules.sequence;
    const demand = this.ticked.some(({ slot }) => slot === "threat" || demands.includes(slot));
    const total = points + this.course.total();
    if (demand && total >= stop) this.raise("stop", null);
    else if (total >= warning) this.raise("warning", null);
    else if (total >= verify) this.raise("verify", null);
  }

  assessment(): Assessment {
    const slots = new Set([...this.hits.map(({ hit }) => hit.frame.slot), ...this.ticked.map((one) => one.slot)]);
    const tactics = new Set([...this.hits.map(({ hit }) => hit.frame.tactic), ...this.ticked.map((one) => one.tactic)]);
    const { stages, physical: codes } = this.rules.sequence;
    const stage = Math.max(0, ...[...slots].map((slot) => stages[slot] ?? 0)) || null;
    const physical = (this.dangerous || codes.some((code) => tactics.has(code))) && this.isRaised();
    const route = this.route(slots, tactics);
    return {
      advice: this.advice(route, physical, stage),
      band: this.band,
      described: this.described,
      first_stop: this.first.get("stop") ?? null,
      first_warning: this.first.get("warning") ?? null,
      follows: this.rules.follows[String(stage ?? 0)] ?? [],
      physical,
      route,
      spans: this.spans(),
      stage,
      support: this.support,
      tactics: this.rules.tactics.filter((code) => tactics.has(code)),
    };
  }

  private isRaised(): boolean {
    return isRaised(this.band);
  }

  private raise(band: Band, index: number | null): void {
    if (ORDER.indexOf(band) > ORDER.indexOf(this.band)) this.band = band;
    if (index === null || !isRaised(band)) return;
    if (!this.first.has("warning")) this.first.set("warning", index);
    if (band === "stop" && !this.first.has("stop")) this.first.set("stop", index);
  }

  private route(slots: Set<string>, tactics: Set<string>): Route {
    if (this.band === "none") return "none";
    const has = (list: string[]): boolean => list.some((slot) => slots.has(slot));
    const strong = has(["crime", "small", "threat", "proof"]);
    const coercive = this.isRaised() && has(this.rules.sequence.coercive);
    if (!strong && (slots.has("money") || (slots.has("fraud") && !coercive))) return "fraud";
    if (this.isRaised() || strong) return "coercion";
    return slots.has("official") || tactics.has("P6") ? "official" : "none";
  }

  // Spans of one slot that touch are one.
  private spans(): [number, number, number, string][] {
    const sorted = this.hits
      .map(({ index, offset, hit }): [number, number, number, string] => [
        index, offset + hit.start, offset + hit.end, hit.frame.slot,
      ])
      .sort((a, b) => a[0] - b[0] || compare(a[3], b[3]) || a[1] - b[1] || a[2] - b[2]);
    const merged: [number, number, number, string][] = [];
    for (const span of sorted) {
      const last = merged[merged.length - 1];
      if (last && last[0] === span[0] && last[3] === span[3] && span[1] <= last[2] + 1) {
        last[2] = Math.max(last[2], span[2]);
      } else merged.push(span);
    }
    return merged.sort((a, b) => a[0] - b[0] || a[1] - b[1] || a[2] - b[2] || compare(a[3], b[3]));
  }

  private advice(route: Route, physical: boolean, stage: number | null): string[] {
    const codes: string[] = [];
    if (physical) codes.push("physical");
    if (this.support) codes.push("support");
    codes.push(`${this.band}-${route}`);
    if (stage !== null && this.isRaised()) codes.push(`stage-${stage}`);
    if (this.described && !this.isRaised()) codes.push("described");
    return codes.filter((code) => Object.hasOwn(this.rules.advice, code));
  }
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
