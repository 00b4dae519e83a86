/** Bank accounts and cards: IBANs (ISO 13616) and card numbers with a right Luhn digit. */
import tables from "../../src/oberih/core/identifiers/ibans.json";
import type { Found, Identifier } from "./identifiers";
import { matchApart, matchFrom, matchesApart } from "./identifiers-match";

const LENGTHS = new Map(
  tables.lengths.split(" ").map((entry): [string, number] => [entry.slice(0, 2), +entry.slice(2)]),
);
const CYRILLIC = "АВЕКМНОРСТХІ";
const LATIN = "ABEKMHOPCTXI";
const WORD = "A-Za-z0-9_А-Яа-яІіЇїЄєҐґ";
const START = new RegExp(`[A-Za-z${CYRILLIC}]{2} ?[0-9]{2}`, "g");
const NEXT = new RegExp(`[ -]?([A-Za-z0-9${CYRILLIC}])`, "y");
const NOT_BEHIND = new RegExp(`[${WORD}]$`);
const END = new RegExp(`(?![${WORD}])`, "y");

const CARD = new RegExp(
  "(?:[0-9]{4}([ -])[0-9]{4}\\1[0-9]{4}\\1[0-9]{4}(\\1[0-9]{1,3})?" +
    "|[0-9]{4}([ -])[0-9]{6}\\3[0-9]{5}|[0-9]{6}[ -][0-9]{13}|[0-9]{13,19})" +
    "(?![A-Za-z0-9_])",
  "g",
);
const CARD_NOT_BEHIND = /[A-Za-z0-9_+]$|[0-9][-.]$/;
const ISSUED = new RegExp(
  "^(?:4(?:[0-9]{12}|[0-9]{15}|[0-9]{18})" + // Visa
    "|5[1-5][0-9]{14}|2(?:22[1-9]|2[3-9][0-9]|[3-6][0-9]{2}|7[01][0-9]|720)[0-9]{12}" + // Mastercard
    "|220[0-4][0-9]{12,15}" + // Mir
    "|9804[0-9]{12}" + // Prostir
    "|3[47][0-9]{13}" + // American Express
    "|62[0-9]{14,17}" + // UnionPay
    "|(?:50|5[6-9]|6[0-9])[0-9]{12,17}" + // Maestro, Discover
    "|35(?:2[89]|[3-8][0-9])[0-9]{12})$", // JCB
);

/** The account numbers in the line, written together or in groups. */
export function findIbans(line: string): Found[] {
  const found: Found[] = [];
  let start = startFrom(line, 0);
  while (start) {
    const account = accountAt(line, start);
    if (account) found.push(account);
    start = startFrom(line, account?.end ?? start.index + start[0].length);
  }
  return found;
}

/** The card numbers in the line, written together or in their usual groups. */
export function findCards(line: string): Found[] {
  return matchesApart(CARD, line, CARD_NOT_BEHIND).flatMap((match) => {
    const shorter = match[0].slice(0, match[0].length - (match[2]?.length ?? 0));
    const card = [match[0], shorter].find((written) => isCard(digitsOf(written)));
    if (card === undefined) return [];
    const identifier: Identifier = { kind: "card", value: digitsOf(card) };
    return [{ identifier, start: match.index, end: match.index + card.length }];
  });
}

function digitsOf(written: string): string {
  return written.replace(/[ -]/g, "");
}

function isCard(digits: string): boolean {
  return ISSUED.test(digits) && luhn(digits) % 10 === 0;
}

function startFrom(line: string, from: number): RegExpExecArray | null {
  return matchApart(START, line, { from, notBefore: NOT_BEHIND });
}

function accountAt(line: string, start: RegExpExecArray): Found | undefined {
  let value = spelled(start[0]);
  let end = start.index + start[0].length;
  const length = LENGTHS.get(value.slice(0, 2));
  if (length === undefined) return undefined;
  while (value.length < length) {
    const next = matchFrom(NEXT, line, end);
    if (!next) return undefined;
    value += spelled(next[1]!);
    end += next[0].length;
  }
  const isAccount = matchFrom(END, line, end) && remainder(value) === 1;
  return isAccount ? { identifier: { kind: "iban", value }, start: start.index, end } : undefined;
}

function spelled(text: string): string {
  const latin = Array.from(text, (letter) => LATIN[CYRILLIC.indexOf(letter)] ?? letter);
  return latin.join("").replace(/ /g, "").toUpperCase();
}

function remainder(value: string): number {
  let rest = 0;
  for (const letter of value.slice(4) + value.slice(0, 4)) {
    const number = parseInt(letter, 36);
    rest = (rest * (number < 10 ? 10 : 100) + number) % 97;
  }
  return rest;
}

function luhn(digits: string): number {
  return Array.from(digits)
    .reverse()
    .map((digit, place) => Number(digit) * (place % 2 === 0 ? 1 : 2))
    .reduce((sum, value) => sum + (value > 9 ? value - 9 : value), 0);
}
