/** Names of hosts: canonical ASCII spelling, from the frozen alphabet of hosts.json. */
import tables from "../../src/oberih/core/identifiers/hosts.json";
import { small } from "./skeleton";

export const LETTERS =
  "A-Za-z0-9\u00c0-\u024f\u0370-\u03ff\u0400-\u052f\u0561-\u0586" +
  "\u10d0-\u10fa\u3041-\u30fa\u4e00-\u9fa5\uac00-\ud7a3";
export const NAME = `(?:[${LETTERS}][${LETTERS}-]{0,62}\\.){1,8}[${LETTERS}][${LETTERS}-]{1,62}`;
const OCTET = "(?:25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])";
export const ADDRESS = `${OCTET}(?:\\.${OCTET}){3}`;
/** First steps of t.me links that are pages of Telegram and no accounts. */
export const TELEGRAM_PAGES = new Set(tables.telegram_pages.split(" "));

const LONGEST = 253;
const LONGEST_LABEL = 63;
const ENDS = new Set(tables.ends.split(" "));
const FOREIGN = tables.letters
  .split(" ")
  .map((span) => span.split("-").map((edge) => `\\u${edge}`).join("-"))
  .join("");
const WHOLE_ADDRESS = new RegExp(`^${ADDRESS}$`);
const ASCII_LABEL = /^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/;
const LABEL = new RegExp(`^[a-z0-9${FOREIGN}](?:[a-z0-9${FOREIGN}-]*[a-z0-9${FOREIGN}])?$`);

/** The name in small ASCII letters, or nothing when it cannot be one. */
export function canonicalHost(name: string): string {
  const labels = small(name).replace(/\.$/, "").split(".").map(ascii);
  const host = labels.join(".");
  const isBad = labels.includes("") || labels.length === 1 || host.length > LONGEST;
  return isBad || /^[0-9]+$/.test(labels.at(-1)!) ? "" : host;
}

/** The host that the same page has without "www.", if that is still a name. */
export function withoutWww(host: string): string {
  const bare = host.replace(/^www\./, "");
  return bare.includes(".") ? bare : host;
}

/** Whether the name is an IPv4 address in four decimal numbers. */
export function isAddress(name: string): boolean {
  return WHOLE_ADDRESS.test(name);
}

/** Whether a bare word with dots ends like a domain and not like a sentence. */
export function hasKnownEnd(name: string): boolean {
  const end = name.slice(name.lastIndexOf(".") + 1);
  const isEvenlyWritten =
    end === small(end) || Array.from(end).every((letter) => letter !== small(letter));
  const isKnown = ENDS.has(small(end)) || small(end).startsWith("xn--");
  return isKnown && isEvenlyWritten;
}

function ascii(label: string): string {
  if (!LABEL.test(label)) return "";
  const spelled = ASCII_LABEL.test(label) ? label : punycoded(label);
  const isReserved = label.slice(2, 4) === "--" && !label.startsWith("xn--");
  return spelled.length > LONGEST_LABEL || isReserved ? "" : spelled;
}

// RFC 3492 with the parameters of IDNA; the label is within the Basic Multilingual Plane.
function punycoded(label: string): string {
  const points = Array.from(label, (letter) => letter.codePointAt(0)!);
  const basic = points.filter((point) => point < 0x80);
  let output = basic.length ? String.fromCharCode(...basic) + "-" : "";
  let [next, delta, bias, handled] = [0x80, 0, 72, basic.length];
  while (handled < points.length) {
    const least = Math.min(...points.filter((point) => point >= next));
    delta += (least - next) * (handled + 1);
    next = least;
    for (const point of points) {
      if (point < next) delta += 1;
      if (point !== next) continue;
      output += digits(delta, bias);
      bias = adapted(delta, handled + 1, handled === basic.length);
      delta = 0;
      handled += 1;
    }
    delta += 1;
    next += 1;
  }
  return "xn--" + output;
}

function digits(delta: number, bias: number): string {
  let [rest, output] = [delta, ""];
  for (let step = 36; ; step += 36) {
    const threshold = Math.min(Math.max(step - bias, 1), 26);
    if (rest < threshold) return output + digit(rest);
    output += digit(threshold + ((rest - threshold) % (36 - threshold)));
    rest = Math.floor((rest - threshold) / (36 - threshold));
  }
}

function digit(value: number): string {
  return "abcdefghijklmnopqrstuvwxyz0123456789"[value]!;
}

function adapted(delta: number, count: number, isFirst: boolean): number {
  let [rest, steps] = [Math.floor(delta / (isFirst ? 700 : 2)), 0];
  rest += Math.floor(rest / count);
  for (; rest > 455; steps += 36) rest = Math.floor(rest / 35);
  return steps + Math.floor((36 * rest) / (rest + 38));
}
