// Words to hashed features and an integer score. The twin of src/oberih/check/features.py.

export const BUCKETS = 1 << 14;

const FNV_START = 0x811c9dc5;
const FNV_PRIME = 0x01000193;
const SHORTEST = 3;
const LONGEST = 5;
const WORD = 6;
const KEY = 24;
const SCALE = 64;

// Weights by bucket, for one label.
export interface Model {
  weights: Int32Array;
  bias: number;
}

// Distinct buckets in one array that is used again and again: valid until the next `clear`.
export class Features {
  readonly buckets = new Uint16Array(BUCKETS);
  size = 0;
  private readonly marks = new Uint32Array(BUCKETS);
  private mark = 0;

  clear(): void {
    this.size = 0;
    this.mark += 1;
    if (this.mark === 0xffffffff) {
      this.marks.fill(0);
      this.mark = 1;
    }
  }

  add(buckets: readonly number[]): void {
    const { marks, mark } = this;
    for (let at = 0; at < buckets.length; at += 1) {
      const bucket = buckets[at] as number;
      if (marks[bucket] === mark) continue;
      marks[bucket] = mark;
      this.buckets[this.size] = bucket;
      this.size += 1;
    }
  }

  sum(weights: Int32Array): number {
    let total = 0;
    for (let at = 0; at < this.size; at += 1) total += weights[this.buckets[at] as number] as number;
    return total;
  }
}

const ofClasses: number[][] = [];

// The bucket of a named class, as a list.
export function bucketOfClass(number: number): number[] {
  return (ofClasses[number] ??= [bucketOf(`c${number}`)]);
}

// The buckets of a word and its pieces.
export function bucketsOf(key: string): number[] {
  const short = [...key].slice(0, KEY);
  const codes = ["^", ...short, "$"].map((letter) => letter.codePointAt(0) ?? 0);
  const buckets = [bucketOf(`w${short.slice(0, WORD).join("")}`)];
  for (let start = 0; start + SHORTEST <= codes.length; start += 1) {
    let value = FNV_START;
    const end = Math.min(start + LONGEST, codes.length);
    for (let at = start; at < end; at += 1) {
      value = Math.imul(value ^ (codes[at] ?? 0), FNV_PRIME) >>> 0;
      if (at - start + 1 >= SHORTEST) buckets.push(folded(value));
    }
  }
  return buckets;
}

function folded(value: number): number {
  return (value ^ (value >>> 16)) & (BUCKETS - 1);
}

// FNV-1a over code points, folded.
export function bucketOf(feature: string): number {
  let value = FNV_START;
  for (const letter of feature) value = Math.imul(value ^ (letter.codePointAt(0) ?? 0), FNV_PRIME) >>> 0;
  return folded(value);
}

// Longer texts do not score more for being long. Integers only.
export function scoreOf(features: Features, { weights, bias }: Model): number {
  if (features.size === 0) return bias;
  const root = Math.floor(Math.sqrt(features.size * 256));
  return bias + Math.floor((features.sum(weights) * 16 * SCALE) / root);
}
