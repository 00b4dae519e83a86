/** Links (messengers' own, then web pages and domains), e-mail addresses and names of accounts. */
import type { Found, Identifier, Kind, Line } from "./identifiers";
import { LETTERS, NAME, canonicalHost, hasKnownEnd, isAddress } from "./identifiers-hosts";
import { type Link, appLink, canonicalLink, webLink } from "./identifiers-link";
import { matchesApart } from "./identifiers-match";
import { MESSENGERS, signalName, telegramName } from "./identifiers-messengers";

const REST = '[^ \\t\\r\\n\\f\\v\\0<>"{}|\\\\^`]';
const SCHEME = new RegExp(
  `(h[tx][tx]ps?|tg|viber|whatsapp|sgnl):/{1,3}(${REST}{1,2048})`,
  "gi",
);
const BARE = new RegExp(
  `(${NAME})(?![${LETTERS}@_])(:[0-9]{1,5})?([/?#]${REST}{0,2048})?`,
  "g",
);
const SCHEME_NOT_BEHIND = /[A-Za-z0-9]$/;
const BARE_NOT_BEHIND = new RegExp(`[${LETTERS}@/=_\\\\-]$|[${LETTERS}@]\\.$`);
const TRAILING = ".,;:!?'*_)]~";

const LOCAL = "A-Za-z0-9._%+-";
const EMAIL = new RegExp(`([${LOCAL}]{1,64})@(${NAME})(?![${LETTERS}@_-])`, "g");

const EMAIL_NOT_BEHIND = new RegExp(`[${LOCAL}]$`);

const AFTER = "(?![A-Za-z0-9_@])(?!\\.[a-z0-9])";
const WORD = /[A-Za-z0-9_а-яА-ЯіїєґІЇЄҐ]$/;
const AT = new RegExp(`@([A-Za-z][A-Za-z0-9_]{4,31})${AFTER}`, "g");
const AT_NOT_BEHIND = /[A-Za-z0-9_@/.&=]$/;
const TELEGRAM = new RegExp(
  `(?:[Tt]elegram|TELEGRAM|[Тт]елеграмм?|ТЕЛЕГРАМ|[Тт]г|ТГ|[Tt]g|TG)` +
    ` {0,2}[:-] {0,2}([A-Za-z][A-Za-z0-9_]{4,31})${AFTER}`,
  "g",
);
const SIGNAL = new RegExp(
  "(?:[Ss]ignal|SIGNAL|[Сс]игнал|СИГНАЛ|[Сс]ігнал|СІГНАЛ)" +
    " {0,2}[:-]? {0,2}@?([A-Za-z_][A-Za-z0-9_]{2,31}\\.[0-9]{2,9})(?![A-Za-z0-9_@.])",
  "g",
);

/** What stands behind `https://`, `tg://` and their like. */
export function findWithScheme(line: Line): Found[] {
  return matchesApart(SCHEME, line.text, SCHEME_NOT_BEHIND).flatMap((match) => {
    const begins = match.index + match[0].length - match[2]!.length;
    const end = begins + trimmed(match[2]!).length;
    const rest = line.letters.slice(begins, end).join("");
    const scheme = match[1]!.toLowerCase();
    const link = scheme.startsWith("h") ? webLink(rest) : appLink(scheme, rest);
    const identifier = link && identified(link);
    return identifier ? [{ identifier, start: match.index, end }] : [];
  });
}

/** Domains and links that are written without a scheme. */
export function findBare(line: Line): Found[] {
  return matchesApart(BARE, line.text, BARE_NOT_BEHIND).flatMap((match) => {
    const end = match.index + trimmed(match[0]).length;
    const link = webLink(line.letters.slice(match.index, end).join(""));
    const identifier = link && hasKnownEnd(match[1]!) ? identified(link) : undefined;
    return identifier ? [{ identifier, start: match.index, end }] : [];
  });
}

/** The e-mail addresses in the line. */
export function findEmails({ text }: Line): Found[] {
  return matchesApart(EMAIL, text, EMAIL_NOT_BEHIND).flatMap((match) => {
    const local = match[1]!.replace(/^[.%+-]+/, "");
    const host = canonicalHost(match[2]!);
    if (!local || local.endsWith(".") || local.includes("..") || !host) return [];
    const end = match.index + match[0].length;
    const start = match.index + match[1]!.length - local.length;
    return [{ identifier: { kind: "email", value: `${local.toLowerCase()}@${host}` }, start, end }];
  });
}

/** Names of accounts that stand without a link: `@name`, `telegram: name`. */
export function findHandles({ text }: Line): Found[] {
  const found = [
    ...named(text, { pattern: AT, notBehind: AT_NOT_BEHIND, kind: "telegram", name: telegramName, signs: 1 }),
    ...named(text, { pattern: TELEGRAM, notBehind: WORD, kind: "telegram", name: telegramName, signs: 0 }),
    ...named(text, { pattern: SIGNAL, notBehind: WORD, kind: "signal", name: signalName, signs: 0 }),
  ].sort((one, other) => one.start - other.start || one.end - other.end);
  let end = 0;
  return found.filter((one) => {
    if (one.start < end) return false;
    end = one.end;
    return true;
  });
}

interface Naming {
  pattern: RegExp;
  notBehind: RegExp;
  kind: Kind;
  name: (text: string) => string;
  signs: number;
}

function named(text: string, { pattern, notBehind, kind, name, signs }: Naming): Found[] {
  return matchesApart(pattern, text, notBehind).flatMap((match) => {
    const value = name(match[1]!);
    const end = match.index + match[0].length;
    const start = end - match[1]!.length - signs;
    return value ? [{ identifier: { kind, value }, start, end }] : [];
  });
}

function identified(link: Link): Identifier | undefined {
  for (const [kind, account] of MESSENGERS) {
    const value = account(link);
    if (value) return { kind, value };
  }
  if (link.scheme !== "https") return undefined;
  const isBare = (link.path === "" || link.path === "/") && !link.query;
  const isDomain = isBare && !isAddress(link.host) && !link.host.includes(":");
  if (isDomain) return { kind: "domain", value: link.host };
  return { kind: "url", value: canonicalLink(link) };
}

function trimmed(written: string): string {
  let end = written.length;
  for (; end > 0 && TRAILING.includes(written[end - 1]!); end -= 1) {
    const last = written[end - 1]!;
    const opening = { ")": "(", "]": "[" }[last];
    const rest = written.slice(0, end);
    if (opening && count(rest, opening) >= count(rest, last)) break;
  }
  return written.slice(0, end);
}

function count(text: string, sign: string): number {
  return text.split(sign).length - 1;
}
