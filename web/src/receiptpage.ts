// The ten words: large, to copy or print; asked for twice before she leaves, stored nowhere.

import { callLink } from "./calls";
import type { Outgoing } from "./delivery";
import { h, hide, show } from "./element";
import { progressIn } from "./progress";
import { t } from "./text";
import { troubleText } from "./trouble";
import { askBeforeLosing } from "./unsaved";
import { folded, separated } from "./words";

const ASK_DESK_EVERY_MS = 10_000;

interface Receipt {
  section: HTMLElement;
  outgoing: Outgoing;
  notAlone: boolean;
}

export function showReceipt({ section, outgoing, notAlone }: Receipt): void {
  const status = h("ul", { class: "status", "aria-live": "polite" });
  const check = wordCheck(outgoing.words);
  show(
    section,
    h("h1", { tabindex: "-1" }, t("It is in the mailbox")),
    h("p", {}, t("These ten words are the only key to the answer. Write them down or learn them; this page does not keep them.")),
    showWords(outgoing.words),
    h(
      "p",
      { class: "go" },
      h("button", { type: "button", click: (event: Event) => void copy(event, outgoing.words) }, t("Copy")),
      h("button", { type: "button", click: () => print() }, t("Print")),
    ),
    h("p", { class: "why noprint" }, t("Whoever has the words can read the conversation. If they may be seen, you can change them later.")),
    check.element,
    h("h2", { class: "noprint" }, t("Where it is now")),
    h("div", { class: "noprint" }, status, uploads(outgoing)),
    !notAlone && h("p", { class: "noprint" }, t("If no answer comes in the time we named, call:"), " ", callLink("headquarters")),
    notAlone && h("p", { class: "noprint" }, t("We will not write to you. When you want an answer, open the conversation and say so.")),
    h("p", { class: "noprint line" }, h("a", { href: `/${document.documentElement.lang}/conversation/` }, t("Open my conversation"))),
  );
  askBeforeLosing(() => !check.isDone());
  void follow(outgoing, status);
}

export function showWords(words: readonly string[]): HTMLElement {
  return h("ol", { class: "words", id: "words" }, ...words.map((word) => h("li", {}, h("span", {}, word))));
}

// Two of the ten, so that a wrong note is found while the words are still on the screen.
function wordCheck(words: readonly string[]): { element: HTMLElement; isDone: () => boolean } {
  const asked = twoPlaces(words.length);
  let done = false;
  const answer = h("p", { role: "status" });
  const inputs = asked.map((place) =>
    h("input", { id: `word-${place}`, autocomplete: "off", spellcheck: "false", autocapitalize: "off" }),
  );
  const compare = (): void => {
    done = inputs.every((input, index) => isSame(input.value, words[(asked[index] ?? 1) - 1] ?? ""));
    answer.textContent = done
      ? t("Right. You can close this page now.")
      : t("Not the same yet. Look at the words once more.");
  };
  const element = h(
    "fieldset",
    { class: "noprint" },
    h("legend", {}, t("Have you kept them? Two of the words, please:")),
    h("p", { class: "why" }, t("Why: without the words nobody can open the answer, not even we.")),
    h(
      "div",
      { class: "two" },
      ...asked.map((place, index) =>
        h("div", {}, h("label", { for: `word-${place}` }, t("Word {n}", { n: place })), inputs[index]),
      ),
    ),
    h("p", { class: "go" }, h("button", { type: "button", id: "compare", click: compare }, t("Compare"))),
    answer,
  );
  return { element, isDone: () => done };
}

function isSame(typed: string, word: string): boolean {
  return separated(typed).map(folded).join(" ") === folded(word);
}

function twoPlaces(count: number): [number, number] {
  const [one = 0, two = 0] = crypto.getRandomValues(new Uint8Array(2));
  const half = Math.floor(count / 2);
  return [1 + (one % half), 1 + half + (two % (count - half))];
}

// Shows the files' way; what was cut off goes on from where it stopped.
function uploads(outgoing: Outgoing): HTMLElement {
  const place = h("div", {});
  const attempt = async (): Promise<void> => {
    try {
      await outgoing.upload(progressIn(place));
      if (outgoing.files > 0) show(place, h("p", {}, t("The files are in the mailbox.")));
      else hide(place);
    } catch (error) {
      const again = h("button", { type: "button", click: () => void attempt() }, t("Go on with the files"));
      show(place, ...troubleText(error).map((one) => h("p", {}, one)), again);
    }
  };
  askBeforeLosing(() => !outgoing.isUploaded);
  void attempt();
  return place;
}

// "The desk has it" only when the desk itself says so, in a message that nobody else can write.
async function follow(outgoing: Outgoing, status: HTMLElement): Promise<void> {
  show(status, h("li", {}, t("In the mailbox.")), h("li", {}, t("The people on duty have not fetched it yet. This page looks by itself.")));
  while (document.contains(status)) {
    await new Promise((resolve) => setTimeout(resolve, ASK_DESK_EVERY_MS));
    if (!(await outgoing.isReceived().catch(() => false))) continue;
    show(status, h("li", {}, t("In the mailbox.")), h("li", {}, h("strong", {}, t("The people on duty have it."))));
    return;
  }
}

async function copy(event: Event, words: readonly string[]): Promise<void> {
  const button = event.target as HTMLButtonElement;
  try {
    await navigator.clipboard.writeText(words.join(" "));
    button.textContent = t("Copied");
  } catch {
    button.textContent = t("Please write them down");
  }
}
