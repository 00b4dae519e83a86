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

// The pieces by their letters, and how likely each is, in hundredths of a log.
export class Pieces {
  private readonly numbers: ReadonlyMap<string, number>;
  private readonly longest: number;
  private readonly seen = new Map<string, readonly number[]>();

  constructor(pieces: readonly string[], private readonly scores: Int16Array) {
    this.numbers = new Map(pieces.map((piece, at) => [piece, at + FIRST_PIECE]));
    this.longest = pieces.reduce((most, piece) => Math.max(most, [...piece].length), 0);
  }

  // The pieces of a text in their order.
  ofText(text: string, tables: Tables): number[] {
    const found = [START];
    for (const word of spelt(text, tables)) found.push(...this.ofWord(word));
    return found;
  }

  // The likeliest pieces of a word; digits are alike. O(letters x longest piece).
  private ofWord(letters: string): readonly number[] {
    const known = this.seen.get(letters);
    if (known) return known;
    const fresh = this.likeliest(BOUNDARY + levelled(letters));
    if (this.seen.size < MOST_SEEN) this.seen.set(letters, fresh);
    return fresh;
  }

  private likeliest(word: string): number[] {
    const best = [0];
    const starts = [0];
    for (let end = 1; end <= word.length; end += 1) {
      let [most, from] = [FAR, 0];
      for (let start = Math.max(0, end - this.longest); start < end; start += 1) {
        const score = (best[start] as number) + this.score(word.slice(start, end));
        if (score > most) [most, from] = [score, start];
      }
      best.push(most);
      starts.push(from);
    }
    const found: number[] = [];
    for (let end = word.length; end > 0; end = starts[end] as number) {
      found.push(this.numbers.get(word.slice(starts[end], end)) ?? UNKNOWN);
    }
    return found.reverse();
  }

  private score(piece: string): number {
    const number = this.numbers.get(piece);
    if (number !== undefined) return this.scores[number - FIRST_PIECE] as number;
    return piece.length === 1 ? UNKNOWN_SCORE : FAR;
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

function levelled(letters: string): string {
  return letters.slice(0, LONGEST_WORD).replace(/[0-9]/g, "0");
}
