// The check as one file: the page imports it, and the same file reads saved chats in a worker.

import { encode, type Json } from "./canonical";
import { assess, takeRules } from "./check";
import { readExport } from "./readers";
import { readFile } from "./reading";

export { assess, ownRules, takeRules } from "./check";
export { checkAnswers, checkPasted, readFile } from "./reading";
export { warming } from "./warm";
export { questions, tacticWords, textsOf } from "./checktexts";

// What `oberih check FILE --json` prints, line by line: the page and the command must agree.
export function checkExport(bytes: Uint8Array, name: string, me = ""): string[] {
  return readExport(bytes, name, me).map((chat) => {
    const assessment = assess({ messages: chat.messages });
    return encode({ id: chat.id, ...assessment } as unknown as Json);
  });
}

interface WorkerScope {
  WorkerGlobalScope?: unknown;
  onmessage: ((event: MessageEvent<{ file: File; me: string | null; rules: string }>) => void) | null;
  postMessage(answer: unknown): void;
}

const scope = globalThis as unknown as WorkerScope;
if (scope.WorkerGlobalScope !== undefined) {
  scope.onmessage = ({ data }) => {
    takeRules(data.rules);
    const tell = (done: number, all: number): void => scope.postMessage({ kind: "progress", done, all });
    void readFile(data.file, data.me, tell).then((reading) => scope.postMessage(reading));
  };
}
