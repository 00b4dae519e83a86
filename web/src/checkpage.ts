// The check: pasted words, a saved chat or answers about a call, all judged on this device.

import type { Carried } from "./carried";
import { at, h, hide, show } from "./element";
import type { ChatReading, CheckedChat, Tell } from "./reading";
import { reportFromCheck } from "./reportpage";
import { signedRules } from "./signed";
import { t } from "./text";
import { checkOf, type Check, type Second, type Tools } from "./tools";
import { whenIdle } from "./idle";
import { sentenceOf } from "./trouble";
import { askBeforeLosing } from "./unsaved";
import { headline, verdict } from "./verdict";

const LARGEST_EXPORT = 100 * 1024 * 1024;
const CHATS_SHOWN = 20;
// No speaker has this name.
const NOBODY = "\n";

export function checkPage(tools: Tools): void {
  const pasted = at<HTMLTextAreaElement>("pasted");
  askBeforeLosing(() => !at("check").hidden && pasted.value.trim() !== "");
  void checkOf(tools).then((check) => {
    const bench = { tools, check, reader: makeReader(tools, check) };
    enable("check-pasted", () => checkPasted(bench, pasted.value));
    enable("check-call", () => checkCall(bench));
    drawQuestions(check);
    acceptFiles(bench);
    warm(check.warming());
  });
  void signedRules(tools).catch(() => at("ask").prepend(h("p", { class: "refused" }, t("An update of the check was refused: it is old, or this operator did not sign it. The check goes on with the rules of this page."))));
}

// What she pastes is then judged at once, on an old phone too.
function warm(steps: Generator<void, void>): void {
  whenIdle(() => {
    if (!steps.next().done) warm(steps);
  });
}

function enable(id: string, act: () => void): void {
  const button = at<HTMLButtonElement>(id);
  button.disabled = false;
  button.addEventListener("click", act);
}

function checkPasted(bench: Bench, text: string, me: string | null = null): void {
  if (text.trim() === "") return say(t("Paste what they wrote, then press again."));
  hide(at("result"));
  showReading(bench, bench.check.checkPasted(text, me), (name) => checkPasted(bench, text, name));
}

function checkCall({ tools, check }: Bench): void {
  const ticked = at("questions").querySelectorAll<HTMLInputElement>("input:checked");
  const answers = Object.fromEntries([...ticked].map((one) => [one.value, true as const]));
  showChat(tools, check, check.checkAnswers(answers));
}

function drawQuestions(check: Check): void {
  const questions = check.questions(document.documentElement.lang);
  show(
    at("questions"),
    ...questions.map(({ code, text }) =>
      h("label", { class: "tick" }, h("input", { type: "checkbox", value: code }), h("span", {}, text)),
    ),
  );
}

function acceptFiles(bench: Bench): void {
  const input = at<HTMLInputElement>("export");
  const drop = input.closest<HTMLElement>(".drop");
  input.disabled = false;
  input.addEventListener("change", () => {
    const [file] = input.files ?? [];
    input.value = "";
    if (file) void readFile(bench, file);
  });
  for (const name of ["dragover", "dragleave", "drop"]) {
    addEventListener(name, (event) => {
      event.preventDefault();
      drop?.classList.toggle("over", name === "dragover");
    });
  }
  addEventListener("drop", (event) => {
    const file = event.dataTransfer?.files[0];
    if (file && at("report").hidden) void readFile(bench, file);
  });
}

interface Bench {
  tools: Tools;
  check: Check;
  reader: Reader;
}

async function readFile(bench: Bench, file: File, me: string | null = null): Promise<void> {
  hide(at("result"));
  if (file.size > LARGEST_EXPORT) {
    return say(t("This file is larger than 100 MB, which is too much for a page. Save only this one chat, without pictures and videos, and choose it again."));
  }
  const cancel = h("button", { type: "button" }, t("Stop reading"));
  const words = h("span", {}, t("Reading on this device…"));
  const bar = h("progress", { "aria-label": t("Reading on this device…") });
  show(at("reading"), h("p", {}, words), bar, h("p", {}, cancel));
  const tell = (done: number, all: number): void => {
    bar.max = all;
    bar.value = done;
  };
  const reading = await bench.reader.read({ file, me, tell }, cancel);
  showReading(bench, reading, (name) => void readFile(bench, file, name));
}

// `again` reads once more when only she can say which speaker she is.
function showReading(bench: Bench, reading: ChatReading, again: (me: string) => void): void {
  if (reading.kind === "stopped") return say(t("Stopped. Nothing was kept."));
  if (reading.kind === "unreadable") return say(faultText(reading.fault));
  if (reading.kind === "who") return askWho(reading.speakers, again);
  hide(at("reading"));
  showChats(bench, reading.chats);
}

