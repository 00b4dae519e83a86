/** A link taken apart, and the spelling of its path and query. */
import { canonicalHost, isAddress, withoutWww } from "./identifiers-hosts";
import { small } from "./skeleton";

/** The parts of a link; `host` is canonical, the rest as it was written. */
export interface Link {
  scheme: string;
  host: string;
  path: string;
  query: string;
  fragment: string;
}

const APART = /^([^/?#]*)([^?#]*)(?:\?([^#]*))?(?:#(.*))?$/s;
const PORT = /^(.*?):0*([0-9]{0,5})$/s;
const USUAL_PORTS = new Set(["", "80", "443"]);
const LAST_PORT = 65535;
const KEPT = /^[A-Za-z0-9._~!$&'()*+,;=:@/?-]$/;

/** The link behind `https://` or without it; nothing when its host cannot be one. */
export function webLink(rest: string): Link | undefined {
  const [authority, path, query, fragment] = apart(rest);
  const [name, port] = named(authority.slice(authority.lastIndexOf("@") + 1));
  const host = isAddress(name) ? name : withoutWww(canonicalHost(name));
  if (!host || port === undefined) return undefined;
  return { scheme: "https", host: host + port, path, query, fragment };
}

/** A link of a messenger, such as `tg://resolve?domain=name`. */
export function appLink(scheme: string, rest: string): Link {
  const [authority, path, query, fragment] = apart(rest);
  return { scheme, host: small(authority), path, query, fragment };
}

/** The spelling of a web link: no user, no fragment, escapes in large letters. */
export function canonicalLink(link: Link): string {
  const query = link.query ? `?${escaped(link.query)}` : "";
  return `https://${link.host}${escaped(link.path) || "/"}${query}`;
}

/** The parts of the path between slashes, the empty ones left out. */
export function steps(link: Link): string[] {
  return link.path.split("/").filter((step) => step !== "");
}

/** The value of a query field, or nothing; the last one counts. */
export function asked(link: Link, name: string): string {
  const pairs = link.query.split("&").map((pair): [string, string] => {
    const equals = pair.indexOf("=");
    return equals < 0 ? [pair, ""] : [pair.slice(0, equals), pair.slice(equals + 1)];
  });
  return unescaped(new Map(pairs).get(name) ?? "");
}

/** The text with its ASCII escapes resolved; others stay. */
export function unescaped(text: string): string {
  return text.replace(/%([0-9A-Fa-f]{2})/g, (escape, digits: string) => {
    const point = parseInt(digits, 16);
    return point < 0x80 ? String.fromCharCode(point) : escape;
  });
}

function escaped(text: string): string {
  return text
    .split(/(%[0-9A-Fa-f]{2})/)
    .map((piece, place) =>
      place % 2 === 1 ? piece.toUpperCase() : Array.from(piece, spelled).join(""),
    )
    .join("");
}

function spelled(letter: string): string {
  if (KEPT.test(letter)) return letter;
  const bytes = new TextEncoder().encode(letter);
  return Array.from(bytes, (byte) => "%" + hex(byte)).join("");
}

function hex(byte: number): string {
  return byte.toString(16).toUpperCase().padStart(2, "0");
}

function apart(rest: string): [string, string, string, string] {
  const parts = APART.exec(rest)!;
  return [parts[1]!, parts[2]!, parts[3] ?? "", parts[4] ?? ""];
}

function named(authority: string): [string, string | undefined] {
  const written = PORT.exec(authority);
  if (!written) return [authority, ""];
  const port = written[2]!;
  if (Number(port) > LAST_PORT) return [written[1]!, undefined];
  return [written[1]!, USUAL_PORTS.has(port) ? "" : `:${port}`];
}
