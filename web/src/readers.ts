// Exports to conversations, on the device: Telegram, WhatsApp, Viber, Signal, SMS, e-mail, plain text.
// Nothing is guessed: where it cannot be told who "me" is, WhoIsMe carries the names to ask with.

import { looksLikeMail, readMail } from "./readers-mail";
import { readSms, readTelegramHtml } from "./readers-markup";
import { looksLikeSignal, looksLikeViber, readSignal, readViber } from "./readers-tables";
import { readTelegramJson } from "./readers-telegram";
import { decodeText, readPlain, readWhatsapp } from "./readers-text";

export interface ChatMessage {
  from: "them" | "me";
  at: string | null;
  text: string;
  // Who of the other side it is, and that the words are somebody else's.
  who?: string;
  forwarded?: boolean;
}

export interface Chat {
  id: string;
  format: Format;
  messages: ChatMessage[];
}

// One message whose sender is known only by name or id.
export interface Spoken {
  speaker: string;
  at: string | null;
  text: string;
  forwarded?: boolean;
}

export type Format = "telegram" | "telegram-html" | "whatsapp" | "viber" | "signal" | "sms" | "eml" | "text";

export const PAGE_LIMIT = 100 * 1024 * 1024;

export type ExportFault = "empty" | "too-big" | "archive" | "broken" | "not-an-export" | "not-text";

// The file cannot be read; `fault` is a code the page has a sentence for.
export class CannotRead extends Error {
  constructor(readonly fault: ExportFault) {
    super(fault);
  }
}

// Ask once: which of these names is yours? Then call readExport again with it.
export class WhoIsMe extends Error {
  constructor(readonly speakers: string[]) {
    super("who-is-me");
  }
}

// The chats of one file (one for a single chat); `me` is a name or id from WhoIsMe.
export function readExport(bytes: Uint8Array, name: string, me = ""): Chat[] {
  if (bytes.length === 0) throw new CannotRead("empty");
  if (bytes.length > PAGE_LIMIT) throw new CannotRead("too-big");
  if (isArchive(bytes)) throw new CannotRead("archive");
  const text = decodeText(bytes);
  if (text.trim() === "") throw new CannotRead("empty");
  const format = formatOf(text);
  const chats = (format === "eml" ? readMail(bytes) : read(text, format, name, me)).filter((chat) => chat.messages.length > 0);
  if (chats.length === 0) throw new CannotRead("not-an-export");
  return chats;
}

function read(text: string, format: Format, name: string, me: string): Chat[] {
  if (format === "telegram") return readTelegramJson(text, me);
  if (format === "telegram-html") return readTelegramHtml(text, me);
  if (format === "sms") return readSms(text);
  if (format === "viber") return readViber(text, me);
  if (format === "signal") return readSignal(text, me);
  if (format === "whatsapp") return readWhatsapp(text, name, me);
  return readPlain(text, me);
}

// What a text is by its beginning.
export function formatOf(text: string): Format {
  const head = text.slice(0, 65536).trimStart();
  if (looksLikeSignal(head)) return "signal";
  if (head.startsWith("{")) return "telegram";
  if (head.startsWith("<") && head.includes("<smses")) return "sms";
  if (head.startsWith("<") && /class="(?:page_wrap|history|message )/.test(head)) return "telegram-html";
  if (looksLikeMail(head)) return "eml";
  if (looksLikeViber(head)) return "viber";
  if (/^\s*\u200e?\[? ?[0-9]{1,4}[./-][0-9]{1,2}[./-][0-9]{1,4},? [0-9]{1,2}[:.][0-9]{2}[^\n]{0,20}(?: ?\]| -) /m.test(head)) {
    return "whatsapp";
  }
  return "text";
}

// Speakers to sides, when it is certain; raises WhoIsMe otherwise.
export function sidesOf(spoken: Spoken[], me: string, them: string): ChatMessage[] {
  const speakers = [...new Set(spoken.map(({ speaker }) => speaker))];
  const own = ownNames(speakers, me, them);
  if (own === undefined) throw new WhoIsMe(speakers);
  return spoken.map((one) => sided(one, own.has(one.speaker)));
}

// A text as a message of its side.
export function sided({ speaker, at, text, forwarded = false }: Spoken, mine: boolean): ChatMessage {
  return { from: mine ? "me" : "them", at, text, who: speaker, forwarded };
}

// The time of 20.11.26, 20.11.2026 or 2026-11-20 and 10:01; nothing where it is unsure. With slashes nobody can tell
// whether the day or the month comes first.
export function clockOf(when: string): string | null {
  const found =
    /^\s*(?:(\d{4})-(\d\d?)-(\d\d?)|(\d\d?)\.(\d\d?)\.(?:\d\d)?(\d\d)),? +(\d\d?)[:.](\d\d)(?:[:.]\d\d)?$/.exec(when);
  if (!found) return null;
  const [, year, month, day, ...dotted] = found;
  const two = (part = ""): string => part.padStart(2, "0");
  const date = `${year ?? `20${dotted[2]}`}-${two(month ?? dotted[1])}-${two(day ?? dotted[0])}`;
  const at = `${date}T${two(dotted[3])}:${dotted[4]}:00`;
  return isTime(at) ? at : null;
}

// A day that is none, such as the thirtieth of February, would become another one.
function isTime(at: string): boolean {
  const moment = new Date(`${at}Z`);
  return !Number.isNaN(moment.getTime()) && moment.toISOString().startsWith(at);
}

const MY_NAMES = new Set(["you", "ви", "вы", "я", "me", "i", "ти", "ты"]);

function ownNames(speakers: string[], me: string, them: string): Set<string> | undefined {
  if (me) return new Set(speakers.filter((name) => name === me));
  const mine = speakers.filter((name) => MY_NAMES.has(name.toLowerCase()));
  if (mine.length > 0) return new Set(mine);
  if (them && speakers.includes(them) && speakers.length <= 2) {
    return new Set(speakers.filter((name) => name !== them));
  }
  return speakers.length <= 1 ? new Set() : undefined;
}

function isArchive(bytes: Uint8Array): boolean {
  const starts = (...head: number[]): boolean => head.every((byte, index) => bytes[index] === byte);
  return starts(0x50, 0x4b) || starts(0x1f, 0x8b) || starts(0x52, 0x61, 0x72, 0x21) || starts(0x37, 0x7a, 0xbc);
}
