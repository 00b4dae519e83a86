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
  weights: Map<number, number>;
  bias: number;
}

// The buckets of a text's words, their pieces and their named classes.
export function featuresOf(keys: string[], classes: Set<number>): Set<number> {
  const found = new Set<number>();
  for (const key of new Set(keys)) for (const bucket of bucketsOf(key)) found.add(bucket);
  for (const number of classes) found.add(bucketOf(`c${number}`));
  return found;
}

const seen = new Map<string, number[]>();

// Words come again and again: their buckets are remembered.
function bucketsOf(key: string): number[] {
  const known = seen.get(key);
  if (known) return known;
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
  if (seen.size < 50_000) seen.set(key, buckets);
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
export function scoreOf(features: Set<number>, { weights, bias }: Model): number {
  if (features.size === 0) return bias;
  let total = 0;
  for (const bucket of features) total += weights.get(bucket) ?? 0;
  const root = Math.floor(Math.sqrt(features.size * 256));
  return bias + Math.floor((total * 16 * SCALE) / root);
}
