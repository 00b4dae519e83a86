// The page's own rules out of the bundle's letters, six bits each: web/packing.mjs wrote them.

import { type Coder, walkText, walkWeights } from "./likely";
import { BUCKETS, LEVELS, OUTPUTS } from "./model";
import type { RawRules } from "./rules";

export interface Packed {
  packed: string;
  // Bytes of the JSON, which is the rules without their models' weights.
  size: number;
}

export const WHOLE = 0x3fffffff;
export const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+-";

// Reads a slice a step: a phone stays alive meanwhile.
export function* unpacking({ packed, size }: Packed): Generator<void, RawRules> {
  const code = reader(packed);
  const text = new Uint8Array(size);
  yield* walkText(code, text);
  const raw = JSON.parse(new TextDecoder().decode(text)) as RawRules;
  const weights = OUTPUTS.map(() => new Int8Array(BUCKETS));
  yield* walkWeights(code, weights, LEVELS);
  OUTPUTS.forEach((name, at) => (raw.model[name].weights = weights[at] as Int8Array<ArrayBuffer>));
  return raw;
}

// Arithmetic coding in thirty bits: `low` to `high` is what the letters read so far leave possible.
function reader(packed: string): Coder {
  let at = 0;
  let [low, high, value] = [0, WHOLE, 0];
  const next = (): number => Math.max(0, LETTERS.indexOf(packed.charAt(at++) || "A"));
  for (let first = 0; first < 5; first += 1) value = (value << 6) | next();
  return (p) => {
    const middle = low + Math.floor(((high - low) * p) / 4096);
    const bit = Number(value <= middle);
    if (bit) high = middle;
    else low = middle + 1;
    for (; (low ^ high) >> 24 === 0; value = ((value << 6) & WHOLE) | next()) {
      low = (low << 6) & WHOLE;
      high = ((high << 6) & WHOLE) | 63;
    }
    return bit;
  };
}
