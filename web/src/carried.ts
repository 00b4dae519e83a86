// What a check carries over into the report: the chat, and only as much of it as she agrees to.

import { h, show } from "./element";
import { t } from "./text";

export interface ChatMessage {
  from: "them" | "me";
  at: string | null;
  text: string;
}

export interface Carried {
  format: string;
  messages: readonly ChatMessage[];
  marked: ReadonlySet<number>;
  answers: Readonly<Record<string, true>>;
}

type Amount = "all" | "marked" | "none";

// Shows the choice in `place`; the returned function gives what is chosen at that moment.
export function offerChat(place: HTMLElement, carried: Carried): () => Carried {
  let amount: Amount = "all";
  const choice = (value: Amount, label: string): HTMLElement =>
    h(
      "label",
      { class: "tick" },
      h("input", {
        type: "radio",
        name: "amount",
        value,
        checked: value === amount,
        change: () => (amount = value),
      }),
      h("span", {}, label),
    );
  const some = carried.marked.size > 0 && carried.marked.size < carried.messages.length;
  const chat = carried.messages.length > 0;
  const chosen = (): Carried => ({ ...carried, messages: chosenOf(carried, amount) });
  show(
    place,
    chat &&
      h(
        "fieldset",
        {},
        h("legend", {}, t("What do we take over from the check?")),
        h("p", { class: "why" }, t("Why: their exact words help most. You decide how much.")),
        choice("all", t("The whole chat ({n} messages)", { n: carried.messages.length })),
        some && choice("marked", t("Only the marked messages ({n})", { n: carried.marked.size })),
        choice("none", t("Nothing of the chat")),
      ),
    !chat && h("p", {}, t("Your answers about the call are taken over.")),
  );
  return chosen;
}

function chosenOf(carried: Carried, amount: Amount): readonly ChatMessage[] {
  if (amount === "none") return [];
  if (amount === "all") return carried.messages;
  return carried.messages.filter((_message, index) => carried.marked.has(index));
}
