// Telegram Desktop's JSON: one chat, or a whole account.

import { CannotRead, type Chat, type ChatMessage, sided, sidesOf, type Spoken } from "./readers";

interface RawMessage {
  type?: unknown;
  date?: unknown;
  from?: unknown;
  from_id?: unknown;
  text?: unknown;
  forwarded_from?: unknown;
}

interface RawChat {
  id?: unknown;
  type?: unknown;
  messages?: unknown;
}

// In a personal chat "user" + chat id is them; a whole account names me itself.
export function readTelegramJson(text: string, me: string): Chat[] {
  const root = parsed(text);
  const account = record(root["personal_information"])["user_id"];
  const own = me || (account === undefined ? "" : `user${String(account)}`);
  const chats = [...listOf(root["chats"]), ...listOf(root["left_chats"])];
  if (chats.length > 0) return chats.map((chat) => chatOf(chat, own));
  if (!Array.isArray(root["messages"])) throw new CannotRead("not-an-export");
  return [chatOf(root, own)];
}

function parsed(text: string): Record<string, unknown> {
  try {
    return record(JSON.parse(text));
  } catch {
    throw new CannotRead("broken");
  }
}

function chatOf(raw: RawChat, me: string): Chat {
  const id = String(raw.id ?? "chat");
  const messages = Array.isArray(raw.messages) ? raw.messages.map(record) : [];
  const texts = messages
    .filter((one: RawMessage) => one.type === "message")
    .map((one: RawMessage) => ({ one, text: plainText(one.text) }))
    .filter(({ text }) => text !== "");
  return { id, format: "telegram", messages: sidesIn(raw, texts, me) };
}

function sidesIn(raw: RawChat, texts: { one: RawMessage; text: string }[], me: string): ChatMessage[] {
  const isMe = ({ from_id: id, from }: RawMessage): boolean => id === me || from === me;
  const known = texts.some(({ one }) => isMe(one));
  const them = `user${String(raw.id)}`;
  if (raw.type === "saved_messages") return texts.map((text) => sided(spokenOf(text), true));
  if (raw.type === "personal_chat" && !(me && known)) {
    return texts.map((text) => sided(spokenOf(text), text.one.from_id !== them));
  }
  if (me) return texts.map((text) => sided(spokenOf(text), isMe(text.one)));
  return sidesOf(texts.map((text) => ({ ...spokenOf(text), speaker: nameOf(text.one) })), me, "");
}

function nameOf({ from, from_id: id }: RawMessage): string {
  return String(from ?? id ?? "");
}

// `forwarded_from` is null where the author's account is gone.
function spokenOf({ one, text }: { one: RawMessage; text: string }): Spoken {
  const at = typeof one.date === "string" ? one.date : null;
  return { speaker: String(one.from_id ?? nameOf(one)), at, text, forwarded: one.forwarded_from !== undefined };
}

// A text is a string, or a list of strings and entities that carry one.
function plainText(text: unknown): string {
  if (typeof text === "string") return text;
  if (!Array.isArray(text)) return "";
  return text
    .map((part: unknown) => (typeof part === "string" ? part : String(record(part)["text"] ?? "")))
    .join("");
}

function listOf(value: unknown): Record<string, unknown>[] {
  const list = record(value)["list"];
  return Array.isArray(list) ? list.map(record) : [];
}

function record(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}
