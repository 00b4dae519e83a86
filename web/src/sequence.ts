// The conversation so far, whoever speaks in it. The twin of src/oberih/check/sequence.py.

import type { Reading } from "./frames";
import { type Band, type Found, Lane, type Place } from "./lanes";
import type { Rules } from "./rules";

export const ORDER: Band[] = ["none", "verify", "warning", "stop"];

// Who of the other side said it and when, whether in somebody else's words; and where it stands.
export interface Said extends Place {
  who: string;
  at: string | null;
  borrowed: boolean;
}

// A lane a speaker. What several say is added up only where each of the others presses alone: one relative's "tell
// nobody" and another's "send money" are no pattern.
export class Course {
  private readonly lanes = new Map<string, Lane>();
  private order = 0;

  constructor(private readonly rules: Rules) {}

  take(reading: Reading, { who, at, borrowed, ...place }: Said): Found {
    this.order += 1;
    const when = { order: this.order, minute: minuteOf(at), ...place };
    const lane = this.lanes.get(who) ?? new Lane(this.rules);
    this.lanes.set(who, lane);
    if (borrowed && !lane.presses(1)) {
      // Somebody else's words are to be verified at most: a mention is not use.
      const { band, hits } = lane.joinedWith([]).take(reading, when);
      return { band: band === "none" ? band : "verify", hits };
    }
    const others = this.pressingBeside(lane);
    if (others.length === 0) return lane.take(reading, when);
    const together = lane.joinedWith(others);
    const [found, whole] = [lane.take(reading, when), together.take(reading, when)];
    if (ORDER.indexOf(whole.band) <= ORDER.indexOf(found.band)) return found;
    lane.warned ||= together.warned;
    return whole;
  }

  // The points of the slots that stand now, with the bonuses, of who has the most.
  total(): number {
    return Math.max(0, ...[...this.lanes.values()].map((lane) => lane.total()));
  }

  // The other strangers who show a pattern by themselves; none in a crowd.
  private pressingBeside(lane: Lane): Lane[] {
    const { pattern, crowd } = this.rules.sequence.strangers;
    if (this.lanes.size > crowd) return [];
    return [...this.lanes.values()].filter((one) => one !== lane && one.presses(pattern));
  }
}

function minuteOf(at: string | null): number | null {
  const found = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d/.exec(at ?? "");
  const minute = found ? Date.parse(`${found[0].replace(" ", "T")}Z`) / 60_000 : NaN;
  return Number.isNaN(minute) ? null : minute;
}
