// Canonical JSON, byte for byte as core/canonical.py writes it: sorted keys, no spaces, no floats.

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

export class NotCanonical extends Error {}

// Returns the one spelling of a value; throws NotCanonical for what has none.
export function encode(value: Json): string {
  if (value === null || typeof value === "boolean") return String(value);
  if (typeof value === "number") return encodeNumber(value);
  if (typeof value === "string") return encodeText(value);
  if (Array.isArray(value)) return `[${value.map(encode).join(",")}]`;
  const object = value as { readonly [key: string]: Json };
  const keys = Object.keys(object).sort(byCodePoint);
  const fields = keys.map((key) => `${encodeText(key)}:${encode(object[key] ?? null)}`);
  return `{${fields.join(",")}}`;
}

// Returns the value of canonical JSON; any other spelling, also a doubled key, throws NotCanonical.
export function decode(text: string): Json {
  try {
    const value = JSON.parse(text) as Json;
    if (encode(value) === text) return value;
  } catch {
    // falls through: one answer for all that is wrong
  }
  throw new NotCanonical();
}

function encodeNumber(value: number): string {
  if (!Number.isSafeInteger(value) || Object.is(value, -0)) throw new NotCanonical();
  return String(value);
}

// JSON.stringify would spell a lone surrogate as an escape; it has no UTF-8.
function encodeText(value: string): string {
  if (/\p{Surrogate}/u.test(value)) throw new NotCanonical();
  return JSON.stringify(value);
}

// Python sorts by code point and JavaScript by UTF-16 unit: surrogates come after all others.
function byCodePoint(one: string, other: string): number {
  let place = 0;
  while (place < one.length && one[place] === other[place]) place += 1;
  return rank(one.charCodeAt(place)) - rank(other.charCodeAt(place));
}

function rank(unit: number): number {
  if (Number.isNaN(unit)) return -1;
  return unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit;
}
