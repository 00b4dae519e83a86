/** Phones in a text: groups of digits that are one number, and not a date, an amount or a code. */
import { ADDRESS } from "./identifiers-hosts";
import { isBehind, matchFrom, matchesApart } from "./identifiers-match";
import type { Found } from "./identifiers";
import { ofLength, signed, unsigned, withoutZero } from "./identifiers-phones";

const MOST_GROUPS = 13;
const FEWEST_DIGITS = 8;
const MOST_DIGITS = 18;
const FIRST = new RegExp(
  "((?:\\+|плюс ?|Плюс ?)[ (]{0,2})[0-9]{1,18}(?![0-9])" +
    "|[0378][0-9]{0,17}(?![0-9])",
  "g",
);
const UNSIGNED_NOT_BEHIND = /[0-9A-Za-z_]$|[0-9][-.]$|[₴₽$€#№] ?$/;
const NEXT = /(?=[^0-9]) {0,2}[-./()~]{0,2} {0,2}([0-9]{1,18})(?![0-9])/y;
const NOT_AFTER = /[A-Za-z_@]|[-.][0-9]/y;
const AMOUNT_AFTER =
  /,[0-9]{1,2}(?![0-9])| ?(?:[₴₽$€%]|грн|ГРН|гривень|гривен|руб|РУБ|тис|тыс|млн|шт|UAH|USD|EUR|uah|usd|eur)/y;
// 0 in disguise: the letter O beside a digit and no other letter.
const LETTERS = "A-Za-zА-Яа-яІіЇїЄєҐґ";
const LETTER = new RegExp(`[${LETTERS}]`);
const YEAR = "(?:19|20)[0-9]{2}";
const DAY = "(?:0[1-9]|[12][0-9]|3[01])";
const MONTH = "(?:0[1-9]|1[0-2])";
const NOT_PHONES = new RegExp(
  `(?:${DAY}[./]${MONTH}[./](?:${YEAR}|[0-9]{2})|${DAY}-${MONTH}-${YEAR}` +
    `|[1-9][./]${MONTH}[./]${YEAR}|${YEAR}([./-])${MONTH}\\1${DAY}` +
    `|${ADDRESS})(?![0-9])(?![./-][0-9])`,
  "g",
);

const DATE_NOT_BEHIND = /[0-9./-]$/;

interface Window {
  digits: string;
  end: number;
}

/** The phones in the line; one number is at most 13 groups of digits. */
export function findPhones(text: string): Found[] {
  const line = withoutDates(text.replace(/[OoОо]/g, zeroInDisguise));
  const found: Found[] = [];
  let first = firstFrom(line, 0);
  while (first) {
    const phone = longest(line, first);
    if (phone) found.push(phone);
    first = firstFrom(line, phone?.end ?? first.index + first[0].length);
  }
  return found;
}

function zeroInDisguise(letter: string, place: number, text: string): string {
  const [before, after] = [text[place - 1] ?? "", text[place + 1] ?? ""];
  const isZero =
    (/[0-9]/.test(before) && !LETTER.test(after)) || (/[0-9]/.test(after) && !LETTER.test(before));
  return isZero ? "0" : letter;
}

function withoutDates(text: string): string {
  const pieces: string[] = [];
  let place = 0;
  for (const match of matchesApart(NOT_PHONES, text, DATE_NOT_BEHIND)) {
    pieces.push(text.slice(place, match.index), "\0".repeat(match[0].length));
    place = match.index + match[0].length;
  }
  return [...pieces, text.slice(place)].join("");
}

function firstFrom(line: string, from: number): RegExpExecArray | null {
  let match = matchFrom(FIRST, line, from);
  while (match && match[1] === undefined && isBehind(UNSIGNED_NOT_BEHIND, line, match.index)) {
    match = matchFrom(FIRST, line, match.index + 1);
  }
  return match;
}

function longest(line: string, first: RegExpExecArray): Found | undefined {
  const plus = first[1]?.length ?? 0;
  const digits = first[0].slice(plus);
  let windows = windowsOf(line, { digits, end: first.index + plus });
  windows = windows.filter((one) => !matchFrom(NOT_AFTER, line, one.end));
  if (!plus) windows = windows.filter((one) => !matchFrom(AMOUNT_AFTER, line, one.end));
  // A "38" apart is the code without its zero.
  const readers = [
    plus ? signed : unsigned,
    ...(digits === "38" ? [withoutZero] : []),
    ...(plus ? [ofLength] : []),
  ];
  const read = readers.map((reader) => readBy(windows, reader)).find((one) => one !== undefined);
  if (!read) return undefined;
  const [value, end] = read;
  const isBracketed = line[first.index - 1] === "(" && line.slice(first.index, end).includes(")");
  const start = isBracketed ? first.index - 1 : first.index;
  return { identifier: { kind: "phone", value }, start, end };
}

function windowsOf(line: string, first: Window): Window[] {
  let window = { digits: first.digits, end: first.end + first.digits.length };
  const windows = [window];
  while (windows.length < MOST_GROUPS) {
    const next = matchFrom(NEXT, line, window.end);
    if (!next || window.digits.length + next[1]!.length > MOST_DIGITS) break;
    window = { digits: window.digits + next[1]!, end: window.end + next[0].length };
    windows.push(window);
  }
  return windows.filter((one) => one.digits.length >= FEWEST_DIGITS);
}

function readBy(
  windows: Window[],
  read: (digits: string) => string,
): [string, number] | undefined {
  for (const window of [...windows].reverse()) {
    const number = read(window.digits);
    if (number) return [number, window.end];
  }
  return undefined;
}
