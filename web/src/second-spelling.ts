// A text as pieces of words, as the second reader knows them; integers only.
// The twin of src/oberih/check/second/spelling.py.

import { hasQuotes, plainWords, type Tables } from "./normalise";

export const FIRST_PIECE = 3;
export const START = 1;
const UNKNOWN = 2;
const LONGEST_WORD = 24;
const BOUNDARY = "▁";
const SENTENCE = 3;
const FAR = -(10 ** 9);
// Hundredths, as all scores of pieces.
const UNKNOWN_SCORE = -2_500;
const MOST_SEEN = 50_000;
const MOST_TYPED = 4;
const AS_IT_STANDS = 0;
const SMALL_LATIN = /[a-z]/;
// As in the normaliser's table.
const CYRILLIC = /[\u0400-\u052f]/;

// What signs typed in Latin letters may stand for.
type Alphabet = Readonly<Record<string, readonly string[]>>;

const NO_SIGNS: Alphabet = {};

// How Ukrainian and Russian are typed in Latin letters. A text is read by an alphabet where it is likelier so,
// by more than `beats` hundredths of a log a letter, than as it stands; below 0: although it is as much less likely.
export interface Typed {
  alphabets: readonly Alphabet[];
  beats: readonly number[];
}

// The likeliest pieces of a word, and how likely they are, in hundredths of a log.
interface Word {
  pieces: readonly number[];
  score: number;
}

// A piece in a word: where it ends, its number, and how likely it is.
type Found = [end: number, number: number, score: number];

// The pieces by their letters, and how likely each is, in hundredths of a log.
export class Pieces {
  private readonly numbers: ReadonlyMap<string, number>;
  private readonly beginnings = new Set<string>();
  private readonly seen = new Map<string, Word>();

  constructor(
    pieces: readonly string[], private readonly scores: Int16Array, private readonly typed: Typed,
  ) {
    this.numbers = new Map(pieces.map((piece, at) => [piece, at + FIRST_PIECE]));
    for (const piece of pieces) {
      for (let end = 1; end < piece.length; end += 1) this.beginnings.add(piece.slice(0, end));
    }
  }

  // The pieces of a text in their order; of one typed in Latin letters as meant.
  ofText(text: string, tables: Tables): number[] {
    const words = [...spelt(text, tables)];
    let best = this.read(words, AS_IT_STANDS);
    const letters = words.join("");
    if (SMALL_LATIN.test(letters) && !CYRILLIC.test(letters)) {
      this.typed.beats.forEach((beats, at) => {
        const { pieces, score } = this.read(words, at + 1);
        const left = score - beats * letters.length;
        if (left > best.score) best = { pieces, score: left };
      });
    }
    return [START, ...best.pieces];
  }

  private read(words: readonly string[], alphabet: number): Word {
    const read = words.map((word) => this.ofWord(word, alphabet));
    return {
      pieces: read.flatMap((word) => word.pieces),
      score: read.reduce((sum, word) => sum + word.score, 0),
    };
  }

  // The likeliest pieces of a word; digits are alike. By an alphabet (1 is the first) the Latin letters count as
  // what is likeliest meant by them. O(letters x longest piece), times the ways in which a sign may be meant.
  private ofWord(letters: string, asked: number): Word {
    const alphabet = SMALL_LATIN.test(letters) ? asked : AS_IT_STANDS;
    const key = alphabet + letters;
    const known = this.seen.get(key);
    if (known) return known;
    const signs = this.typed.alphabets[alphabet - 1] ?? NO_SIGNS;
    const fresh = this.likeliest(BOUNDARY + letters.slice(0, LONGEST_WORD), signs);
    if (this.seen.size < MOST_SEEN) this.seen.set(key, fresh);
    return fresh;
  }

  private likeliest(word: string, signs: Alphabet): Word {
    const best = [0, ...Array<number>(word.length).fill(FAR)];
    const numbers = [0];
    const starts = [0];
    for (let start = 0; start < word.length; start += 1) {
      for (const [end, number, score] of this.found(word, start, signs, "")) {
        const whole = (best[start] as number) + score;
        if (whole > (best[end] as number)) [best[end], numbers[end], starts[end]] = [whole, number, start];
      }
    }
    const found: number[] = [];
    for (let end = word.length; end > 0; end = starts[end] as number) found.push(numbers[end] as number);
    return { pieces: found.reverse(), score: best[word.length] as number };
  }

  // The pieces that begin with `before` and go on at a place of a word.
  private* found(word: string, at: number, signs: Alphabet, before: string): Generator<Found> {
    for (const [end, more] of meant(word, at, signs)) {
      const letters = before + more;
      const number = this.numbers.get(letters);
      if (number !== undefined) yield [end, number, this.scores[number - FIRST_PIECE] as number];
      else if (letters.length === 1) yield [end, UNKNOWN, UNKNOWN_SCORE];
      if (this.beginnings.has(letters) && end < word.length) yield* this.found(word, end, signs, letters);
    }
  }
}

// The words of a text and its pauses; at its end, whether it asks and whether it quotes.
// Look-alikes, hidden marks and spacing are folded before, so that a disguise changes nothing.
function* spelt(text: string, tables: Tables): Generator<string> {
  let place = 0;
  for (const { letters, position } of plainWords(text, tables)) {
    if (place && position > place) yield position - place >= SENTENCE ? "." : ",";
    yield letters;
    place = position + 1;
  }
  if (text.includes("?")) yield "?";
  if (hasQuotes(text)) yield '"';
}

// Where each sign at a place of a word ends, and each that it may stand for.
function* meant(word: string, at: number, signs: Alphabet): Generator<[end: number, letters: string]> {
  let known = false;
  const most = signs === NO_SIGNS ? at : Math.min(at + MOST_TYPED, word.length);
  for (let end = most; end > at; end -= 1) {
    for (const letters of signs[word.slice(at, end)] ?? []) {
      known = true;
      yield [end, letters];
    }
  }
  if (!known) yield [at + 1, (word[at] as string).replace(/[1-9]/, "0")];
}