function faultText(fault: string): string {
  switch (fault) {
    case "empty":
      return t("There are no text messages in this file.");
    case "archive":
      return t("This is an archive. Open it first, then choose the chat inside it.");
    case "broken":
      return t("This file is cut off or damaged. Save the chat once more, or paste the messages as text.");
    default:
      return t("This file is not a saved chat that we can read. You can also paste the messages as text.");
  }
}

function askWho(speakers: readonly string[], again: (me: string) => void): void {
  const choose = (name: string): HTMLElement =>
    h("button", { type: "button", click: () => again(name) }, name);
  show(
    at("reading"),
    h("p", {}, t("Which of these is you?")),
    h("p", { class: "why" }, t("Why: your own words are never held against you.")),
    h("p", { class: "go" }, ...speakers.slice(0, CHATS_SHOWN).map(choose)),
    h("p", {}, h("button", { type: "button", class: "quiet", click: () => again(NOBODY) }, t("I am not among them"))),
  );
}

function showChats({ tools, check }: Bench, chats: readonly CheckedChat[]): void {
  const [first] = chats;
  if (!first) return say(t("There are no text messages in this file."));
  if (chats.length === 1) return showChat(tools, check, first);
  const lines = chats.slice(0, CHATS_SHOWN).map((chat) =>
    h(
      "li",
      {},
      h("button", { type: "button", click: () => showChat(tools, check, chat) }, chat.id || t("This chat")),
      ` ${headline(chat.assessment.band, chat.assessment.route)}. ${t("{n} messages", { n: chat.messages.length })}`,
    ),
  );
  show(
    at("reading"),
    h("p", {}, t("There are {n} chats in this file; the most worrying come first:", { n: chats.length })),
    h("ul", {}, ...lines),
  );
}

function showChat(tools: Tools, check: Check, chat: CheckedChat): void {
  const place = at("result");
  const report = h("button", { type: "button", class: "main", id: "carry" }, t("Tell people who can help"));
  report.addEventListener("click", () => reportFromCheck(tools, carriedOf(chat)));
  const back = h("button", { type: "button", class: "quiet" }, t("Check something else"));
  back.addEventListener("click", () => {
    place.hidden = true;
    at("ask").hidden = false;
    at("pasted").focus();
  });
  at("ask").hidden = true;
  show(place, ...verdict(check, chat, report), h("p", { class: "go" }, back));
  if (chat.messages.length && /^[vn]/.test(chat.assessment.band)) report.after(secondButton(tools, check, chat));
  place.focus();
  place.scrollIntoView({ block: "start" });
}

// What reads again comes only when she asks for it: 3 MB.
function secondButton(tools: Tools, check: Check, chat: CheckedChat): HTMLElement {
  const button = h("button", { type: "button", class: "quiet", id: "again" }, t("Read again more closely (downloads 3 MB)"));
  const asked = { button, chat, rules: signedRules(tools), startWorker: tools.startWorker, draw: () => showChat(tools, check, chat) };
  button.addEventListener("click", () => tools.load<Second>("second.js").then(({ readAgain }) => readAgain(asked), () => {
    button.textContent = sentenceOf("offline");
  }));
  return button;
}

function carriedOf(chat: CheckedChat): Carried {
  const { format, messages, answers } = chat;
  return { format, messages, answers, marked: new Set(chat.assessment.spans.map(([message]) => message)) };
}

function say(sentence: string): void {
  show(at("reading"), h("p", {}, sentence));
}

interface Told {
  kind: "progress";
  done: number;
  all: number;
}

interface Reader {
  read(wanted: { file: File; me: string | null; tell: Tell }, cancel: HTMLElement): Promise<ChatReading>;
}

// Reads in a worker, so that the page stays alive; started before a file is chosen, so that no
// request is made while it reads. Where workers cannot be had, the page itself reads.
function makeReader(tools: Tools, check: Check): Reader {
  let worker = startedWorker(tools);
  let rules = "";
  void signedRules(tools).then((text) => (rules = text), () => undefined);
  return {
    read: ({ file, me, tell }, cancel) =>
      new Promise((resolve) => {
        if (!worker) return resolve(check.readFile(file, me));
        const stop = (): void => {
          worker?.terminate();
          worker = startedWorker(tools);
          resolve({ kind: "stopped" });
        };
        cancel.addEventListener("click", stop);
        worker.onmessage = ({ data }: MessageEvent<ChatReading | Told>) => {
          if (data.kind === "progress") tell(data.done, data.all);
          else resolve(data);
        };
        worker.onerror = () => {
          worker = null;
          resolve(check.readFile(file, me));
        };
        worker.postMessage({ file, me, rules });
      }),
  };
}

function startedWorker(tools: Tools): Worker | null {
  try {
    return tools.startWorker("check.js");
  } catch {
    return null;
  }
}
