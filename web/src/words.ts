// Reads ten words as a person writes them, and writes them from bits.

export const WORDS = 10;
const WORD_BITS = 11n;
const LIST_LENGTH = 2048;
const LONGEST = 2000;
const APOSTROPHES = /['`´ʹʼʾˈ‘’‛′＇]/gu;
const CYRILLIC = /[а-яёєіїґ]/u;

// Latin look-alikes, Russian keys, and letters that a Russian keyboard lacks: all to one letter.
const KEYBOARD: Readonly<Record<string, string>> = {
  ...{ a: "а", c: "с", e: "е", i: "и", o: "о", p: "р", x: "х", y: "у" },
  ...{ і: "и", ї: "и", ы: "и", є: "е", э: "е", ё: "е", ґ: "г", ъ: "ь" },
};

export type WordCode = "word-count" | "unknown-word" | "wrong-word";

// `position` counts from 1 for "unknown-word" and is the number of words for "word-count".
// The word itself is not in it: an error may end in a log.
export class WordTrouble extends Error {
  constructor(
    readonly code: WordCode,
    readonly position = 0,
  ) {
    super(code);
  }
}

// Returns the 110 bits that ten words of the list stand for; throws WordTrouble.
export function bitsOf(text: string, list: readonly string[]): bigint {
  const words = separated(text);
  if (words.length !== WORDS) throw new WordTrouble("word-count", words.length);
  const numbers = new Map(list.map((word, number) => [folded(word), number]));
  let bits = 0n;
  for (const [index, word] of words.entries()) {
    const number = numbers.get(folded(word));
    if (number === undefined) throw new WordTrouble("unknown-word", index + 1);
    bits = (bits << WORD_BITS) | BigInt(number);
  }
  return bits;
}

export function wordsOf(bits: bigint, list: readonly string[]): string[] {
  if (list.length !== LIST_LENGTH) throw new RangeError("a list has 2,048 words");
  return Array.from({ length: WORDS }, (_none, place) => {
    const shift = BigInt(WORDS - 1 - place) * WORD_BITS;
    return list[Number((bits >> shift) & BigInt(LIST_LENGTH - 1))] ?? "";
  });
}

// The form in which words are compared: the same for another keyboard and another case.
export function folded(word: string): string {
  return CYRILLIC.test(word) ? word.replace(/./gu, (letter) => KEYBOARD[letter] ?? letter) : word;
}

// Numbers, commas and lines between the words do not matter, nor do marks that nobody sees.
export function separated(text: string): string[] {
  const plain = [...text].slice(0, LONGEST).join("").normalize("NFKC").toLowerCase();
  return plain.replace(APOSTROPHES, "").replace(/(?!\s)[\p{M}\p{C}]/gu, "").match(/\p{L}+/gu) ?? [];
}
