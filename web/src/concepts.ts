// Concepts: what a word is about, whatever its language or spelling. The twin of src/oberih/check/concepts.py.

const EXACT = ".";
const SHORTEST = 2;
const LONGEST_NUMBER = 5;

export interface Concepts {
  // How many there are, numbers by their length among them.
  size: number;
  of: (key: string) => number[];
}

// A row a concept; whole words end in a dot, the others are beginnings of words.
export function conceptsOf(rows: readonly string[]): Concepts {
  const words = new Map<string, number[]>();
  const stems = new Map<string, number[]>();
  rows.forEach((row, number) => {
    for (const written of widened(row).split(" ")) {
      const exact = written.endsWith(EXACT);
      const key = exact ? written.slice(0, -1) : written;
      const kind = exact ? words : stems;
      const known = kind.get(key);
      if (known) known.push(number);
      else kind.set(key, [number]);
    }
  });
  return { size: rows.length + LONGEST_NUMBER + 1, of: (key) => found(key, { words, stems, count: rows.length }) };
}

interface Lexicon {
  words: ReadonlyMap<string, number[]>;
  stems: ReadonlyMap<string, number[]>;
  count: number;
}

function found(key: string, { words, stems, count }: Lexicon): number[] {
  const first = key.charCodeAt(0);
  if (first >= 48 && first <= 57) return [count + Math.min([...key].length, LONGEST_NUMBER)];
  const numbers = new Set(words.get(key));
  for (let length = SHORTEST; length <= key.length; length += 1) {
    for (const number of stems.get(key.slice(0, length)) ?? []) numbers.add(number);
  }
  return [...numbers];
}

// Cyrillic letters stand as capitals and the signs after them, one byte each.
export function widened(keys: string): string {
  return keys.replace(/[A-`]/g, (one) => String.fromCharCode(one.charCodeAt(0) + 0x3ef));
}
