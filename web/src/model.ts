// Words, classes and concepts to hashed features, and integer scores. The twin of src/oberih/check/features.py.

export const BUCKETS = 1 << 17;
// The second quarter belongs to concepts, so that no piece of a word meets them.
const HALF = 1 << 15;
// The upper half belongs to the order of the words.
const LAID = 1 << 16;
// Tenths: words and classes, concepts, layout.
const SHARES = [10, 7, 10];
export const OUTPUTS = ["coercion", "demand", "fraud", "talk"] as const;

const FNV_START = 0x811c9dc5;
export const FNV_PRIME = 0x01000193;
const SHORTEST = 3;
const LONGEST = 4;
const WORD = 6;
const KEY = 24;
const FEW = 60;
// What a weight may be, without its sign.
export const LEVELS = [2, 3, 4, 6, 9, 14, 21, 32, 48, 72];
const FIRST_GAP = 40;
const FULL = 51;

// One output: weights by bucket; `unit` makes hundredths of a logit of their sum.
export interface Model {
  weights: Int8Array;
  bias: number;
  unit: number;
}

export interface RawModel {
  bias: number;
  unit: number;
  gaps: string;
  levels: string;
  // Of the page's own rules, which come packed: weights that need no reading.
  weights?: Int8Array;
}

// What `packing.py` wrote: each full letter of the gaps says that more follows.
export function modelOf({ bias, unit, gaps, levels, weights: ready }: RawModel): Model {
  if (ready) return { bias, unit, weights: ready };
  const weights = new Int8Array(BUCKETS);
  let bucket = 0;
  let at = 0;
  for (let index = 0; index < gaps.length; index += 1) {
    const place = gaps.charCodeAt(index) - FIRST_GAP;
    bucket += place;
    if (place === FULL) continue;
    const code = levels.charCodeAt(at);
    weights[bucket] = code < 97 ? (LEVELS[code - 65] as number) : -(LEVELS[code - 97] as number);
    at += 1;
  }
  return { bias, unit, weights };
}

// Distinct buckets in one array that is used again and again: valid until the next `clear`.
export class Features {
  readonly buckets = new Uint32Array(BUCKETS);
  // How many there are of each part.
  counts: number[] = [];
  private size = 0;
  private readonly marks = new Uint32Array(BUCKETS);
  private mark = 0;

  clear(): void {
    this.size = 0;
    this.counts = [0, 0, 0];
    this.mark += 1;
    if (this.mark === 0xffffffff) {
      this.marks.fill(0);
      this.mark = 1;
    }
  }

  add(bucket: number): void {
    if (this.marks[bucket] === this.mark) return;
    this.marks[bucket] = this.mark;
    this.buckets[this.size] = bucket;
    this.size += 1;
    const part = partOf(bucket);
    this.counts[part] = (this.counts[part] as number) + 1;
  }

  // The named classes of a text, and pairs of the first FEW of them.
  addClasses(numbers: readonly number[]): void {
    for (let at = 0; at < numbers.length; at += 1) this.add(folded(stateOfClass(numbers[at] as number)));
    const few = Math.min(FEW, numbers.length);
    for (let at = 0; at < few; at += 1) {
      const moved = Math.imul(stateOfClass(numbers[at] as number), FNV_PRIME);
      for (let after = at + 1; after < few; after += 1) {
        this.add(folded((moved ^ stateOfClass(numbers[after] as number)) >>> 0));
      }
    }
  }

  // Each concept that stands in a text, and those of the first FEW of them that stand together.
  addConcepts(present: Uint8Array): void {
    const numbers: number[] = [];
    for (let number = 0; number < present.length; number += 1) if (present[number] === 1) numbers.push(number);
    for (const number of numbers) this.add(HALF | folded(stateOfConcept(number)));
    const few = Math.min(FEW, numbers.length);
    for (let at = 0; at < few; at += 1) {
      const moved = Math.imul(stateOfConcept(numbers[at] as number), FNV_PRIME);
      for (let after = at + 1; after < few; after += 1) {
        this.add(HALF | folded((moved ^ stateOfConcept(numbers[after] as number)) >>> 0));
      }
    }
  }

  // What the buckets of each part weigh.
  sums(weights: Int8Array): number[] {
    const totals = [0, 0, 0];
    for (let at = 0; at < this.size; at += 1) {
      const bucket = this.buckets[at] as number;
      const part = partOf(bucket);
      totals[part] = (totals[part] as number) + (weights[bucket] as number);
    }
    return totals;
  }
}

const states: number[] = [];

// What a named class gives to its own bucket and to its pairs.
export function stateOfClass(number: number): number {
  return (states[number] ??= stateOf(`c${number}`));
}

const concepts: number[] = [];

export function stateOfConcept(number: number): number {
  return (concepts[number] ??= stateOf(`k${number}`));
}

// The buckets of a word and of its pieces of three and four letters; digits are alike.
export function wordBuckets(key: string): number[] {
  const short = [...key].slice(0, KEY).map((letter) => (letter >= "0" && letter <= "9" ? "0" : letter));
  const codes = ["^", ...short, "$"].map((letter) => letter.codePointAt(0) ?? 0);
  const buckets = new Set([bucketOf(`w${short.slice(0, WORD).join("")}`)]);
  for (let start = 0; start + SHORTEST <= codes.length; start += 1) {
    let value = FNV_START;
    const end = Math.min(start + LONGEST, codes.length);
    for (let at = start; at < end; at += 1) {
      value = Math.imul(value ^ (codes[at] ?? 0), FNV_PRIME) >>> 0;
      if (at - start + 1 >= SHORTEST) buckets.add(folded(value));
    }
  }
  return [...buckets];
}

export function folded(value: number): number {
  return (value ^ (value >>> 15)) & (HALF - 1);
}

// FNV-1a over code points, folded.
export function bucketOf(feature: string): number {
  return folded(stateOf(feature));
}

export function stateOf(feature: string): number {
  let value = FNV_START;
  for (const letter of feature) value = Math.imul(value ^ (letter.codePointAt(0) ?? 0), FNV_PRIME) >>> 0;
  return value;
}

// The bucket of a hash of how words stand.
export function laid(value: number): number {
  return LAID | ((value ^ (value >>> 16)) & (LAID - 1));
}

function partOf(bucket: number): number {
  return Math.min(bucket >> 15, SHARES.length - 1);
}

// The score of the parts; a longer one does not score more. Integers only.
export function scoreOf({ bias, unit }: Model, totals: readonly number[], counts: readonly number[]): number {
  let score = bias;
  SHARES.forEach((share, part) => {
    const count = counts[part] as number;
    if (count) score += Math.floor(((totals[part] as number) * unit * share) / (Math.floor(Math.sqrt(count * 256)) * 160));
  });
  return score;
}
