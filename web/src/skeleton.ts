/**
 * Look-alike folding with the frozen tables of lookalikes.json, the same as oberih.core.skeleton.
 * Positions are Unicode code points, never UTF-16 units.
 */
import tables from "../../src/oberih/core/lookalikes.json";

/** A folded text: `origins[i]` is the code point of the original that `letters[i]` came from. */
export interface Folded {
  letters: string[];
  origins: number[];
}

const GONE = "";

/** What the text looks like: small letters, one script, nothing invisible. */
export function skeleton(text: string): string {
  return fold(text).letters.join("");
}

/** The skeleton with the way back to the original, in code points. */
export function fold(text: string): Folded {
  const joined = Array.from(text);
  joinPairs(joined);
  const looks = kept(joined.map((letter) => LOOKS.get(letter) ?? letter));
  const { letters } = looks;
  const imitated = letters.map((letter, place) =>
    INSIDE.has(letter) && isInside(letters, place) ? INSIDE.get(letter)! : letter,
  );
  const quiet = imitated.map((letter, place) =>
    QUIET.has(letter) && isInside(imitated, place) ? GONE : letter,
  );
  return without(looks, quiet);
}

/** The text without invisible characters, with ASCII digits, spaces, dashes and quotes. */
export function plain(text: string): Folded {
  const joined = Array.from(text);
  joinPairs(joined);
  return kept(joined.map((letter) => PLAIN.get(letter) ?? letter));
}

/** The text in small letters by the frozen table, each letter one letter. */
export function small(text: string): string {
  return Array.from(text, (letter) => SMALL.get(letter) ?? letter).join("");
}

/** The folded text with other letters, equally many, in which "" stands for what is left out. */
export function without(folded: Folded, letters: string[]): Folded {
  const rest = kept(letters);
  return { letters: rest.letters, origins: rest.origins.map((place) => folded.origins[place]!) };
}

function joinPairs(letters: string[]): void {
  for (let place = 0; place + 1 < letters.length; place += 1) {
    const whole = PAIRS.get(letters[place]! + letters[place + 1]!);
    if (whole === undefined) continue;
    letters[place] = whole;
    letters[place + 1] = GONE;
  }
}

function kept(letters: string[]): Folded {
  const result: Folded = { letters: [], origins: [] };
  letters.forEach((letter, place) => {
    if (letter === GONE) return;
    result.letters.push(letter);
    result.origins.push(place);
  });
  return result;
}

function isInside(letters: string[], place: number): boolean {
  return LETTERS.has(letters[place - 1] ?? "") && LETTERS.has(letters[place + 1] ?? "");
}

function plainTable(): Map<string, string> {
  const table = new Map<string, string>();
  for (const span of ["D800-DFFF:\ufffd", ...tables.drop.split(" ")]) {
    const [first, last] = span.split(":")[0]!.split("-").map((edge) => parseInt(edge, 16));
    const meant = span.split(":")[1] ?? GONE;
    for (let point = first!; point <= last!; point += 1) {
      table.set(String.fromCodePoint(point), meant);
    }
  }
  for (const [meant, written] of Object.entries(tables.plain)) {
    for (const letter of written) table.set(letter, meant);
  }
  for (const [start, letters] of tables.runs as [string, string][]) {
    Array.from(letters).forEach((letter, place) => {
      table.set(String.fromCodePoint(parseInt(start, 16) + place), letter);
    });
  }
  return table;
}

function looksTable(): Map<string, string> {
  const alike = new Map<string, string>();
  for (const [meant, letters] of Object.entries(tables.alike)) {
    for (const letter of letters) alike.set(letter, meant);
  }
  const table = new Map<string, string>(alike);
  for (const [large, little] of SMALL) {
    if (!alike.has(large)) table.set(large, alike.get(little) ?? little);
  }
  const plained = Array.from(PLAIN, ([written, meant]): [string, string] => [
    written,
    table.get(meant) ?? meant,
  ]);
  return new Map([...table, ...plained]);
}

function smallTable(): Map<string, string> {
  const letters = Array.from(tables.case);
  return new Map(
    letters.flatMap((large, place): [string, string][] =>
      place % 2 === 0 ? [[large, letters[place + 1]!]] : [],
    ),
  );
}

const SMALL = smallTable();
const PAIRS = new Map(tables.pairs as [string, string][]);
const INSIDE = new Map(Object.entries(tables.inside));
const QUIET = new Set(tables.quiet);
const LETTERS = new Set([...Object.keys(tables.alike), ...SMALL.values()]);
const PLAIN = plainTable();
const LOOKS = looksTable();
