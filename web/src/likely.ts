// How likely each bit of the rules is, given those before it: what makes the bundle small.
// Packing (web/packing.mjs) and reading (packed.ts) walk the same way. Integers only, so that every machine agrees.
// After M. Mahoney, "Adaptive weighing of context models for lossless data compression" (2005).

// Codes one bit that is a one with p in 4096: packing writes `bit`, reading ignores it; both return the true bit.
export type Coder = (p: number, bit: number) => number;

const ONE = 4096;
const SLOTS = 1 << 21;
const PLACES = 1 << 16;
const INPUTS = 6;
const SLICE = 4096;
const KNOTS = [
  1, 2, 3, 6, 10, 16, 27, 45, 73, 120, 194, 310, 488, 747, 1101, 1546, 2047, 2549, 2994, 3348, 3607, 3785, 3901, 3975,
  4022, 4050, 4068, 4079, 4085, 4089, 4092, 4093, 4094,
];
const ENDS = new Set(' ",:[]{}'.split("").map((one) => one.charCodeAt(0)));

// A bounded count tells how fast a chance still moves.
const PACE = Array.from({ length: 16 }, (_, seen) => Math.floor(655_360 / Math.min(10 * seen + 13, 80)));

// Goes through a text, filling it where it is read. Each step codes a slice.
export function* walkText(code: Coder, text: Uint8Array): Generator<void, void> {
  const guess = new Guess(text);
  for (let at = 0; at < text.length; at += 1) {
    if (at % SLICE === 0) yield;
    const wanted = text[at] as number;
    let part = 1;
    for (let left = 7; left >= 0; left -= 1) {
      const bit = code(guess.chance(part), (wanted >> left) & 1);
      guess.learn(bit);
      part = (part << 1) | bit;
    }
    text[at] = part & 255;
    guess.turn(at + 1);
  }
}

// The chance of a bit: what stood after the last one to three letters and after the word so far, and what
// followed where the last four stood before, weighed together.
class Guess {
  private readonly curve = new Int16Array(ONE);
  private readonly logit = new Int16Array(ONE);
  private readonly slots = new Uint16Array(SLOTS).fill(ONE << 3);
  private readonly weights = new Int32Array(3 * 256 * INPUTS).fill(24_000);
  private readonly inputs = new Int32Array(INPUTS);
  private readonly chosen = new Int32Array(4);
  private readonly contexts = new Int32Array(4);
  private readonly last = new Int32Array(PLACES);
  private readonly hits = new Uint16Array(16).fill(3000);
  private word = 0;
  private from = 0;
  private same = 0;
  private copied = 0;
  private row = 0;
  private p = 0;

  constructor(private readonly text: Uint8Array) {
    let next = 0;
    for (let x = -2048; x < 2048; x += 1) {
      const [at, rest] = [(x >> 7) + 16, x & 127];
      const y = ((KNOTS[at] as number) * (128 - rest) + (KNOTS[at + 1] as number) * rest + 64) >> 7;
      this.curve[x + 2048] = y;
      while (next <= y) this.logit[next++] = x;
    }
    this.logit.fill(2047, next);
    this.inputs[5] = 256;
    this.turn(0);
  }

  chance(part: number): number {
    const { inputs, weights } = this;
    this.row = ((this.copy(part) ? (this.same < 12 ? 1 : 2) : 0) * 256 + part) * INPUTS;
    let sum = (inputs[4] as number) * (weights[this.row + 4] as number) + 256 * (weights[this.row + 5] as number);
    for (let at = 0; at < 4; at += 1) {
      const hash = Math.imul((this.contexts[at] as number) ^ Math.imul(part, 0x2c1b3c6d), 0x297a2d39);
      const slot = (this.chosen[at] = (hash ^ (hash >>> 15)) & (SLOTS - 1));
      const known = this.slots[slot] as number;
      inputs[at] = known & 15 ? (this.logit[known >> 4] as number) : 0;
      sum += (inputs[at] as number) * (weights[this.row + at] as number);
    }
    const x = Math.max(-2048, Math.min(2047, Math.floor(sum / 65_536)));
    return (this.p = this.curve[x + 2048] as number);
  }

