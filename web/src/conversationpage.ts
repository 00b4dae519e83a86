// The conversation: empty until the ten words are typed, forgotten when the page is left.

import type { Conversation, Entry } from "./conversation";
import { heedDespair } from "./despair";
import { at, h, hide, show } from "./element";
import { progressIn } from "./progress";
import { showWords } from "./receiptpage";
import { dayText, t } from "./text";
import { contextOf, vaultOf, wordsOf, type Tools } from "./tools";
import { troubleText } from "./trouble";
import { askBeforeLosing } from "./unsaved";

export function conversationPage(tools: Tools): void {
  const words = at<HTMLTextAreaElement>("receipt");
  const button = at<HTMLButtonElement>("open");
  button.disabled = false;
  button.addEventListener("click", () => void open());
  askBeforeLosing(() => at("conversation").hidden && words.value.trim() !== "");

  async function open(): Promise<void> {
    button.disabled = true;
    hide(at("receipt-trouble"));
    show(at("opening"), t("Opening on this device…"));
    try {
      const vault = await vaultOf(tools);
      const conversation = await vault.open(words.value, await contextOf(tools, words.value));
      words.value = "";
      at("door").hidden = true;
      draw(tools, conversation);
      at("conversation").focus();
    } catch (error) {
      show(at("receipt-trouble"), ...wordTrouble(error).map((one) => h("p", {}, one)));
    } finally {
      button.disabled = false;
      hide(at("opening"));
    }
  }
}

// Names the word that is in no list; otherwise seven bits cannot say which one is wrong.
function wordTrouble(error: unknown): (string | Node)[] {
  const { code, position } = error as { code?: string; position?: number };
  if (code === "unknown-word") {
    return [t("Word {n} is not one of our words. Look at its letters once more.", { n: position ?? 0 })];
  }
  if (code === "word-count") return [t("There should be ten words. Now there are {n}.", { n: position ?? 0 })];
  if (code === "wrong-word") return [t("One of the words is not right, or two are in the wrong order. Nothing was sent.")];
  return troubleText(error);
}

function draw(tools: Tools, conversation: Conversation): void {
  const place = at("conversation");
  const trouble = h("div", { role: "alert", class: "trouble", hidden: true });
  const attempt = async (act: () => Promise<void>): Promise<void> => {
    hide(trouble);
    try {
      await act();
    } catch (error) {
      show(trouble, ...troubleText(error).map((one) => h("p", {}, one)));
      trouble.scrollIntoView({ block: "nearest" });
    }
  };
  const again = (): Promise<void> =>
    attempt(async () => {
      await conversation.refresh();
      draw(tools, conversation);
    });
  const typed = [...place.querySelectorAll("textarea")].map(({ value }) => value);
  show(
    place,
    h("h1", {}, t("Your conversation")),
    conversation.entries.length === 0 && h("p", {}, nothingYet()),
    ...conversation.entries.map(entryOf),
    h("p", { class: "go" }, h("button", { type: "button", id: "refresh", click: () => void again() }, t("Look for something new"))),
    trouble,
    writing(tools, conversation, { attempt, again }),
    ...acts(tools, conversation, attempt),
    complaining(tools, conversation, { attempt, again }),
  );
  place.querySelectorAll("textarea").forEach((one, number) => (one.value = typed[number] ?? ""));
}

// An empty mailbox and one that never was look alike, so the sentence must fit both.
function nothingYet(): string {
  return t("There is nothing here yet. If these are your words, your message may still be on its way, the conversation was deleted, or its words were changed.");
}

function entryOf(entry: Entry): HTMLElement {
  const day = dayText(entry.day);
  if (entry.kind === "refused") {
    return h("article", { class: "entry" }, h("p", { class: "when" }, day), h("p", { class: "refused" }, t("Refused: this was not written by the people on duty. It is not shown. Do not follow anything that mentions it.")));
  }
  if (entry.from === "me") {
    return h("article", { class: "entry mine" }, h("p", { class: "when" }, t("You wrote on {day}", { day })), entry.text);
  }
  if (entry.kind === "gap") return h("p", { class: "refused" }, t("Something from the people on duty is missing here."));
  return h("article", { class: "entry" }, h("p", { class: "when" }, t("From the people on duty, {day}", { day })), entry.kind === "received" ? t("We have your message.") : entry.text);
}

