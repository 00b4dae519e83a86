// Readings of messages to slots that stand, points, bands. The twin of src/oberih/check/sequence.py.

import type { Hit, Reading } from "./frames";
import type { Rules } from "./rules";

export type Band = "none" | "verify" | "warning" | "stop";

interface Standing {
  points: number;
  order: number;
}

const SOLID = 4;
const BESIDE_SOLID = 1;
const BESIDE_GATHERED = 2;
const QUIET = new Set(["fraud", "official", "support", "link"]);

// The conversation so far: which slots stand, and when each was first filled.
export class Course {
  private readonly slots = new Map<string, Standing>();
  private readonly first = new Map<string, number>();
  private order = 0;

  constructor(private readonly rules: Rules) {}

  // Weigh one message of the other side: its band and the hits that count.
  take(reading: Reading): { band: Band; hits: Hit[] } {
    this.order += 1;
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
    const described = isDescribed(reading, this.rules);
    const hits = reading.hits.filter(({ frame, quoted }) => {
      if (frame.slot === "support" || frame.slot === "official") return true;
      return !described && !(quoted && reading.mention >= 2 && !reading.retold);
    });
    const strong = hits.some(({ frame }) => frame.points >= SOLID && frame.weak === 0);
    const gathered = this.total() >= this.rules.sequence.weak_after;
    const allowed = gathered ? BESIDE_GATHERED : strong ? BESIDE_SOLID : 0;
    return hits.filter(({ frame }) => frame.weak <= allowed);
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
