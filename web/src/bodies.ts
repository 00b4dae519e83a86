// A report as the bodies of its messages: long words and chats go in several, each in its place.

import type { ChatMessage } from "./carried";
import { Trouble } from "./mailbox";

export type Kind = "report" | "note" | "stop-writing" | "delete" | "move" | "subscribe" | "complaint";

export interface Announced {
  id: string;
  name: string;
  type: string;
  size: number;
  sha256: string;
  chunks: number;
}

// What the page collected, in its memory only.
export interface Draft {
  kind?: Kind;
  text: string;
  language: "uk" | "en" | "ru";
  region: string;
  under18: boolean;
  notAlone: boolean;
  chat: { format: string; messages: readonly ChatMessage[] } | null;
  answers: Readonly<Record<string, boolean>>;
  files: readonly File[];
  strip: boolean;
}

// The wire form of crypto/bodies.py.
export interface Body {
  kind: Kind;
  text: string;
  part: number;
  parts: number;
  language: Draft["language"];
  attachments: readonly Announced[];
  chat_part: string;
  answers: Readonly<Record<string, boolean>>;
  region: string;
  under18: boolean;
  not_alone: boolean;
  move_to?: string;
  move_from?: string;
}

// UTF-8 bytes of words in one message: the first one also carries keys and announced files.
const FIRST_ROOM = 7_500;
const LATER_ROOM = 12_500;
const MOST_PARTS = 256;

export function emptyBody(kind: Kind, language: Draft["language"]): Body {
  return {
    kind,
    text: "",
    part: 1,
    parts: 1,
    language,
    attachments: [],
    chat_part: "",
    answers: {},
    region: "",
    under18: false,
    not_alone: false,
  };
}

export function reportBodies(draft: Draft, attachments: readonly Announced[]): Body[] {
  const first: Body = {
    ...emptyBody(draft.kind ?? "report", draft.language),
    attachments,
    answers: draft.answers,
    region: draft.region,
    under18: draft.under18,
    not_alone: draft.notAlone,
  };
  return filled(first, draft.text, draft.chat ? chatText(draft.chat) : "");
}

export function noteBodies(text: string, language: Draft["language"]): Body[] {
  return filled(emptyBody("note", language), text, "");
}

// Canonical JSON (sorted keys, no spaces), since it is cut into pieces and joined again.
function chatText({ format, messages }: NonNullable<Draft["chat"]>): string {
  const lines = messages.map(({ at, from, text }) => ({ at: at ?? "", from, text: wellFormed(text) }));
  return JSON.stringify({ format, messages: lines });
}

function filled(first: Body, text: string, chat: string): Body[] {
  const rest = emptyBody(first.kind, first.language);
  const bodies: Body[] = [];
  const words = new Reading(wellFormed(text));
  const lines = new Reading(chat);
  do {
    const room = bodies.length === 0 ? FIRST_ROOM : LATER_ROOM;
    const piece = words.take(room);
    const chatPiece = lines.take(room - piece.bytes);
    bodies.push({ ...(bodies.length === 0 ? first : rest), text: piece.text, chat_part: chatPiece.text });
  } while (!words.isDone || !lines.isDone);
  if (bodies.length > MOST_PARTS) throw new Trouble("too-long");
  return bodies.map((body, index) => ({ ...body, part: index + 1, parts: bodies.length }));
}

// Takes pieces off a text, never through the middle of a character.
class Reading {
  #at = 0;

  constructor(private readonly text: string) {}

  get isDone(): boolean {
    return this.#at >= this.text.length;
  }

  take(room: number): { text: string; bytes: number } {
    const start = this.#at;
    let bytes = 0;
    while (!this.isDone) {
      const code = this.text.codePointAt(this.#at) ?? 0;
      const cost = costOf(code);
      if (bytes + cost > room) break;
      bytes += cost;
      this.#at += code > 0xffff ? 2 : 1;
    }
    return { text: this.text.slice(start, this.#at), bytes };
  }
}

// What a character takes in canonical JSON.
function costOf(code: number): number {
  if (code < 0x20) return 6;
  if (code === 0x22 || code === 0x5c) return 2;
  if (code < 0x80) return 1;
  if (code < 0x800) return 2;
  return code < 0x10000 ? 3 : 4;
}

// Half of a surrogate pair has no UTF-8 and NUL no place in a database: both are replaced.
function wellFormed(text: string): string {
  return text.replace(/\p{Surrogate}|\0/gu, "\ufffd");
}
