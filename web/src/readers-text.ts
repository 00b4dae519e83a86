// Text in three encodings; WhatsApp exports; pasted conversations.

import { CannotRead, type Chat, type ChatMessage, clockOf, sided, sidesOf, WhoIsMe, type Spoken } from "./readers";

// UTF-8, UTF-16 with a mark, else Windows-1251; a text of control bytes is refused.
export function decodeText(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder("utf-16le").decode(bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder("utf-16be").decode(bytes);
  if (bytes.subarray(0, 4096).some((byte) => byte === 0)) throw new CannotRead("not-text");
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("windows-1251").decode(bytes);
  }
}

const LINE =
  /^[\u200e\u200f]?\[? ?([0-9]{1,4}[./-][0-9]{1,2}[./-][0-9]{1,4}),? ([0-9]{1,2}[:.][0-9]{2}(?:[:.][0-9]{2})?)([ \u00a0\u202f]?[AaPp]\.?[Mm]\.?)?(?: ?\]| -) (.*)$/;
const OMITTED =
  /^\u200e?(?:<(?:Media omitted|Без медиафайлов|Медіа пропущено|Файл пропущено|Медиафайл пропущен)>|(?:image|video|audio|sticker|GIF|document) omitted)$/;

// A message begins with a date; lines without one continue it; lines without a name are the system's.
export function readWhatsapp(text: string, name: string, me: string): Chat[] {
  const spoken: Spoken[] = [];
  let open: Spoken | undefined;
  for (const line of text.split(/\r?\n/)) {
    const match = LINE.exec(line);
    if (!match) {
      if (open) open.text += `\n${line}`;
      continue;
    }
    const body = match[4] ?? "";
    const colon = body.indexOf(": ");
    open = undefined;
    if (colon <= 0) continue;
    const at = match[3] ? null : clockOf(`${match[1]} ${match[2]}`);
    open = { speaker: plainName(body.slice(0, colon)), at, text: body.slice(colon + 2) };
    spoken.push(open);
  }
  const kept = spoken
    .map((one) => ({ ...one, text: one.text.trimEnd() }))
    .filter((one) => one.text !== "" && !OMITTED.test(one.text));
  return [{ id: "chat", format: "whatsapp", messages: sidesOf(kept, me, partnerOf(name)) }];
}

function plainName(name: string): string {
  return name.replace(/[\u200e\u200f\u202a-\u202e]/g, "").trim();
}

// WhatsApp names the file after the other side.
function partnerOf(name: string): string {
  const match = /(?:WhatsApp Chat with|Чат WhatsApp (?:с|з)(?: контактом)?|Чат WhatsApp із) (.+?)\.(?:txt|zip)$/.exec(name);
  return match?.[1] ?? "";
}

const PASTED = /^(.{1,60}), \[([0-9]{1,2}[./][0-9]{1,2}[./][0-9]{2,4},? [0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?)\]:?\s*(.*)$/;
const LABEL = /^([^:\n]{1,30}):\s+(.*)$/;
const MINE = new Set(["я", "me", "i", "моє", "мое"]);

// Lines copied from Telegram, lines labelled with "я:" on one side, else one text of the other side.
export function readPlain(text: string, me: string): Chat[] {
  const pasted = collect(text, PASTED, 3);
  if (pasted.length > 0) return [{ id: "chat", format: "text", messages: sidesOf(pasted, me, "") }];
  const labelled = collect(text, LABEL, 2);
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== "");
  const speakers = new Set(labelled.map(({ speaker }) => speaker));
  const mine = [...speakers].filter((one) => MINE.has(one.toLowerCase()) || one === me);
  const labels = lines.filter((line) => LABEL.test(line)).length;
  const isChat = speakers.size > 1 && labels === lines.length && labels > speakers.size;
  if (mine.length === 0 && !me && isChat && speakers.size <= 6) throw new WhoIsMe([...speakers]);
  const isDialogue = (mine.length > 0 || isChat) && speakers.size <= 6 && LABEL.test(lines[0] ?? "");
  const messages: ChatMessage[] = isDialogue
    ? labelled.map((one) => sided(one, mine.includes(one.speaker)))
    : [{ from: "them", at: null, text }];
  return [{ id: "chat", format: "text", messages }];
}

function collect(text: string, pattern: RegExp, group: number): Spoken[] {
  const spoken: Spoken[] = [];
  for (const line of text.split(/\r?\n/)) {
    const match = pattern.exec(line);
    const last = spoken[spoken.length - 1];
    if (match) spoken.push({ speaker: (match[1] ?? "").trim(), at: group === 3 ? clockOf(match[2] ?? "") : null, text: match[group] ?? "" });
    else if (last) last.text += `${last.text === "" ? "" : "\n"}${line}`;
  }
  return spoken.map((one) => ({ ...one, text: one.text.trimEnd() })).filter((one) => one.text !== "");
}
