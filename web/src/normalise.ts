// Text to tokens: look-alikes, hidden marks, spacing and Latin typing folded, places kept.
// The twin of src/oberih/check/normalise.py; all tables come with the rules.

export interface Tables {
  letters: Map<string, string>;
  drop: Set<string>;
  twins: Map<string, string>;
  reverse: Map<string, string>;
  digits: Map<string, string>;
  spoken: Map<string, string>;
  typed: [string, string][];
  // What was read before: people repeat their words.
  stretches: Map<string, Stretch>;
  keys: WeakMap<string[], string>;
}

export interface RawTables {
  letters: Record<string, string>;
  drop: number[][];
  twins: Record<string, string>;
  digits: Record<string, string>;
  spoken: Record<string, string>;
  typed: string[][];
}

export interface Token {
  key: string;
  start: number;
  end: number;
  position: number;
  quoted: boolean;
}

// A word as it was spelt, before what was spelt with spaces is joined.
export interface Run {
  letters: string[];
  start: number;
  end: number;
  position: number;
}

const SENTENCE_END = new Set(".!?…\n;。！？");
const PAUSE = new Set(",:()—–\t");
const MONEY = new Set("$€₴₽£");
const OPENING = new Map([
  ["«", "»"], ["“", "”"], ["„", "“"], ["‹", "›"], ['"', '"'], ["”", "”"],
]);
const OPENINGS = [...OPENING.keys()];
const APOSTROPHES = new Set("'’ʼ`´‘");
const QUOTE_LIMIT = 600;
const SHORT = 3;

export function tablesOf(raw: RawTables): Tables {
  const drop = new Set<string>();
  for (const [first, last] of raw.drop) {
    for (let code = first ?? 0; code <= (last ?? -1); code += 1) drop.add(String.fromCodePoint(code));
  }
  const twins = new Map(Object.entries(raw.twins));
  return {
    letters: new Map(Object.entries(raw.letters)),
    drop,
    twins,
    reverse: new Map([...twins].map(([latin, cyrillic]) => [cyrillic, latin])),
    digits: new Map(Object.entries(raw.digits)),
    spoken: new Map(Object.entries(raw.spoken)),
    typed: raw.typed.map((pair) => [pair[0] ?? "", pair[1] ?? ""]),
    stretches: new Map(),
    keys: new WeakMap(),
  };
}

// What stands between two spaces: its words from place and position 0, and how far both move on.
interface Stretch {
  runs: Run[];
  length: number;
  position: number;
}

const LONGEST_SEEN = 40;
const MOST_SEEN = 50_000;

// The words of a text; `position` grows by more over a pause or a sentence's end.
export function tokensOf(text: string, tables: Tables): Token[] {
  const quoted = quotedPlaces(text);
  const tokens: Token[] = [];
  for (const { letters, start, end, position } of joined(runsOf(text, tables))) {
    const key = knownKey(letters, tables);
    if (key) tokens.push({ key, start, end, position, quoted: quoted?.[start] === 1 });
  }
  return tokens;
}

// A space ends a word and moves no position, so each stretch between spaces is read by itself, once.
function runsOf(text: string, tables: Tables): Run[] {
  const runs: Run[] = [];
  let place = 0;
  let position = 0;
  for (const piece of text.split(" ")) {
    const stretch = knownStretch(piece, tables);
    for (const run of stretch.runs) {
      runs.push({
        letters: run.letters,
        start: place + run.start,
        end: place + run.end,
        position: position + run.position,
      });
    }
    place += stretch.length + 1;
    position += stretch.position;
  }
  return runs;
}

function knownStretch(piece: string, tables: Tables): Stretch {
  const known = tables.stretches.get(piece);
  if (known) return known;
  const fresh = stretchOf([...piece], tables);
  if (piece.length <= LONGEST_SEEN && tables.stretches.size < MOST_SEEN) tables.stretches.set(piece, fresh);
  return fresh;
}

// The letters of a run that is remembered stay the same array.
function knownKey(letters: string[], tables: Tables): string {
  const known = tables.keys.get(letters);
  if (known !== undefined) return known;
  const key = keyOf(letters, tables);
  tables.keys.set(letters, key);
  return key;
}

// A word whose look-alikes, hidden marks and spacing are folded, and where it stands.
export interface PlainWord {
  letters: string;
  position: number;
}

// The words of a text in their own spelling; positions are those of `tokensOf`.
export function plainWords(text: string, tables: Tables): PlainWord[] {
  const words = joined(runsOf(text, tables)).filter(({ letters }) => knownKey(letters, tables));
  return words.map(({ letters, position }) => ({ letters: plain(letters, tables), position }));
}

// Tells whether something stands between quotation marks.
export function hasQuotes(text: string): boolean {
  return quotedPlaces(text)?.includes(1) ?? false;
}

// A word in the one script that it is meant in; its spelling stays.
function plain(letters: string[], tables: Tables): string {
  if (!letters.some(isCyrillic)) return letters.join("");
  if (!hasLatinCore(letters, tables)) return cyrillicOf(letters, tables).join("");
  return letters.map((letter) => tables.reverse.get(letter) ?? letter).join("");
}

