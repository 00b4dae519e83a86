// The words of the check's answer in one language, compiled from the rules with everything else.

import en from "../../src/oberih/check/compiled/texts.en.json";
import ru from "../../src/oberih/check/compiled/texts.ru.json";
import uk from "../../src/oberih/check/compiled/texts.uk.json";
import type { Assessment } from "./check";

export interface Texts {
  advice: readonly string[];
  tactics: readonly string[];
  // Each with who reported it.
  follows: readonly { text: string; source: string }[];
}

type Words = Readonly<Record<string, string>>;
type Catalogue = Readonly<Record<"advice" | "follows" | "questions" | "sources" | "tactics", Words>>;

// Danger to life and support stand above everything else, in boxes of their own.
const DRAWN_APART = new Set(["physical", "support"]);
const CATALOGUES: Readonly<Record<string, Catalogue>> = { en, ru, uk };

// The questions about a call, in the order of the rules.
export function questions(language: string): { code: string; text: string }[] {
  return Object.entries(of(language).questions).map(([code, text]) => ({ code, text }));
}

// What each tactic is in plain words.
export function tacticWords(codes: readonly string[], language: string): string[] {
  return said(codes, of(language).tactics);
}

export function textsOf({ advice, tactics, follows, stage }: Assessment, language: string): Texts {
  const words = of(language);
  return {
    advice: said(advice.filter((code) => !DRAWN_APART.has(code)), words.advice),
    tactics: said(tactics, words.tactics),
    follows: follows
      .map((code) => ({ text: words.follows[code] ?? "", source: words.sources[`${stage}-${code}`] ?? "" }))
      .filter(({ source }) => source !== ""),
  };
}

function of(language: string): Catalogue {
  return CATALOGUES[language] ?? uk;
}

function said(codes: readonly string[], words: Words): string[] {
  return codes.map((code) => words[code] ?? "").filter((text) => text !== "");
}
