/** The accounts behind links of Telegram, WhatsApp, Viber and Signal. */
import type { Kind } from "./identifiers";
import { TELEGRAM_PAGES } from "./identifiers-hosts";
import { type Link, asked, steps, unescaped } from "./identifiers-link";
import { e164 } from "./identifiers-phones";

/** Readers by kind, in order: the canonical value behind the link, or nothing. */
export const MESSENGERS: [Kind, (link: Link) => string][] = [
  ["telegram", telegram],
  ["whatsapp", whatsapp],
  ["viber", viber],
  ["signal", signal],
];

const TELEGRAM_HOSTS = new Set(["t.me", "telegram.me", "telegram.dog"]);
const WHATSAPP_SEND = new Set(["api.whatsapp.com", "web.whatsapp.com", "whatsapp.com"]);
const VIBER_NUMBERS = new Set(["chat", "add", "contact", "calls", "keypad"]);

/** A user name or channel of Telegram in small letters, or nothing when it cannot be one. */
export function telegramName(text: string): string {
  const name = text.toLowerCase();
  return /^[A-Za-z][A-Za-z0-9_]{3,31}$/.test(text) && !TELEGRAM_PAGES.has(name) ? name : "";
}

/** A user name of Signal, such as `olena.57`, in small letters, or nothing. */
export function signalName(text: string): string {
  return /^[A-Za-z_][A-Za-z0-9_]{2,31}\.[0-9]{2,9}$/.test(text) ? text.toLowerCase() : "";
}

function telegram(link: Link): string {
  if (link.scheme === "tg") return telegramApp(link);
  if (TELEGRAM_HOSTS.has(link.host)) return telegramSteps(steps(link).map(unescaped));
  if (link.host === "web.telegram.org") {
    return telegramName(withoutFirst(withoutFirst(link.fragment, "/im?p="), "@"));
  }
  const dot = link.host.indexOf(".");
  return link.host.slice(dot + 1) === "t.me" ? telegramName(link.host.slice(0, dot)) : "";
}

function telegramSteps([first = "", second]: string[]): string {
  if (first === "joinchat" && second !== undefined) return invitation(second);
  if (first === "s" && second !== undefined) return telegramName(withoutFirst(second, "@"));
  if (first === "c" && second !== undefined) return numbered("c", second);
  if (first.startsWith("+")) return phone(first) || invitation(first.slice(1));
  return telegramName(withoutFirst(first, "@"));
}

function telegramApp(link: Link): string {
  if (link.host === "resolve") {
    return telegramName(asked(link, "domain")) || phone(asked(link, "phone"));
  }
  if (link.host === "join") return invitation(asked(link, "invite"));
  if (link.host === "user" || link.host === "openmessage") {
    return numbered("id", asked(link, "id") || asked(link, "user_id"));
  }
  return "";
}

function invitation(code: string): string {
  return /^[A-Za-z0-9_-]{10,64}$/.test(code) ? `+${code}` : "";
}

function numbered(what: string, number: string): string {
  return /^[0-9]{1,20}$/.test(number) ? `${what}/${number}` : "";
}

function whatsapp(link: Link): string {
  if (link.scheme === "whatsapp") {
    return link.host === "chat" ? coded("invite", asked(link, "code")) : loose(asked(link, "phone"));
  }
  if (link.host === "wa.me") return whatsappSteps(steps(link).map(unescaped));
  if (link.host === "chat.whatsapp.com") return coded("invite", steps(link).at(-1) ?? "");
  return WHATSAPP_SEND.has(link.host) ? whatsappPage(link) : "";
}

function whatsappSteps([first = "", second]: string[]): string {
  if ((first === "message" || first === "qr") && second !== undefined) return coded(first, second);
  return loose(first === "c" && second !== undefined ? second : first);
}

function whatsappPage(link: Link): string {
  const [first, second] = steps(link);
  if (first === "channel" && second !== undefined) return coded(first, second);
  return first === "send" ? loose(asked(link, "phone")) : "";
}

function coded(what: string, code: string): string {
  return /^[A-Za-z0-9_-]{10,64}$/.test(code) ? `${what}/${code}` : "";
}

function viber(link: Link): string {
  if (link.scheme === "viber") return viberApp(link);
  if (link.host === "viber.click") return loose(unescaped(steps(link).at(-1) ?? ""));
  if (link.host === "chats.viber.com") return viberChat(steps(link)[0] ?? "");
  if (link.host === "invite.viber.com") {
    const code = asked(link, "g2") || asked(link, "g");
    return /^[A-Za-z0-9_=+/-]{6,128}$/.test(code) ? `invite/${code}` : "";
  }
  return "";
}

function viberApp(link: Link): string {
  if (VIBER_NUMBERS.has(link.host)) return loose(asked(link, "number"));
  if (link.host === "pa") return viberChat(asked(link, "chatURI"));
  return link.host === "chats" ? viberChat(steps(link)[0] ?? "") : "";
}

function viberChat(text: string): string {
  return /^[A-Za-z0-9][A-Za-z0-9_.-]{2,63}$/.test(text) ? `chat/${text.toLowerCase()}` : "";
}

function signal(link: Link): string {
  if (link.scheme !== "https" && link.scheme !== "sgnl") return "";
  const fragment = withoutFirst(link.fragment, "/");
  const isCode = (text: string) => /^[A-Za-z0-9_=-]{10,256}$/.test(text);
  if (link.host === "signal.group") return isCode(fragment) ? `group/${fragment}` : "";
  if (link.host !== "signal.me") return "";
  const slash = fragment.indexOf("/");
  const [what, rest] = [fragment.slice(0, Math.max(slash, 0)), fragment.slice(slash + 1)];
  if (what === "p") return phone(unescaped(rest));
  return what === "eu" && isCode(rest) ? `eu/${rest}` : "";
}

function phone(text: string): string {
  return e164(withoutFirst(text, "+"));
}

function loose(text: string): string {
  return e164(text.replace(/[+ ()-]/g, ""));
}

function withoutFirst(text: string, start: string): string {
  return text.startsWith(start) ? text.slice(start.length) : text;
}