// The Cyrillic keys that a Latin-typed word may stand for (h is г or х).
export function typedKeys(key: string, tables: Tables): string[] {
  for (const letter of key) {
    if (!isLatin(letter) && letter !== "4" && letter !== "6") return [];
  }
  const first = spoken(fromLatin(key, tables), tables);
  if (!key.includes("h") || ["sh", "ch", "zh", "kh"].some((pair) => key.includes(pair))) return [first];
  const second = spoken(fromLatin(key.replaceAll("h", "kh"), tables), tables);
  return second === first ? [first] : [first, second];
}

export function keyOf(letters: string[], tables: Tables): string {
  if (!letters.some(isCyrillic)) return letters.join("");
  if (hasLatinCore(letters, tables)) {
    return letters.map((letter) => tables.reverse.get(letter) ?? letter).join("");
  }
  return spoken(cyrillicOf(letters, tables), tables);
}

function spoken(letters: string[], tables: Tables): string {
  let key = "";
  let last = "";
  for (const letter of letters) {
    const folded = tables.spoken.get(letter) ?? letter;
    if (folded && !(letters.length > SHORT && folded === last)) {
      key += folded;
      last = folded;
    }
  }
  return key;
}

function stretchOf(text: string[], tables: Tables): Stretch {
  const runs: Run[] = [];
  let letters: string[] = [];
  let start = 0;
  let end = 0;
  let position = 0;
  for (let index = 0; index < text.length; index += 1) {
    const original = text[index] ?? "";
    if (tables.drop.has(original) || (letters.length > 0 && APOSTROPHES.has(original))) continue;
    const letter = tables.letters.get(original) ?? original;
    if (isWord(letter)) {
      if (letters.length === 0) start = index;
      letters.push(letter);
      end = index + 1;
      continue;
    }
    if (letters.length > 0) {
      runs.push({ letters, start, end, position });
      position += 1;
      letters = [];
    }
    if (MONEY.has(original)) {
      runs.push({ letters: [original], start: index, end: index + 1, position });
      position += 1;
    }
    position += SENTENCE_END.has(original) ? 3 : PAUSE.has(original) ? 1 : 0;
  }
  if (letters.length > 0) {
    runs.push({ letters, start, end, position });
    position += 1;
  }
  return { runs, length: text.length, position };
}

// Words that were spelt with a space between all letters (at least four) become one.
function joined(runs: Run[]): Run[] {
  if (!runs.some((run) => run.letters.length === 1)) return runs;
  const out: Run[] = [];
  let index = 0;
  while (index < runs.length) {
    let last = index;
    while (last < runs.length && isSingle(runs, last, index)) last += 1;
    const first = runs[index] as Run;
    if (last - index >= 4) {
      const spelt = runs.slice(index, last);
      const end = (spelt[spelt.length - 1] as Run).end;
      out.push({ ...first, letters: spelt.flatMap((run) => run.letters), end });
      index = last;
    } else {
      out.push(first);
      index += 1;
    }
  }
  return out;
}

function isSingle(runs: Run[], index: number, first: number): boolean {
  const run = runs[index] as Run;
  const letter = run.letters[0] ?? "";
  if (run.letters.length !== 1 || MONEY.has(letter) || isDigit(letter)) return false;
  return index === first || run.start - (runs[index - 1] as Run).end <= 1;
}

// 1 for each place inside quotation marks that are closed again soon.
function quotedPlaces(whole: string): Uint8Array | undefined {
  if (!OPENINGS.some((opening) => whole.includes(opening))) return undefined;
  const text = [...whole];
  const places = new Uint8Array(text.length);
  let index = 0;
  while (index < text.length) {
    const closing = OPENING.get(text[index] ?? "");
    const found = closing === undefined ? -1 : text.slice(index + 1, index + QUOTE_LIMIT).indexOf(closing);
    if (found >= 0) {
      const end = index + 1 + found;
      places.fill(1, index + 1, end);
      index = end;
    }
    index += 1;
  }
  return places;
}

function isLatin(letter: string): boolean {
  return letter >= "a" && letter <= "z" && letter.length === 1;
}

function isDigit(letter: string): boolean {
  return letter >= "0" && letter <= "9" && letter.length === 1;
}

function isCyrillic(letter: string): boolean {
  const code = letter.codePointAt(0) ?? 0;
  return code >= 0x0400 && code <= 0x052f;
}

function isWord(letter: string): boolean {
  return isLatin(letter) || isDigit(letter) || isCyrillic(letter);
}

// A mixed word that is Latin with Cyrillic look-alikes put in.
function hasLatinCore(letters: string[], tables: Tables): boolean {
  let latin = 0;
  let cyrillic = 0;
  for (const letter of letters) {
    if (isLatin(letter) && !tables.twins.has(letter)) latin += 1;
    if (isCyrillic(letter) && !tables.reverse.has(letter)) cyrillic += 1;
  }
  return latin > cyrillic;
}

function cyrillicOf(letters: string[], tables: Tables): string[] {
  return letters.map((letter, index) => {
    const inside = index > 0 && index < letters.length - 1;
    return (inside ? tables.digits.get(letter) : undefined) ?? tables.twins.get(letter) ?? letter;
  });
}

function fromLatin(key: string, tables: Tables): string[] {
  const letters: string[] = [];
  let index = 0;
  while (index < key.length) {
    const pair = tables.typed.find(([latin]) => key.startsWith(latin, index));
    letters.push(pair ? pair[1] : (key[index] ?? ""));
    index += pair ? pair[0].length : 1;
  }
  return letters;
}