interface Acting {
  attempt(act: () => Promise<void>): Promise<void>;
  again(): Promise<void>;
}

function writing(tools: Tools, conversation: Conversation, { attempt, again }: Acting): HTMLElement {
  const text = h("textarea", { id: "answer", rows: "5", autocomplete: "off", spellcheck: "false", "aria-describedby": "answer-why" });
  const progress = h("div", { class: "progress", role: "status", hidden: true });
  askBeforeLosing(() => document.contains(text) && text.value.trim() !== "");
  text.addEventListener("change", () => void heedDespair(tools, at("conversation"), text.value));
  const send = (): Promise<void> =>
    attempt(async () => {
      if (text.value.trim() === "") return;
      try {
        const written = text.value.trim();
        await conversation.write(written, progressIn(progress));
        text.value = "";
        await again();
        await heedDespair(tools, at("conversation"), written);
      } finally {
        hide(progress);
      }
    });
  return h(
    "section",
    {},
    h("h2", {}, h("label", { for: "answer" }, t("Write back"))),
    h("p", { id: "answer-why", class: "why" }, t("It is sealed on this device. You may also write nothing.")),
    text,
    h("p", { class: "go" }, h("button", { type: "button", class: "main", id: "write", click: () => void send() }, t("Send"))),
    progress,
  );
}

// The people on duty never see it, nor that there is one: it is sealed to the auditor.
function complaining(tools: Tools, conversation: Conversation, { attempt, again }: Acting): HTMLElement {
  const text = h("textarea", { id: "complaint", rows: "5", maxlength: "2900", autocomplete: "off", spellcheck: "false", "aria-describedby": "complaint-why" });
  askBeforeLosing(() => document.contains(text) && text.value.trim() !== "");
  const send = (): Promise<void> =>
    attempt(async () => {
      const written = text.value.trim();
      if (written === "") return;
      await conversation.complain(written);
      text.value = "";
      await again();
      show(at("complaint-sent"), h("p", {}, t("Sealed and sent. Only the auditor opens it.")));
      await heedDespair(tools, at("conversation"), written);
    });
  return h(
    "section",
    {},
    h("h2", {}, h("label", { for: "complaint" }, t("Complain about the people on duty"))),
    h("p", { id: "complaint-why", class: "why" }, t("It is sealed here for the auditor alone. The people on duty cannot read it and do not see that you complained. The auditor sees which conversation it is about. Nobody answers it here: if something is urgent, write above or call.")),
    text,
    h("p", { class: "go" }, h("button", { type: "button", id: "complain", click: () => void send() }, t("Send to the auditor"))),
    h("div", { id: "complaint-sent", role: "status" }),
  );
}

function acts(tools: Tools, conversation: Conversation, attempt: Acting["attempt"]): HTMLElement[] {
  const outcome = h("div", { role: "status" });
  const act = (label: string, attributes: Record<string, string>, run: () => Promise<void>): HTMLElement =>
    h("button", { type: "button", ...attributes, click: () => void attempt(run) }, label);
  return [
    h("h2", {}, t("If someone may see this")),
    h(
      "p",
      { class: "go" },
      act(t("Do not write to me, I am not alone"), { id: "stop-writing" }, async () => {
        await conversation.stopWriting();
        show(outcome, h("p", {}, t("Sent. No further answer will be written until you ask for one.")));
      }),
      act(t("Change my words"), { id: "change-words" }, async () => {
        const { words } = await wordsOf(tools);
        const next = await conversation.move({ words }).catch((error: unknown) => {
          const begun = conversation.nextWords;
          if (begun) show(outcome, h("p", {}, t("It may not be finished. Write down these words too, keep the old ones, and press the button again.")), showWords(begun));
          throw error;
        });
        show(outcome, h("p", {}, t("Use these words from now on. As soon as we have read this, usually within minutes, the old words open nothing any more.")), showWords(next));
      }),
      act(t("Delete this conversation now"), { id: "delete", class: "grave" }, async () => {
        await conversation.remove();
        show(at("conversation"), h("h1", {}, t("Deleted")), h("p", {}, t("The mailbox is empty. What the people on duty already have, they were asked to delete.")));
      }),
    ),
    outcome,
  ];
}
