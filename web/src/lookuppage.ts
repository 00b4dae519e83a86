// The look-up page: what she pastes, which contacts are in it, and what is known of each.

import { at, h, hide, show } from "./element";
import { whenIdle } from "./idle";
import type { Answered, Row } from "./lookup";
import type { Identifier, Kind } from "./identifiers";
import { pageTrust, signedList } from "./signed";
import { sizeText, t } from "./text";
import { checkOf, type Check, vaultOf, type Tools, type Vault } from "./tools";
import type { Trust } from "./trust";
import type { WatchList } from "./watchlistfile";

const SETTLED_MS = 150;

interface Bench {
  vault: Vault;
  check: Check;
  trust: Trust;
  list: WatchList | undefined;
  isFetching: boolean;
}

export function lookupPage(tools: Tools): void {
  void Promise.all([vaultOf(tools), checkOf(tools)]).then(([vault, check]) => {
    const bench: Bench = { vault, check, trust: pageTrust(), list: undefined, isFetching: false };
    void receive(bench, signedList(tools));
    armField(bench);
    armCode(bench);
    whenIdle(() => vault.rehearse());
  });
}

// The list is fetched before she asks, so that asking is one request.
async function receive(bench: Bench, coming: Promise<WatchList>): Promise<void> {
  const root = document.documentElement;
  try {
    bench.list = await coming;
    tellOfParts(bench);
    root.dataset["list"] = "";
  } catch {
    root.dataset["list"] = "missing";
  }
}

// A long list comes in parts; where all of it may be had, she may rather take that.
function tellOfParts(bench: Bench): void {
  const { list } = bench;
  const place = at("parts");
  if (!list?.cut || list.entries) return hide(place);
  const fetchAll = (): void => {
    show(place, h("p", {}, t("Fetching…")));
    void receive(bench, bench.vault.withWhole(bench.trust, list)).then(() => tellOfParts(bench));
  };
  show(
    place,
    h("p", { class: "why" }, t("The list is long, so only one part of it is fetched for each contact. Our server sees which part; at least 50,000 phone numbers share it.")),
    list.wholeSize > 0 && h("button", { type: "button", id: "whole", click: fetchAll }, t("Rather fetch the whole list ({size})", { size: sizeText(list.wholeSize) })),
  );
}

function armField(bench: Bench): void {
  const pasted = at<HTMLTextAreaElement>("pasted");
  const button = at<HTMLButtonElement>("look");
  let waiting = 0;
  pasted.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = window.setTimeout(() => preview(bench, pasted.value), SETTLED_MS);
    prepare(bench);
  });
  button.disabled = false;
  button.addEventListener("click", () => {
    clearTimeout(waiting);
    button.disabled = true;
    void answer(bench, pasted.value).finally(() => (button.disabled = false));
  });
}

// A list that is too long for every page is fetched while she types.
function prepare(bench: Bench): void {
  const { list } = bench;
  if (!list || list.cut || list.entries || bench.isFetching) return;
  bench.isFetching = true;
  void receive(bench, bench.vault.withWhole(bench.trust, list)).finally(() => (bench.isFetching = false));
}

// What is recognised, in its one spelling, while she types.
function preview(bench: Bench, text: string): void {
  const { identifiers, left } = bench.vault.identifiersIn(text);
  hide(at("answers"));
  if (text.trim() === "") return hide(at("found"));
  if (identifiers.length === 0) return show(at("found"), h("p", {}, nothingIn(text)));
  show(
    at("found"),
    h("p", {}, t("Found:")),
    h("ul", { class: "plain" }, ...identifiers.map((one) => h("li", {}, ...titled(one)))),
    left > 0 && h("p", {}, tooMany(identifiers.length)),
  );
}

function nothingIn(text: string): string {
  if (/\d{3}|@/.test(text)) return t("That is not a complete number, account or link yet.");
  return t("Paste a phone number, an @account, a card, a wallet or a link. A name cannot be looked up here.");
}

function tooMany(count: number): string {
  return t("There are more than can be asked at once: these are the first {n}. Ask about the others afterwards.", { n: count });
}

async function answer(bench: Bench, text: string): Promise<void> {
  const { identifiers, left } = bench.vault.identifiersIn(text);
  if (identifiers.length === 0) return preview(bench, text || " ");
  hide(at("found"));
  show(at("answers"), h("p", {}, t("Asking…")));
  try {
    const answered = await bench.vault.lookUp(bench.trust, bench.list, identifiers);
    bench.list = answered.list;
    showRows(bench, answered.rows, [left > 0 && h("p", {}, tooMany(identifiers.length)), whatWasSent(answered)]);
  } catch (error) {
    const rows = identifiers.map((one): Row => ({ identifier: one, answer: "could not check", tactics: [], name: "" }));
    showRows(bench, rows, [h("p", {}, whyNot(error))]);
  }
}

