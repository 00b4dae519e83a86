/**
 * Phones, handles, accounts, addresses and links in one canonical spelling: the same answers as
 * oberih.core.identifiers, proved by vectors/identifiers.json. Positions are code points.
 */
import { findCards, findIbans } from "./identifiers-accounts";
import { findCoins } from "./identifiers-coins";
import { findBare, findEmails, findHandles, findWithScheme } from "./identifiers-links";
import { findPhones } from "./identifiers-phone-search";
import { type Folded, plain, without } from "./skeleton";

/** The kinds of identifiers, as they stand before the colon of the canonical text. */
export type Kind =
  | "phone"
  | "telegram"
  | "viber"
  | "whatsapp"
  | "signal"
  | "email"
  | "iban"
  | "card"
  | "bitcoin"
  | "ethereum"
  | "tron"
  | "url"
  | "domain";

/** One identifier; equal ones name the same phone, account or place. */
export interface Identifier {
  kind: Kind;
  value: string;
}

/** An identifier at a half-open span of a text, in code points. */
export interface Found {
  identifier: Identifier;
  start: number;
  end: number;
}

/** A text in plain letters; in `text` each letter is one UTF-16 unit, so that places agree. */
export interface Line {
  letters: string[];
  text: string;
}

const FINDERS: ((line: Line) => Found[])[] = [
  findWithScheme,
  findEmails,
  findBare,
  ({ text }) => findCoins(text),
  ({ text }) => findIbans(text),
  findHandles,
  ({ text }) => findCards(text),
  ({ text }) => findPhones(text),
];
const TAKEN = "\0";
const SPOKEN: [RegExp, string][] = [
  [/ ?[[({] ?(?:\.|dot|крапка|точка) ?[\])}] ?/g, "."],
  [/ ?[[({] ?(?:@|at|собака|ет|эт) ?[\])}] ?/g, "@"],
  [/([A-Za-z0-9]) (?:собака|sobaka) (?=[A-Za-z0-9])/g, "@"],
  [/([A-Za-z0-9]) (?:крапка|точка) (?=[A-Za-z0-9])/g, "."],
  [/([0-9]) ?(?:тире|дефіс|дефис|риска|пробіл|пробел) ?(?=[0-9])/g, "-"],
];
const AROUND = /^[ \t\r\n.,;:!?'"()<>[\]{}*_|-]*$/;
const EXTENSION = /^[ ,;]*(?:ext|доб|дод|вн|внутр|#|x)[.:]? ?[0-9]{1,6}[ .]*$/;

/** The canonical text, such as `phone:+380500000001`. */
export function canonical({ kind, value }: Identifier): string {
  return `${kind}:${value}`;
}

/** The one identifier that the text is; undefined for anything else. */
export function parse(text: string): Identifier | undefined {
  const line = spoken(plain(text));
  const [found, another] = foundIn(line.letters);
  if (!found || another) return undefined;
  const before = line.letters.slice(0, found.start).join("");
  const after = line.letters.slice(found.end).join("");
  const isExtension = found.identifier.kind === "phone" && EXTENSION.test(after);
  return AROUND.test(before) && (isExtension || AROUND.test(after)) ? found.identifier : undefined;
}

/** Every identifier in the text, in its order, without overlaps. */
export function find(text: string): Found[] {
  const line = spoken(plain(text));
  return foundIn(line.letters).map(({ identifier, start, end }) => ({
    identifier,
    start: line.origins[start]!,
    end: line.origins[end - 1]! + 1,
  }));
}

function foundIn(letters: string[]): Found[] {
  let text = unitsOf(letters);
  const found: Found[] = [];
  for (const finder of FINDERS) {
    const newest = finder({ letters, text });
    text = blanked(text, newest);
    for (const one of newest) found.push(one);
  }
  return found.sort((one, other) => one.start - other.start);
}

function blanked(text: string, taken: Found[]): string {
  const pieces: string[] = [];
  let place = 0;
  for (const { start, end } of taken) {
    pieces.push(text.slice(place, start), TAKEN.repeat(end - start));
    place = end;
  }
  return [...pieces, text.slice(place)].join("");
}

// "(dot)" and its like become the sign that they stand for.
function spoken(line: Folded): Folded {
  let read = line;
  for (const [written, sign] of SPOKEN) {
    const matches = Array.from(unitsOf(read.letters).matchAll(written));
    if (matches.length === 0) continue;
    const letters = [...read.letters];
    for (const match of matches) {
      const start = match.index + (match[1]?.length ?? 0);
      letters.fill("", start, match.index + match[0].length);
      letters[start] = sign;
    }
    read = without(read, letters);
  }
  return read;
}

function unitsOf(letters: string[]): string {
  return letters.map((letter) => (letter.length === 1 ? letter : "\ufffd")).join("");
}
