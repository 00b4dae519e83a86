// Telegram Desktop's HTML and SMS Backup & Restore's XML, read as text: no element is ever made of them.

import { CannotRead, type Chat, type ChatMessage, clockOf, sidesOf, type Spoken } from "./readers";

const ENTITIES: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'", nbsp: "\u00a0" };

// Texts with the sender's name; joined messages belong to the sender before them.
export function readTelegramHtml(html: string, me: string): Chat[] {
  const title = /class="text bold"[^>]*>([^<]*)</.exec(html);
  const spoken: Spoken[] = [];
  let speaker = "";
  const blocks = html.split(/<div class="message /).slice(1);
  for (const block of blocks) {
    if (block.startsWith("service")) continue;
    const own = withoutForward(block);
    speaker = inside(own, "from_name").trim() || speaker;
    const text = inside(block, "text").trim();
    const title = /class="[^"]*\bdate\b[^"]*"[^>]*? title="([^"]*)"/.exec(own)?.[1] ?? "";
    const at = clockOf(title.split(" ", 2).join(" "));
    if (text) spoken.push({ speaker, at, text, forwarded: own !== block });
  }
  const them = unescaped(title?.[1] ?? "").trim();
  return [{ id: "chat", format: "telegram-html", messages: sidesOf(spoken, me, them) }];
}

// A forwarded block repeats its author's name; the sender stays the one who forwarded.
function withoutForward(block: string): string {
  const forward = block.indexOf('<div class="forwarded body"');
  return forward < 0 ? block : block.slice(0, forward);
}

function inside(block: string, name: string): string {
  const start = block.indexOf(`<div class="${name}"`);
  if (start < 0) return "";
  const open = block.indexOf(">", start) + 1;
  const end = block.indexOf("</div>", open);
  return unescaped(block.slice(open, end < 0 ? undefined : end).replace(/<br\s*\/?>/g, "\n").replace(/<[^>]*>/g, ""));
}

// One chat a telephone number; type 1 came in, 2 went out. Documents with a DTD are refused.
export function readSms(xml: string): Chat[] {
  if (/<!(?:DOCTYPE|ENTITY)/i.test(xml)) throw new CannotRead("not-an-export");
  if (!/<\/smses>\s*$/.test(xml)) throw new CannotRead("broken");
  const chats = new Map<string, ChatMessage[]>();
  for (const [tag] of xml.matchAll(/<sms\s[^>]*>/g)) {
    const address = attribute(tag, "address");
    const text = attribute(tag, "body");
    if (!text || text === "null") continue;
    const from = attribute(tag, "type") === "2" ? "me" : "them";
    const known = chats.get(address) ?? [];
    const date = attribute(tag, "date");
    const at = /^\d{12,13}$/.test(date) ? new Date(Number(date)).toISOString() : null;
    known.push({ from, at, text });
    chats.set(address, known);
  }
  return [...chats].map(([id, messages]) => ({ id, format: "sms", messages }));
}

function attribute(tag: string, name: string): string {
  const match = new RegExp(`\\s${name}=(?:"([^"]*)"|'([^']*)')`).exec(tag);
  return unescaped(match?.[1] ?? match?.[2] ?? "");
}

// Numeric entities may be a surrogate pair: SMS Backup & Restore writes emoji so.
export function unescaped(text: string): string {
  return text.replace(/&(?:#([0-9]+)|#x([0-9a-fA-F]+)|([a-z]+));/g, (whole, decimal?: string, hex?: string, name?: string) => {
    const code = decimal ? Number(decimal) : hex ? parseInt(hex, 16) : NaN;
    if (code >= 0 && code <= 0x10ffff) return code > 0xffff ? String.fromCodePoint(code) : String.fromCharCode(code);
    return ENTITIES[name ?? ""] ?? whole;
  });
}