  // The bit that followed where the same letters stood before, and how often such a guess was right.
  private copy(part: number): boolean {
    const whole = (this.text[this.from] as number) | 256;
    const length = Math.clz32(part) - 23;
    if (this.same > 0 && whole >> length !== part) this.same = 0;
    if (this.same === 0) this.inputs[4] = 0;
    else {
      this.copied = (whole >> (length - 1)) & 1;
      const x = this.logit[this.hits[Math.min(this.same, 15)] as number] as number;
      this.inputs[4] = this.copied ? x : -x;
    }
    return this.same > 0;
  }

  learn(bit: number): void {
    const { inputs, weights, slots, hits } = this;
    const wrong = ((bit << 12) - this.p) * 10;
    for (let at = 0; at < INPUTS; at += 1) {
      weights[this.row + at] = (weights[this.row + at] as number) + (((inputs[at] as number) * wrong + 8192) >> 14);
    }
    for (const slot of this.chosen) {
      const known = slots[slot] as number;
      const [p, seen] = [known >> 4, known & 15];
      const moved = p + Math.floor((((bit << 12) - p) * (PACE[seen] as number)) / 65_536);
      slots[slot] = (Math.max(1, Math.min(ONE - 1, moved)) << 4) | Math.min(15, seen + 1);
    }
    if (this.same === 0) return;
    const at = Math.min(this.same, 15);
    const p = hits[at] as number;
    const right = bit === this.copied;
    hits[at] = Math.max(1, Math.min(ONE - 1, p + (((right ? ONE : 0) - p) >> 5)));
    if (!right) this.same = 0;
  }

  // A letter is whole: what the next one is guessed by.
  turn(end: number): void {
    const { text, contexts, last } = this;
    const letter = (back: number): number => text[end - back] ?? 0;
    const one = letter(1);
    this.word = ENDS.has(one) ? one : (Math.imul(this.word ^ one, 0x01000193) + 0x9e3779b1) | 0;
    const two = one | (letter(2) << 8);
    const three = two | (letter(3) << 16);
    contexts.set([one, two, three, this.word].map((value, at) => Math.imul(value + Math.imul(at + 1, 0x3c6ef372), 0x9e3779b1)));
    const four = Math.imul(three | (letter(4) << 24), 0x9e3779b1) >>> 16;
    if (this.same > 0) {
      this.same += 1;
      this.from += 1;
    } else {
      this.from = last[four] as number;
      while (this.from > this.same && this.same < 24 && text[this.from - 1 - this.same] === letter(1 + this.same)) this.same += 1;
      if (this.same < 4) this.same = 0;
    }
    last[four] = end;
  }
}

// Goes through the models' weights, bucket by bucket: what one model holds tells of the next.
export function* walkWeights(code: Coder, models: readonly Int8Array[], levels: readonly number[]): Generator<void, void> {
  const counts = new Map<number, [number, number]>();
  const bitOf = (context: number, wanted: boolean): number => {
    let seen = counts.get(context);
    if (!seen) counts.set(context, (seen = [1, 1]));
    const p = Math.floor(((seen[1] as number) * ONE) / (seen[0] + seen[1]));
    const bit = code(Math.max(1, Math.min(ONE - 1, p)), Number(wanted));
    seen[bit as 0 | 1] += 2;
    return bit;
  };
  const size = models[0]?.length ?? 0;
  for (let bucket = 0; bucket < size; bucket += 1) {
    if (bucket % SLICE === 0) yield;
    let known = bucket < size / 2 ? 1 : 2;
    let most = 0;
    models.forEach((weights, which) => {
      const weight = weights[bucket] as number;
      const context = (known * 4 + which) * 64;
      let level = 0;
      let sign = 0;
      if (bitOf(context, weight !== 0)) {
        sign = bitOf(context + 1, weight > 0) ? 1 : -1;
        const wanted = levels.indexOf(Math.abs(weight));
        const about = which * 640 + most * 64 - 32;
        while (level < levels.length - 1 && bitOf(-about - level, level < wanted)) level += 1;
        weights[bucket] = sign * (levels[level] as number);
        level = Math.min(4, 1 + (level >> 1));
        most = Math.max(most, level);
      }
      known = known * 9 + (which ? sign : sign * level) + 4;
    });
  }
}
