// One e-mail (RFC 5322, MIME): its subject and its readable text, as words of the other side.
// Attachments are not read; nothing of its HTML is ever made an element.

import { type Chat } from "./readers";
import { unescaped } from "./readers-markup";

const FIRST =
  /^(?:Return-Path|Received|Delivered-To|From|To|Date|Subject|Message-ID|MIME-Version|X-[A-Za-z-]+|DKIM-Signature|Authentication-Results): ?\S/i;
const UNSEEN = /<(script|style|head|template)\b[\s\S]*?<\/\1\s*>/gi;
const BLOCK = /<(?:br|\/?p|\/?div|\/?tr|\/?li|\/?h[1-3]|\/?blockquote)\b[^>]*>/gi;

interface Part {
  headers: Map<string, string>;
  body: string;
}

export function looksLikeMail(head: string): boolean {
  const headers = head.replace(/\r\n/g, "\n").split("\n\n", 1)[0] ?? "";
  return FIRST.test(head) && /^from:/im.test(headers);
}

// `bytes` as Latin-1: each part is then read in its own encoding.
export function readMail(bytes: Uint8Array): Chat[] {
  const mail = partOf(latin(bytes));
  const lines = [wordsOf(mail.headers.get("subject") ?? "").trim(), textOf(mail, 0).trim()];
  const text = lines.filter((line) => line !== "").join("\n");
  return [{ id: "mail", format: "eml", messages: text ? [{ from: "them", at: null, text }] : [] }];
}

function partOf(source: string): Part {
  const [head = "", ...rest] = source.replace(/\r\n/g, "\n").split("\n\n");
  const headers = new Map<string, string>();
  for (const line of head.replace(/\n[ \t]+/g, " ").split("\n")) {
    const colon = line.indexOf(":");
    if (colon > 0) headers.set(line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim());
  }
  return { headers, body: rest.join("\n\n") };
}

// Plain text before HTML, as a mail program shows it; parts within parts eight deep at most.
function textOf(part: Part, depth: number): string {
  const kind = part.headers.get("content-type") ?? "text/plain";
  if (/attachment/i.test(part.headers.get("content-disposition") ?? "")) return "";
  const boundary = /^multipart\//i.test(kind) ? /boundary="?([^";\n]+)"?/i.exec(kind)?.[1] : undefined;
  if (boundary !== undefined && depth < 8) {
    const parts = part.body.split(`--${boundary}`).slice(1).map((one) => partOf(one.replace(/^\s*\n/, "")));
    const plain = parts.filter((one) => !/^text\/html/i.test(one.headers.get("content-type") ?? ""));
    return [...plain, ...parts].map((one) => textOf(one, depth + 1)).find((text) => text.trim() !== "") ?? "";
  }
  if (!/^text\//i.test(kind)) return "";
  const text = decoded(bodyBytes(part), /charset="?([^";\s]+)/i.exec(kind)?.[1]);
  return /^text\/html/i.test(kind) ? seenText(text) : text;
}

function bodyBytes(part: Part): Uint8Array {
  const coding = (part.headers.get("content-transfer-encoding") ?? "").toLowerCase();
  if (coding === "base64") return fromLatin(base64(part.body));
  return fromLatin(coding === "quoted-printable" ? quotedPrintable(part.body) : part.body);
}

function quotedPrintable(text: string): string {
  const byte = (_: string, hex: string): string => String.fromCharCode(parseInt(hex, 16));
  return text.replace(/[ \t]*=\n/g, "").replace(/=([0-9A-Fa-f]{2})/g, byte);
}

function base64(text: string): string {
  try {
    return atob(text.replace(/[^A-Za-z0-9+/]/g, ""));
  } catch {
    return "";
  }
}

// RFC 2047: =?charset?B|Q?...?=; white space between two such words is none.
function wordsOf(header: string): string {
  const joined = header.replace(/\?=\s+=\?/g, "?==?");
  return joined.replace(/=\?([^?]+)\?([BbQq])\?([^?]*)\?=/g, (_, charset: string, coding: string, word: string) => {
    const bytes = /b/i.test(coding) ? base64(word) : quotedPrintable(word.replace(/_/g, " "));
    return decoded(fromLatin(bytes), charset);
  });
}

function decoded(bytes: Uint8Array, charset = "utf-8"): string {
  try {
    return new TextDecoder(charset).decode(bytes);
  } catch {
    return new TextDecoder().decode(bytes);
  }
}

function seenText(html: string): string {
  const text = unescaped(html.replace(UNSEEN, "").replace(/\s+/g, " ").replace(BLOCK, "\n").replace(/<[^>]*>/g, ""));
  return text.split("\n").map((line) => line.trim()).filter((line) => line !== "").join("\n");
}

function latin(bytes: Uint8Array): string {
  let text = "";
  for (let at = 0; at < bytes.length; at += 32_768) text += String.fromCharCode(...bytes.subarray(at, at + 32_768));
  return text;
}

function fromLatin(text: string): Uint8Array {
  return Uint8Array.from(text, (letter) => letter.charCodeAt(0) & 0xff);
}
