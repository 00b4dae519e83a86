/** Phones in a text: groups of digits that are one number, and not a date, an amount or a code. */
import { ADDRESS } from "./identifiers-hosts";
import { matchFrom } from "./identifiers-match";
import type { Found } from "./identifiers";
import { ofLength, signed, unsigned, withoutZero } from "./identifiers-phones";

const MOST_GROUPS = 13;
const FEWEST_DIGITS = 8;
const MOST_DIGITS = 18;
const FIRST = new RegExp(
  "((?:\\+|плюс ?|Плюс ?)[ (]{0,2})[0-9]{1,18}(?![0-9])" +
    "|(?<![0-9A-Za-z_])(?<![0-9][-.])(?<![₴₽$€#№])(?<![₴₽$€#№] )[0378][0-9]{0,17}(?![0-9])",
  "g",
);
const NEXT = /(?=[^0-9]) {0,2}[-./()~]{0,2} {0,2}([0-9]{1,18})(?![0-9])/y;
const NOT_AFTER = /[A-Za-z_@]|[-.][0-9]/y;
const AMOUNT_AFTER =
  /,[0-9]{1,2}(?![0-9])| ?(?:[₴₽$€%]|грн|ГРН|гривень|гривен|руб|РУБ|тис|тыс|млн|шт|UAH|USD|EUR|uah|usd|eur)/y;
// 0 in disguise: the letter O beside a digit and no other letter.
const LETTERS = "A-Za-zА-Яа-яІіЇїЄєҐґ";
const ZERO = new RegExp(`(?<=[0-9])[OoОо](?![${LETTERS}])|(?<![${LETTERS}])[OoОо](?=[0-9])`, "g");
const YEAR = "(?:19|20)[0-9]{2}";
const DAY = "(?:0[1-9]|[12][0-9]|3[01])";
const MONTH = "(?:0[1-9]|1[0-2])";
const NOT_PHONES = new RegExp(
  `(?<![0-9./-])(?:${DAY}[./]${MONTH}[./](?:${YEAR}|[0-9]{2})|${DAY}-${MONTH}-${YEAR}` +
    `|[1-9][./]${MONTH}[./]${YEAR}|${YEAR}([./-])${MONTH}\\1${DAY}` +
    `|${ADDRESS})(?![0-9])(?![./-][0-9])`,
  "g",
);

interface Window {
  digits: string;
  end: number;
}

/** The phones in the line; one number is at most 13 groups of digits. */
export function findPhones(text: string): Found[] {
  const line = text
    .replace(ZERO, "0")
    .replace(NOT_PHONES, (written) => "\0".repeat(written.length));
  const found: Found[] = [];
  let first = matchFrom(FIRST, line, 0);
  while (first) {
    const phone = longest(line, first);
    if (phone) found.push(phone);
    first = matchFrom(FIRST, line, phone?.end ?? first.index + first[0].length);
  }
  return found;
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
