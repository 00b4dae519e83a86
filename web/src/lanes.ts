// What one speaker said so far: which slots stand, what gathered. The twin of src/oberih/check/lanes.py.

import type { Message } from "./check";
import { type Hit, type Reading, talkScoreOf, wordingOf } from "./frames";
import type { Frame, Rules } from "./rules";

export type Band = "none" | "verify" | "warning" | "stop";

export interface Found {
  band: Band;
  hits: Hit[];
}

// A message's place among those of the other side, and its minute where it has a time.
export interface When {
  order: number;
  minute: number | null;
}

// Where a message stands in the whole chat.
export interface Place {
  messages: readonly Message[];
  index: number;
}

interface Standing {
  points: number;
  when: When;
}

interface Turn {
  when: When;
  reading: Reading;
  demand: number;
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

export function isRaised(band: Band): boolean {
  return band === "warning" || band === "stop";
}

// One speaker. `gathered` grows with messages that weigh for coercion and shrinks with calm ones; `resumed` is the
// message that ended the last long silence.
export class Lane {
  private slots = new Map<string, Standing>();
  private first = new Map<string, number>();
  private turns: Turn[] = [];
  private now: When = { order: 0, minute: null };
  private resumed = 0;
  private gathered = 0;
  warned = false;
  private stopped = false;

  constructor(private readonly rules: Rules) {}

  // Weigh one message of this speaker: its band and the hits that count.
  take(reading: Reading, when: When & Place): Found {
    if (between(this.now, when) >= this.rules.sequence.silence.minutes) this.resumed = when.order;
    this.now = { order: when.order, minute: when.minute ?? this.now.minute };
    const weighed = this.weighed(reading);
    const hits = this.counted(reading, weighed);
    for (const { frame } of hits) {
      const standing = this.slots.get(frame.slot);
      if (!standing || standing.points <= frame.points || this.isOld(standing.when)) {
        this.slots.set(frame.slot, { points: frame.points, when: this.now });
      }
      if (!this.first.has(frame.slot)) this.first.set(frame.slot, when.order);
    }
    let band = this.bandOf(hits, weighed);
    if (isRaised(band) && this.rules.second?.calms(this, hits, when, this.rules)) band = "verify";
    if (isRaised(band)) this.warned = true;
    if (band === "stop") this.stopped = true;
    return { band, hits };
  }

  // So many slots of coercion stand, or a message has raised.
  presses(least: number): boolean {
    const { coercive, demands } = this.rules.sequence;
    const standing = this.standing();
    return this.warned || new Set([...coercive, ...demands].filter((slot) => standing.has(slot))).size >= least;
  }

  // What this speaker and others would be as one; none of them changes.
  joinedWith(others: Lane[]): Lane {
    const whole = Object.assign(new Lane(this.rules), this) as Lane;
    whole.slots = new Map(this.slots);
    whole.first = new Map(this.first);
    for (const other of others) whole.absorb(other);
    return whole;
  }

  private absorb(other: Lane): void {
    for (const [slot, standing] of other.slots) {
      const known = this.slots.get(slot);
      if (!known || known.points <= standing.points) this.slots.set(slot, standing);
      const first = other.first.get(slot) as number;
      this.first.set(slot, Math.min(first, this.first.get(slot) ?? first));
    }
    this.turns = [...this.turns, ...other.turns].sort((a, b) => a.when.order - b.when.order).slice(-TOGETHER);
    this.gathered += other.gathered;
    this.resumed = Math.max(this.resumed, other.resumed);
    this.warned ||= other.warned;
    this.stopped ||= other.stopped;
  }

  // The points of the slots that stand now, with the bonuses.
  total(): number {
    const standing = this.standing();
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
    const [oldest] = this.turns;
    if (oldest && this.isOld(oldest.when)) this.turns = this.turns.filter(({ when }) => !this.isOld(when));
    this.turns = [...this.turns, { when: this.now, reading, demand }].slice(-TOGETHER);
    const moved = score > model.likely;
    const together = moved && this.talk() - less > model.talk;
    const both = score + Math.floor(demand / 2);
    const alone = reading.words.length >= model.words && both > model.sure;
    const asked = together && this.turns.some((one) => one.demand > model.asked);
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
    if (this.stopped || this.turns.length < 2 || this.gathered <= this.rules.sequence.model.near) return FAR;
    return this.told();
  }

  told(): number {
    return talkScoreOf(this.turns.map(({ reading }) => reading), this.rules);
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
    const least = model.fraud + model.fraud_step * Math.min(this.now.order - 1, LATER);
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

  standing(): Map<string, Standing> {
    return new Map([...this.slots].filter(([, { when }]) => !this.isOld(when)));
  }

  private isOld(when: When): boolean {
    const { window, minutes } = this.rules.sequence;
    return this.now.order - when.order >= window || between(when, this.now) > minutes;
  }

  // The points of an offer before a demand, and of a long silence between them.
  private orderBonus(standing: Map<string, Standing>): number {
    const { ordered, silence } = this.rules.sequence;
    const places = (slots: string[]): number[] =>
      slots.filter((slot) => standing.has(slot)).map((slot) => this.first.get(slot) ?? 0);
    const began = Math.min(...places(ordered.first));
    const follows = began < Math.max(...places(ordered.then));
    const pressed = silence.then.map((slot) => standing.get(slot)?.when.order ?? 0);
    const resumes = began < this.resumed && this.resumed <= Math.max(...pressed);
    return (follows ? ordered.points : 0) + (resumes ? silence.points : 0);
  }
}

// The minutes between two messages; 0 where a time is missing.
function between(early: When, late: When): number {
  return early.minute === null || late.minute === null ? 0 : late.minute - early.minute;
}

// The text is news or a warning about others: it only describes.
export function isDescribed(reading: Reading, rules: Rules): boolean {
  const { enough, retold } = rules.sequence.mention;
  return reading.mention >= enough + (reading.retold ? retold : 0);
}
