// From what she gave (words, a file, answers) to checked chats; runs in the page and in its worker.

import { assess, type Assessment } from "./check";
import { CannotRead, readExport, WhoIsMe, type Chat, type ChatMessage } from "./readers";

export interface CheckedChat {
  id: string;
  format: string;
  messages: readonly ChatMessage[];
  answers: Readonly<Record<string, true>>;
  assessment: Assessment;
}

export type ChatReading =
  | { kind: "chats"; chats: readonly CheckedChat[] }
  | { kind: "who"; speakers: readonly string[] }
  | { kind: "unreadable"; fault: string }
  | { kind: "stopped" };

// How many messages were judged of all.
export type Tell = (done: number, all: number) => void;

const OFTEN = 250;
const WEIGHT = ["stop", "warning", "verify", "none"];

// Reads and judges a saved chat; a chat with a demand comes first.
export async function readFile(file: File, me: string | null, tell?: Tell): Promise<ChatReading> {
  try {
    const bytes = new Uint8Array(await file.arrayBuffer());
    return chatsOf(readExport(bytes, file.name, me ?? ""), tell);
  } catch (error) {
    return faultOf(error);
  }
}

// A pasted text may be a whole chat; when it is not, it is one message from them.
export function checkPasted(text: string, me: string | null): ChatReading {
  try {
    return chatsOf(readExport(new TextEncoder().encode(text), "", me ?? ""));
  } catch (error) {
    if (error instanceof WhoIsMe) return faultOf(error);
    return chatsOf([{ id: "", format: "text", messages: [{ from: "them", at: null, text }] }]);
  }
}

export function checkAnswers(answers: Readonly<Record<string, true>>): CheckedChat {
  const assessment = assess({ messages: [] }, answers);
  return { id: "", format: "call", messages: [], answers, assessment };
}

function chatsOf(chats: readonly Chat[], tell?: Tell): ChatReading {
  const all = chats.reduce((sum, { messages }) => sum + messages.length, 0);
  let done = 0;
  const count = (): void => {
    if (done++ % OFTEN === 0) tell?.(done, all);
  };
  const checked = chats.map(({ id, format, messages }) => {
    const assessment = assess({ messages }, {}, count);
    return { id, format, messages, answers: {}, assessment };
  });
  const weight = (chat: CheckedChat): number => WEIGHT.indexOf(chat.assessment.band);
  return { kind: "chats", chats: checked.sort((one, other) => weight(one) - weight(other)) };
}

function faultOf(error: unknown): ChatReading {
  if (error instanceof WhoIsMe) return { kind: "who", speakers: error.speakers };
  if (error instanceof CannotRead) return { kind: "unreadable", fault: error.fault };
  return { kind: "unreadable", fault: "broken" };
}
