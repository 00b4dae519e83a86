// Reading again, when she asks: fetch the second reader, judge in a worker, show the louder answer.

import { ownRules } from "./checkbundle";
import type { Assessment } from "./check";
import { at, h } from "./element";
import type { CheckedChat } from "./reading";
import { fetchSecond } from "./secondfile";
import { judged, louder, type Wanted } from "./secondreading";
import { speak, t } from "./text";

// The sentences of this file in each language.
declare const SENTENCES: Readonly<Record<string, Readonly<Record<string, string>>>>;

// `button` is what she pressed; `draw` shows the chat's answer anew.
export interface Asked {
  button: HTMLElement;
  chat: CheckedChat;
  rules: Promise<string>;
  startWorker: (name: string) => Worker;
  draw: () => void;
}

let content: ArrayBuffer | undefined;
const fault = h("p", { role: "alert" });

export async function readAgain(asked: Asked): Promise<void> {
  const { button, chat } = asked;
  if (!button.isConnected) return;
  speak(SENTENCES[document.documentElement.lang] ?? {});
  const stop = new AbortController();
  const shown = progress(() => stop.abort());
  fault.remove();
  button.replaceWith(shown.place);
  shown.place.focus();
  try {
    content ??= await fetchSecond((share) => shown.tell(t("Downloading: {n} %", { n: Math.floor(share * 100) }), share), stop.signal);
    const rules = await asked.rules.catch(() => "");
    shown.tell(t("Reading on this device…"), 0);
    const tell = (done: number): void => shown.tell(t("Reading on this device…"), done / chat.messages.length);
    const found = await answered({ content, rules, messages: chat.messages }, asked.startWorker, tell, stop.signal);
    if (shown.place.checkVisibility()) settle(asked, louder(chat.assessment, found));
  } catch (error) {
    shown.place.replaceWith(button);
    if (!stop.signal.aborted) button.before(fault);
    fault.textContent = faultOf(error);
    button.focus();
  }
}

// A network that fails throws TypeError; everything else is the file's fault.
function faultOf(error: unknown): string {
  if (error instanceof TypeError) return t("The second reader could not be downloaded. The first answer stays; press again when there is a connection.");
  return t("The second reader was refused: it is not the file that belongs to this page. The first answer stays.");
}

interface Progress {
  place: HTMLElement;
  tell: (words: string, share: number) => void;
}

function progress(stop: () => void): Progress {
  const words = h("p", { role: "status" });
  const bar = h("progress", { "aria-hidden": "true" });
  const why = h("p", { class: "why" }, t("Only the second reader is downloaded; your network can notice that. What they wrote stays on this device."));
  const button = h("button", { type: "button", class: "quiet", click: stop }, t("Stop reading"));
  const tell = (said: string, share: number): void => {
    if (words.textContent !== said) words.textContent = said;
    bar.value = share;
  };
  tell(t("Downloading: {n} %", { n: 0 }), 0);
  return { place: h("div", { tabindex: "-1", id: "again" }, words, bar, why, button), tell };
}

// The same answer wherever it is found; `signal` ends the worker.
function answered(
  wanted: Wanted, startWorker: Asked["startWorker"], tell: (done: number) => void, signal: AbortSignal,
): Promise<Assessment> {
  return new Promise((resolve, reject) => {
    const here = (): void => resolve(Promise.resolve().then(() => judged(ownRules(), wanted, () => undefined)));
    const worker = started(startWorker);
    if (!worker) return here();
    signal.addEventListener("abort", () => {
      worker.terminate();
      reject(new TypeError("stopped"));
    });
    worker.onmessage = ({ data }: MessageEvent<{ done: number } | { assessment: Assessment }>) => {
      if ("done" in data) return tell(data.done);
      worker.terminate();
      resolve(data.assessment);
    };
    worker.onerror = here;
    worker.postMessage(wanted);
  });
}

function started(startWorker: Asked["startWorker"]): Worker | null {
  try {
    return startWorker("second.js");
  } catch {
    return null;
  }
}

// The chat keeps the answer that stays, so that it can be carried into a report.
function settle({ chat, draw, button }: Asked, stays: Assessment): void {
  const isRaised = stays.band !== chat.assessment.band;
  const said = isRaised ? t("Read by both readers: together they see more.") : t("Read by both readers; the answer stays.");
  chat.assessment = stays;
  draw();
  at("result").querySelector(".answer")?.append(h("p", { id: "both" }, said));
  document.getElementById(button.id)?.remove();
}
