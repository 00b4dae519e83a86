// The report, step by step: everything stays in this page's memory until "Send".

import { offerChat, type Carried } from "./carried";
import type { Draft, Outgoing } from "./delivery";
import { heedDespair } from "./despair";
import { at, h, hide, show } from "./element";
import { fileList } from "./filelist";
import { firstLetters } from "./letters";
import { progressIn } from "./progress";
import { showReceipt } from "./receiptpage";
import { stepsOf, type Step, type Steps } from "./steps";
import { sizeText, t } from "./text";
import { contextOf, vaultOf, type Tools } from "./tools";
import { troubleText } from "./trouble";
import { askBeforeLosing } from "./unsaved";

const LONGEST_REGION = 100;
const NOTHING: Carried = { format: "none", messages: [], marked: new Set(), answers: {} };

export function reportPage(tools: Tools): void {
  mountReport(tools);
}

// From the check: straight to the words, with what the check saw.
export function reportFromCheck(tools: Tools, carried: Carried): void {
  at("check").hidden = true;
  at("report").hidden = false;
  mountReport(tools, carried).go("story");
}

function mountReport(tools: Tools, carried: Carried = NOTHING): Steps {
  const files = fileList();
  const chat = carried === NOTHING ? () => NOTHING : offerChat(at("carried"), carried);
  const draft = (): Draft => draftOf(chat(), files());
  let sent = false;
  let outgoing: Outgoing | null = null;
  const steps = stepsOf(at("story"), (step: Step) => {
    if (step === "send") summarize(draft());
    outgoing = null; // what was changed since the last attempt is sealed anew
  });
  const written = at<HTMLTextAreaElement>("words-of-it");
  written.addEventListener("change", () => void heedDespair(tools, at("story"), written.value));
  at("send").addEventListener("click", () => void send());
  askBeforeLosing(() => !sent && !isEmpty(draft()));
  return steps;

  async function send(): Promise<void> {
    if (isEmpty(draft())) return complain(t("There is nothing to send yet. Write a few words, or go back."));
    const button = at<HTMLButtonElement>("send");
    button.disabled = true;
    hide(at("trouble"));
    try {
      const vault = await vaultOf(tools);
      const going = (outgoing ??= await vault.prepare(draft(), await contextOf(tools)));
      await going.deliver(progressIn(at("sending")));
      sent = true;
      showReceipt({ section: steps.section("receipt"), outgoing: going, notAlone: draft().notAlone });
      steps.go("receipt");
    } catch (error) {
      complain(...troubleText(error));
    } finally {
      button.disabled = false;
      hide(at("sending"));
    }
  }
}

function draftOf(carried: Carried, files: readonly File[]): Draft {
  return {
    text: at<HTMLTextAreaElement>("words-of-it").value.trim(),
    language: document.documentElement.lang as Draft["language"],
    region: regionOf(at<HTMLInputElement>("region")),
    under18: at<HTMLInputElement>("young").checked,
    notAlone: at<HTMLInputElement>("alone").checked,
    chat: carried.messages.length ? { format: carried.format, messages: carried.messages } : null,
    answers: carried.answers,
    files,
    strip: at<HTMLInputElement>("strip").checked,
  };
}

// The code of a region of the list (ISO 3166-2), otherwise what she typed.
function regionOf(input: HTMLInputElement): string {
  const typed = firstLetters(input.value.trim(), LONGEST_REGION);
  const options = [...(input.list?.options ?? [])];
  return options.find((one) => one.value === typed)?.dataset["code"] ?? typed;
}

function isEmpty(draft: Draft): boolean {
  const answers = Object.keys(draft.answers).length;
  return !draft.text && !draft.chat && !draft.files.length && !answers;
}

function summarize(draft: Draft): void {
  const size = draft.files.reduce((sum, file) => sum + file.size, 0);
  const lines = [
    draft.text ? t("Your words: {n} characters", { n: [...draft.text].length }) : t("No words of yours"),
    draft.chat && t("The chat: {n} messages", { n: draft.chat.messages.length }),
    Object.keys(draft.answers).length > 0 && t("Your answers about the call"),
    draft.files.length > 0 &&
      t("Files: {n}, {size}", { n: draft.files.length, size: sizeText(size) }),
    draft.region && t("Region: {region}", { region: at<HTMLInputElement>("region").value.trim() }),
    draft.under18 && t("You are under 18"),
    draft.notAlone && t("We will not write to you"),
  ];
  show(
    at("summary"),
    h("p", {}, h("strong", {}, t("This will be sealed and sent:"))),
    h("ul", {}, ...lines.map((line) => line && h("li", {}, line))),
    h("p", { class: "why" }, t("Everything else stays on this device.")),
  );
}

function complain(...sentences: readonly (string | Node)[]): void {
  show(at("trouble"), ...sentences.map((sentence) => h("p", {}, sentence)));
  at("trouble").scrollIntoView({ block: "nearest" });
}
