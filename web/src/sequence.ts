// Readings of messages to slots that stand, points, bands. The twin of src/oberih/check/sequence.py.

import { type Hit, type Reading, talkScoreOf, wordingOf } from "./frames";
import type { Frame, Rules } from "./rules";

export type Band = "none" | "verify" | "warning" | "stop";

interface Standing {
  points: number;
  order: number;
}

const SOME = 2;
const LATER = 10;
const TOGETHER = 8;
const FAR = -1_000_000;
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

// What the models say of a message where it stands: its score, and that with half of what it weighs for a demand; it raises by itself or with those before it; a demand or a
// threat is among them; it is not calm, and a message before it has raised.
interface Weighed {
  score: number;
  both: number;
  raises: boolean;
  asks: boolean;
  follows: boolean;
}

// The conversation so far: which slots stand, when each was first filled, and what gathered.
export class Course {
  private readonly slots = new Map<string, Standing>();
  private readonly first = new Map<string, number>();
  private order = 0;
  private gathered = 0;
  private demands: number[] = [];
  private before: Reading[] = [];
  private warned = false;
  private stopped = false;

  constructor(private readonly rules: Rules) {}

  // Weigh one message of the other side: its band and the hits that count.
  take(reading: Reading): { band: Band; hits: Hit[] } {
    this.order += 1;
    const weighed = this.weighed(reading);
    const hits = this.counted(reading, weighed);
    for (const { frame } of hits) {
      const standing = this.slots.get(frame.slot);
      if (!standing || standing.points <= frame.points || this.isOld(standing)) {
        this.slots.set(frame.slot, { points: frame.points, order: this.order });
      }
      if (!this.first.has(frame.slot)) this.first.set(frame.slot, this.order);
    }
    const band = this.bandOf(hits, weighed);
    if (band === "warning" || band === "stop") this.warned = true;
    if (band === "stop") this.stopped = true;
    return { band, hits };
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

  private weighed(reading: Reading): Weighed {
    const { model } = this.rules.sequence;
    const less = isDescribed(reading, this.rules) ? model.described : 0;
    const score = reading.score - less;
    const demand = reading.demand - less;
    this.gathered = Math.max(0, this.gathered + Math.max(model.low, Math.min(model.high, score)) - model.drift);
    this.before = [...this.before, reading].slice(-TOGETHER);
    this.demands = [...this.demands, demand].slice(-TOGETHER);
    const moved = score > model.likely;
    const together = moved && this.talk() - less > model.talk;
    const both = score + Math.floor(demand / 2);
    const alone = reading.words.length >= model.words && both > model.sure;
    const asked = together && Math.max(...this.demands) > model.asked;
    return {
      score,
      both,
      raises: alone || together,
      asks: asked || demand > model.demand,
      follows: moved && this.warned,
    };
  }

  // What the last messages weigh together; not where it is calm or a Stop already.
  private talk(): number {
    if (this.stopped || this.order < 2 || this.gathered <= this.rules.sequence.model.near) return FAR;
    return talkScoreOf(this.before, this.rules);
  }

  private counted(reading: Reading, weighed: Weighed): Hit[] {
    const weak = weighed.raises || weighed.follows ? 2 : 0;
    const counted = reading.hits.filter(
      (hit) => hit.frame.weak <= weak && this.speaks(hit, reading, weighed) && this.trusts(hit, weighed),
    );
    return [...counted, ...this.wording(reading, weighed), ...this.fraud(reading, weighed)];
  }

  // A hit is said to the reader, not told of others or quoted.
  private speaks(hit: Hit, reading: Reading, weighed: Weighed): boolean {
    if (hit.frame.slot === "support" || hit.frame.slot === "official" || weighed.raises) return true;
    if (isDescribed(reading, this.rules)) return false;
    return !(hit.quoted && reading.mention >= SOME && !reading.retold);
  }

  // The model leaves a frame its word; a sure frame needs less of it.
  private trusts(hit: Hit, weighed: Weighed): boolean {
    const { model, stop } = this.rules.sequence;
    const least = hit.frame.points >= stop ? model.veto_sure : model.veto;
    return QUIET.has(hit.frame.slot) || weighed.raises || weighed.follows || weighed.both > least;
  }

  // The words that weigh most where the models raise.
  private wording(reading: Reading, weighed: Weighed): Hit[] {
    if (!weighed.raises) return [];
    const [start, end] = wordingOf(reading.words, this.rules);
    return end > start ? [{ frame: WORDING, start, end, quoted: false }] : [];
  }

  // The third model's hit: the whole text, as another fraud to verify.
  private fraud(reading: Reading, weighed: Weighed): Hit[] {
    const first = reading.words[0];
    const last = reading.words[reading.words.length - 1];
    const { model } = this.rules.sequence;
    // The longer the conversation, the more messages could be taken for fraud by chance.
    const least = model.fraud + model.fraud_step * Math.min(this.order - 1, LATER);
    const short = reading.words.length < model.words;
    if (short || weighed.raises || reading.fraud <= least || !first || !last) return [];
    return [{ frame: FRAUD, start: first.token.start, end: last.token.end, quoted: false }];
  }

  private bandOf(hits: Hit[], weighed: Weighed): Band {
    const added = new Set(hits.map(({ frame }) => frame.slot));
    const { demands, model, stop, warning, verify } = this.rules.sequence;
    const total = [...added].some((slot) => !QUIET.has(slot)) ? this.total() : 0;
    const demand = demands.some((slot) => added.has(slot)) || (added.has("threat") && added.has("condition"));
    if (added.has("wording") && (demand || weighed.asks)) return "stop";
    if (demand && total >= stop) return "stop";
    if (total >= warning) return "warning";
    const doubtful = weighed.score > model.verify;
    return doubtful || total >= verify || added.has("fraud") || added.has("official") ? "verify" : "none";
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
