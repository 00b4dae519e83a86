// The answer of the check, in the order that helps: danger to life, what to do, why we say so.

import { callLink } from "./calls";
import { h } from "./element";
import { ladder } from "./ladder";
import type { CheckedChat } from "./reading";
import { dayText, t } from "./text";
import type { Check } from "./tools";

const QUOTES_SHOWN = 30;

export function verdict(check: Check, chat: CheckedChat, report: HTMLElement): HTMLElement[] {
  const { assessment } = chat;
  const language = document.documentElement.lang;
  const about = check.textsOf(assessment, language);
  const parts = [
    assessment.physical && danger(),
    assessment.support && support(),
    h(
      "div",
      { class: "answer", "data-band": assessment.band },
      h("h2", {}, headline(assessment.band, assessment.route)),
      ...sentencesOf(chat).map((sentence) => h("p", {}, sentence)),
    ),
    assessment.band !== "none" && section(t("What to do now"), about.advice),
    h("p", { class: "go" }, report),
    section(t("What they are doing"), about.tactics),
    quotes(chat),
    assessment.stage !== null && ladder(assessment.stage),
    section(t("What usually comes next"), about.follows.map(({ text, source }) => [text, " ", h("span", { class: "why" }, source)])),
    assessment.band !== "none" && h("p", {}, h("strong", {}, t("If he himself spoke: he may have been forced; do not blame him."))),
    h("p", { class: "why" }, t("Checked by rules for known patterns, on this device. It can be wrong; a person can look too.")),
  ];
  return parts.filter((part) => part instanceof HTMLElement);
}

// The four answers, in words that never promise that nothing can happen.
export function headline(band: string, route: string): string {
  if (band === "stop" && route === "fraud") return t("Stop: this is a demand for money, as fraudsters make it");
  if (band === "stop") return t("Stop: this is coercion");
  if (band === "warning" && route === "fraud") return t("Careful: this is becoming a fraud");
  if (band === "warning") return t("Careful: this is how coercion begins");
  if (band === "verify") return t("Cannot tell: verify it");
  return t("No known sign");
}

function sentencesOf({ assessment }: CheckedChat): string[] {
  const { band, route, described } = assessment;
  if (described && band === "none") return [t("This text describes such a contact; it is not one itself."), ...noSign()];
  if (band === "stop" && route === "fraud") return [t("Send nothing. You did not bring this on yourself.")];
  if (band === "stop") return [t("Do nothing they ask. You did not bring this on yourself, and you are not alone with it.")];
  if (band === "warning") return [t("There is no demand yet. It usually comes later, in small steps.")];
  if (band === "verify") return [t("A real office and an impostor write alike. End the contact, then call back on the official number.")];
  return noSign();
}

function noSign(): string[] {
  return [
    t("That does not mean that it is harmless."),
    t("Watch for: questions about him or you, secrecy, haste, a small task, money, a parcel, a place to photograph."),
  ];
}

function danger(): HTMLElement {
  const call = (number: string): HTMLElement => h("a", { href: `tel:${number}` }, number);
  return h(
    "section",
    { class: "danger" },
    h("h2", {}, t("Danger to life comes first")),
    h("p", {}, h("strong", {}, t("Do not open, move or carry it. Leave, keep others away, call."))),
    h("p", { class: "calls" }, call("101"), " ", call("102"), " ", call("112")),
    h("p", {}, t("Abroad: call the local police, then the Ukrainian embassy.")),
  );
}

// Whom to call when it is too much to bear.
export function support(): HTMLElement {
  return h(
    "section",
    { class: "note" },
    h("h2", {}, t("You need not carry this alone")),
    h("p", {}, t("Someone is there, day and night, free:"), " ", callLink("support")),
  );
}

function section(title: string, lines: readonly (string | (Node | string)[])[]): HTMLElement | null {
  if (lines.length === 0) return null;
  return h("section", {}, h("h2", {}, title), h("ul", {}, ...lines.map((line) => h("li", {}, ...[line].flat()))));
}

function quotes({ messages, assessment }: CheckedChat): HTMLElement | null {
  const marked = [...new Set(assessment.spans.map(([message]) => message))].sort((a, b) => a - b);
  if (marked.length === 0 || messages.length === 0) return null;
  const shown = marked.slice(0, QUOTES_SHOWN).map((index) => {
    const message = messages[index];
    const spans = assessment.spans.filter(([one]) => one === index).map(([, start, end]) => [start, end] as const);
    const day = message?.at?.slice(0, 10);
    return h("li", {}, day && h("span", { class: "when" }, `${dayText(day)} `), ...highlighted(message?.text ?? "", spans));
  });
  const more = marked.length - shown.length;
  return h(
    "section",
    {},
    h("h2", {}, t("Which words show it")),
    h("ul", { class: "quoted" }, ...shown),
    more > 0 && h("p", {}, t("and {n} more messages", { n: more })),
  );
}

// Spans count code points; strings count UTF-16 units, so the text is cut as code points.
export function highlighted(text: string, spans: readonly (readonly [number, number])[]): (Node | string)[] {
  const points = [...text];
  const inside = new Array<boolean>(points.length).fill(false);
  for (const [start, end] of spans) inside.fill(true, start, end);
  const parts: (Node | string)[] = [];
  let begin = 0;
  for (let index = 1; index <= points.length; index += 1) {
    if (index < points.length && inside[index] === inside[begin]) continue;
    const piece = points.slice(begin, index).join("");
    parts.push(inside[begin] ? h("mark", {}, piece) : piece);
    begin = index;
  }
  return parts;
}