function showRows(bench: Bench, rows: readonly Row[], after: (HTMLElement | false)[]): void {
  const report = h("a", { class: "button", href: `/${document.documentElement.lang}/report/` }, t("Tell people who can help"));
  show(at("answers"), ...rows.map((row) => drawn(bench, row)), h("p", { class: "go" }, report), ...after);
  at("answers").focus();
}

function drawn(bench: Bench, row: Row): HTMLElement {
  return h(
    "article",
    { class: "answer", "data-answer": row.answer },
    h("p", {}, ...titled(row.identifier)),
    h("h2", {}, headline(row)),
    ...said(bench, row).map((sentence) => h("p", {}, sentence)),
  );
}

function headline({ answer: given, name }: Row): string {
  switch (given) {
    case "reported":
      return t("Reported: it was used to pressure or deceive families");
    case "official":
      return name ? t("Official: it belongs to “{name}”", { name }) : t("Official: it belongs to an official body");
    case "not known":
      return t("Not known. That does not mean that it is harmless");
    default:
      return t("Could not check. That says nothing about this contact");
  }
}

function said({ check }: Bench, { answer: given, tactics }: Row): (string | HTMLElement)[] {
  if (given === "reported") return [...known(check, tactics), t("Do not answer and do nothing they ask. Keep the messages. You did not bring this on yourself.")];
  if (given === "official") return [t("The number shown on a phone can be forged. End the call, then dial this number yourself.")];
  if (given === "not known") return [t("New numbers appear every day. Check the message itself, or tell us about it.")];
  return [];
}

function known(check: Check, tactics: readonly string[]): HTMLElement[] {
  const words = check.tacticWords(tactics, document.documentElement.lang);
  const inside = words.map((word) => word.charAt(0).toLocaleLowerCase() + word.slice(1));
  return words.length ? [h("span", {}, `${t("What they do:")} ${inside.join("; ")}.`)] : [];
}

function whyNot(error: unknown): string {
  const code = (error as { code?: unknown } | null)?.code;
  if (code === "clock") return t("The signed list is not valid for the date on this device. Check the date and the time, then ask again.");
  return t("The list or the answer could not be had or proved just now. Ask again in a few minutes, or call the official number.");
}

function whatWasSent({ sent: count, parts }: Answered): HTMLElement {
  return h(
    "details",
    { class: "sent" },
    h("summary", {}, t("What was sent, and what was not")),
    h("p", {}, t("Sent: {n} blinded points, always {n} for a question of this size, whatever it is about. Nobody can turn them back into what you asked.", { n: count })),
    h("p", {}, t("Not sent: the number or account, your name, the answer. The answer was found on this device, in a signed list.")),
    parts > 0 && h("p", {}, t("Fetched: {n} of the list's equal parts. Our server sees which; at least 50,000 phone numbers share each.", { n: parts })),
    h("p", {}, t("Whoever runs your network can see that this page asked something, not what.")),
  );
}

function titled({ kind, value }: Identifier): (string | HTMLElement)[] {
  const shown = kind === "telegram" ? `@${value}` : value;
  return [h("b", { class: "identifier" }, shown), " ", h("span", { class: "why" }, kindWord(kind))];
}

function kindWord(kind: Kind): string {
  switch (kind) {
    case "phone":
      return t("phone number");
    case "email":
      return t("e-mail address");
    case "iban":
      return t("bank account");
    case "card":
      return t("bank card");
    case "url":
      return t("link");
    case "domain":
      return t("website");
    case "whatsapp":
      return "WhatsApp";
    default:
      return `${kind[0]?.toUpperCase() ?? ""}${kind.slice(1)}`;
  }
}

// A code opens the real words, to compare by eye: a copied code proves nothing.
function armCode(bench: Bench): void {
  const field = at<HTMLInputElement>("code");
  const button = at<HTMLButtonElement>("open-code");
  button.disabled = false;
  button.addEventListener("click", () => void openCode(bench, field.value));
}

async function openCode({ vault, trust }: Bench, typed: string): Promise<void> {
  const place = at("real");
  if (typed.trim() === "") return show(place, h("p", {}, t("Type the code that stands in the message.")));
  show(place, h("p", {}, t("Asking…")));
  try {
    const alert = await vault.realAlert(trust, typed, document.documentElement.lang);
    if (!alert) return show(place, h("p", {}, t("We published no warning with this code. Do not do what the message asks.")));
    if (alert.isOver) return show(place, h("p", {}, t("The warning with this code has ended or was withdrawn. Do not do what the message asks.")));
    show(
      place,
      h("p", {}, t("This is what we really published. Compare it word by word: a copied code proves nothing.")),
      h(
        "article",
        { class: "alert" },
        h("h3", {}, alert.headline),
        h("p", {}, alert.text),
        alert.advice !== "" && h("p", {}, h("strong", {}, alert.advice)),
      ),
    );
  } catch {
    show(place, h("p", {}, t("Could not check now. Do not rely on the message; call the official number.")));
  }
}
