// Readings of messages to slots that stand, points, bands. The twin of src/oberih/check/sequence.py.

import { type Hit, type Reading, wordingOf } from "./frames";
import type { Frame, Rules } from "./rules";

export type Band = "none" | "verify" | "warning" | "stop";

interface Standing {
  points: number;
  order: number;
}

const SOLID = 4;
const SOME = 2;
const LATER = 10;
const PAIR = 2;
const STRONG = 8;
const BESIDE_SOLID = 1;
const BESIDE_GATHERED = 2;
const PLAIN = new Set(["fraud", "official", "support", "link", "claims"]);
const QUIET = new Set(["fraud", "official", "support", "link"]);

const WORDING: Frame = {
  id: "wording",
  slot: "wording",
  tactic: "",
  points: 6,
  within: 0,
  all: [],
  none: [],
  two: [],
  weak: 0,
  keep: true,
};

const FRAUD: Frame = { ...WORDING, id: "fraud-wording", slot: "fraud", points: 3 };

// The conversation so far: which slots stand, and when each was first filled.
export class Course {
  private readonly slots = new Map<string, Standing>();
  private readonly first = new Map<string, number>();
  private order = 0;
  private best: number[] = [];

  constructor(private readonly rules: Rules) {}

  // Weigh one message of the other side: its band and the hits that count.
  take(reading: Reading): { band: Band; hits: Hit[] } {
    this.order += 1;
    if (!isDescribed(reading, this.rules)) {
      this.best = [...this.best, reading.score].sort((a, b) => b - a).slice(0, PAIR);
    }
    const hits = this.counted(reading);
    for (const { frame } of hits) {
      const standing = this.slots.get(frame.slot);
      if (!standing || standing.points <= frame.points || this.isOld(standing)) {
        this.slots.set(frame.slot, { points: frame.points, order: this.order });
      }
      if (!this.first.has(frame.slot)) this.first.set(frame.slot, this.order);
    }
    return { band: this.bandOf(hits), hits };
  }

  // The points of the slots that stand now, with the bonuses.
  total(): number {
    const standing = new Map([...this.slots].filter(([, one]) => !this.isOld(one)));
    let total = 0;
    for (const [slot, { points }] of standing) if (slot === "link" || !QUIET.has(slot)) total += points;
    for (const bonus of this.rules.sequence.bonuses) {
      if (bonus.all.every((slot) => standing.has(slot))) total += bonus.points;
    }
    return total + this.orderBonus(standing);
  }

  private counted(reading: Reading): Hit[] {
    const { model, weak_after: enough } = this.rules.sequence;
    const hits = reading.hits.filter((hit) => this.speaks(hit, reading));
    const trusted = new Set(hits.filter((hit) => hit.frame.weak === 0 && this.trusts(hit, reading)));
    const solid = [...trusted].some(({ frame }) => frame.points >= SOLID);
    const gathered = this.total() >= enough;
    const likely = reading.score > model.likely || this.pair() > model.pair;
    const allowed = gathered || likely ? BESIDE_GATHERED : solid ? BESIDE_SOLID : 0;
    const counted = hits.filter(
      (hit) => hit.frame.weak <= allowed && (gathered || trusted.has(hit) || hit.frame.weak > 0),
    );
    return [...counted, ...this.wording(reading, counted), ...this.fraud(reading)];
  }

  // A hit is said to the reader, not told of others or quoted.
  private speaks(hit: Hit, reading: Reading): boolean {
    if (hit.frame.slot === "support" || hit.frame.slot === "official") return true;
    if (isDescribed(reading, this.rules)) return false;
    return !(hit.quoted && reading.mention >= SOME && !reading.retold);
  }

  // The model leaves a frame its word; a sure frame needs less of it.
  private trusts(hit: Hit, reading: Reading): boolean {
    const { model, stop } = this.rules.sequence;
    const least = hit.frame.points >= stop ? model.veto_sure : model.veto;
    const strong = new Set(reading.hits.filter(({ frame }) => frame.points >= STRONG).map(({ frame }) => frame.id));
    if (QUIET.has(hit.frame.slot) || strong.size >= model.agree) return true;
    return !this.isCalm() && (reading.score > least || this.pair() > model.pair);
  }

  // Even the two heaviest messages weigh little.
  private isCalm(): boolean {
    return this.best.length === PAIR && this.pair() <= this.rules.sequence.model.calm;
  }

  // The model's scores of the two messages that weigh most, together.
  private pair(): number {
    const [first, second] = this.best;
    return first === undefined || second === undefined ? -(10 ** 9) : first + second;
  }

  // The model's own hit: on its own when sure, beside a frame when likely.
  private wording(reading: Reading, hits: Hit[]): Hit[] {
    const { model } = this.rules.sequence;
    const frauds = reading.hits.some(({ frame }) => frame.slot === "fraud");
    const short = reading.words.length < model.words;
    if (isDescribed(reading, this.rules) || frauds || short || this.isCalm()) return [];
    const beside = hits.some(({ frame }) => !PLAIN.has(frame.slot));
    const alone = reading.score > (beside ? model.likely : model.sure);
    if (!alone && this.pair() <= (beside ? model.pair : model.pair_sure)) return [];
    const [start, end] = wordingOf(reading.words, this.rules);
    return end > start ? [{ frame: WORDING, start, end, quoted: false }] : [];
  }

  // The other model's hit: the whole text, as another fraud to verify.
  private fraud(reading: Reading): Hit[] {
    const first = reading.words[0];
    const last = reading.words[reading.words.length - 1];
    const { model } = this.rules.sequence;
    // The longer the conversation, the more messages could be taken for fraud by chance.
    const least = model.fraud + model.fraud_step * Math.min(this.order - 1, LATER);
    const short = reading.words.length < model.words;
    if (short || reading.fraud <= least || isDescribed(reading, this.rules) || !first || !last) return [];
    return [{ frame: FRAUD, start: first.token.start, end: last.token.end, quoted: false }];
  }

  private bandOf(hits: Hit[]): Band {
    const added = new Set(hits.map(({ frame }) => frame.slot));
    const { demands, stop, warning, verify } = this.rules.sequence;
    const total = [...added].some((slot) => !QUIET.has(slot)) ? this.total() : 0;
    const demand = demands.some((slot) => added.has(slot)) || (added.has("threat") && added.has("condition"));
    if (demand && total >= stop) return "stop";
    if (total >= warning) return "warning";
    return total >= verify || added.has("fraud") || added.has("official") ? "verify" : "none";
  }

  private isOld(standing: Standing): boolean {
    return this.order - standing.order >= this.rules.sequence.window;
  }

  private orderBonus(standing: Map<string, Standing>): number {
    const { first, then, points } = this.rules.sequence.ordered;
    const places = (slots: string[]): number[] =>
      slots.filter((slot) => standing.has(slot)).map((slot) => this.first.get(slot) ?? 0);
    const before = places(first);
    const after = places(then);
    return before.length > 0 && after.length > 0 && Math.min(...before) < Math.max(...after) ? points : 0;
  }
}

// The text is news or a warning about others: it only describes.
export function isDescribed(reading: Reading, rules: Rules): boolean {
  const { enough, retold } = rules.sequence.mention;
  return reading.mention >= enough + (reading.retold ? retold : 0);
}
