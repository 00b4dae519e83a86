// The desk's page: opens cases beside the queue, keys for every act, news of the queue.
//
// Pages are whole without this file. HTML is fetched as a document (XMLHttpRequest parses it, no
// string becomes HTML here), so it runs under require-trusted-types-for 'script'.

import { chooseAgain, chooseHere, chosenCases, watchChoices } from "./deskchoices.js";
import { watchIdle } from "./deskidle.js";
import { watchAlert } from "./desklive.js";
import { openPalette } from "./deskpalette.js";
import { askForPasskeys } from "./deskpasskey.js";
import { send } from "./desksend.js";
import { watchTemplates } from "./desktemplates.js";

const POLL_SECONDS = 15;
const PARTS = ["queue", "case", "dossier", "undo"];
const HERE_SECONDS = 60;
const TYPING = "input, textarea, select";

let blurKeyAt = -Infinity;

// Fetch a page of the desk as a parsed document; null when it is no page of ours any more.
function fetchPage(address: string, header = ""): Promise<Document | null> {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    request.open("GET", address);
    request.responseType = "document";
    if (header) request.setRequestHeader(header, "1");
    request.onload = () => resolve(request.status === 200 ? request.responseXML : null);
    request.onerror = () => resolve(null);
    request.send();
  });
}

function replacePart(id: string, page: Document): void {
  const fresh = page.getElementById(id);
  const old = document.getElementById(id);
  if (fresh && old) old.replaceWith(document.importNode(fresh, true));
}

// Open a case in the panes; without them (or when anything is odd) the browser goes there itself.
async function openCase(address: string, push = true): Promise<void> {
  const page = await aheadOrNow(address);
  if (!page?.getElementById("case") || !document.getElementById("case")) {
    location.assign(address);
    return;
  }
  const scrolled = document.getElementById("queue")?.scrollTop ?? 0;
  for (const part of PARTS) replacePart(part, page);
  document.body.className = page.body.className;
  document.title = page.title;
  if (push) history.pushState(null, "", address);
  document.getElementById("queue")?.scrollTo(0, scrolled);
  document.getElementById("case")?.scrollTo(0, 0);
  if (!isWide()) scrollTo(0, 0);
  markHere();
  fetchAhead();
}

function isWide(): boolean {
  return matchMedia("(min-width: 61rem)").matches;
}

function links(): HTMLAnchorElement[] {
  return [...document.querySelectorAll<HTMLAnchorElement>("#rows a.open")];
}

// Move the focus in the queue by one; from nowhere it starts at the open case or at the top.
function move(step: number): void {
  const all = links();
  const focused = all.indexOf(document.activeElement as HTMLAnchorElement);
  const here = all.findIndex((link) => link.hasAttribute("aria-current"));
  const from = focused >= 0 ? focused : here;
  const next = all[Math.min(all.length - 1, Math.max(0, from + step))];
  next?.focus();
  next?.closest("li")?.scrollIntoView({ block: "nearest" });
}

function press(key: string): boolean {
  const all = [...document.querySelectorAll<HTMLElement>(`[data-key="${key}"]`)];
  const target = all.find((one) => !one.closest("[hidden]"));
  if (!target) return false;
  if (target.matches(TYPING)) target.focus();
  else target.click();
  return true;
}

function view(number: number): boolean {
  const own = document.querySelector<HTMLAnchorElement>(`.views [data-view="${number}"]`);
  const shared = document.querySelectorAll<HTMLAnchorElement>(".views a:not([data-view])");
  const link = own ?? shared[number - 1];
  link?.click();
  return link !== undefined;
}

const KEYS: Record<string, () => boolean | void> = {
  j: () => move(1),
  k: () => move(-1),
  "/": () => document.getElementById("search")?.focus(),
  "?": () => (document.getElementById("sheet") as HTMLDialogElement).showModal(),
};
KEYS["x"] = () => chooseHere(links());
for (const key of ["u", "r", "n", "a", "w", "e", "z", "f", "l", "t", "m"]) KEYS[key] = () => press(key);
for (let number = 1; number <= 9; number += 1) KEYS[String(number)] = () => view(number);

// The same keys on a Ukrainian keyboard: by their place, whatever letter stands there.
function keyOf(event: KeyboardEvent): string {
  if (event.key === "?" || event.key === "/") return event.key;
  if (event.code === "Slash") return event.shiftKey ? "?" : "/";
  const place = /^(?:Key|Digit)(.)$/.exec(event.code);
  return place?.[1]?.toLowerCase() ?? event.key;
}

document.addEventListener("keydown", (event) => {
  const typing = (event.target as Element).matches?.(TYPING);
  if (document.body.classList.contains("blurred")) return document.body.classList.remove("blurred");
  if (keyOf(event) === "k" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    return openPalette();
  }
  if (event.key === "Escape") return escape(event, typing);
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && typing) {
    (event.target as HTMLInputElement).form?.requestSubmit();
    return;
  }
  if (typing || event.ctrlKey || event.altKey || event.metaKey) return;
  if (document.querySelector("dialog[open]")) return;
  const act = KEYS[keyOf(event)];
  if (act && act() !== false) event.preventDefault();
});

// Once leaves a field; twice within a second blurs the screen until a key or a tap.
function escape(event: KeyboardEvent, typing: boolean): void {
  if (typing) (event.target as HTMLElement).blur();
  const twice = event.timeStamp - blurKeyAt < 1000;
  blurKeyAt = twice ? -Infinity : event.timeStamp;
  if (twice) document.body.classList.add("blurred");
}

document.addEventListener("click", (event) => {
  const target = event.target as Element;
  document.body.classList.remove("blurred");
  if (target.closest("[data-help]")) {
    (document.getElementById("sheet") as HTMLDialogElement).showModal();
    return;
  }
  const link = target.closest<HTMLAnchorElement>("a.open");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
  if (isWriting()) return;
  event.preventDefault();
  void openCase(link.href);
});

addEventListener("popstate", () => {
  void openCase(location.href, false);
});

function isWriting(): boolean {
  const fields = document.querySelectorAll<HTMLTextAreaElement>("#write textarea");
  return [...fields].some((field) => field.value.trim() !== "");
}

addEventListener("beforeunload", (event) => {
  if (isWriting() && !document.activeElement?.closest("form")) event.preventDefault();
});

// The case after the open one, fetched while this one is read. The desk notes what it gave out.
let ahead: { address: string; page: Promise<Document | null> } | null = null;

function fetchAhead(): void {
  const all = links();
  const open = document.getElementById("case")?.dataset.case;
  const here = all.findIndex((link) => open && new URL(link.href).pathname.includes(open));
  const next = all[here + 1];
  if (here < 0 || !next || next.href === ahead?.address) return;
  ahead = { address: next.href, page: fetchPage(next.href, "X-Ahead") };
}

// What was fetched ahead has no list: the one on the screen stays.
async function aheadOrNow(address: string): Promise<Document | null> {
  const fetched = ahead?.address === address ? await ahead.page : null;
  ahead = null;
  if (!fetched?.getElementById("case")) return fetchPage(address);
  void send(`${new URL(address, location.href).pathname}opened/`);
  return fetched;
}

// Say that the case is still on this screen; show who else has it open.
async function stillHere(): Promise<void> {
  const open = document.getElementById("case")?.dataset.case;
  if (!open || document.hidden) return;
  const told = await send(`/cases/${open}/here/`);
  const names = told ? ((JSON.parse(told) as { others: string[] }).others ?? []) : [];
  const strip = document.getElementById("others");
  const shown = strip?.querySelector("[data-others]");
  if (shown) shown.textContent = names.join(", ");
  if (strip) strip.hidden = names.length === 0;
}

// Bring news of the queue without touching what somebody reads or writes.
async function poll(): Promise<void> {
  const queue = document.getElementById("queue");
  const idle = !queue?.contains(document.activeElement) || document.activeElement?.matches("a");
  if (!queue || document.hidden || !idle) return;
  const page = await fetchPage(listAddress(), "X-Background");
  const focused = (document.activeElement as HTMLAnchorElement | null)?.href;
  if (page) keepPlace(() => replacePart("queue", page));
  links().find((link) => focused && link.href === focused)?.focus();
}

// The list alone: asking for a case again would be one more act in the audit.
function listAddress(): string {
  const asked = new URLSearchParams(location.search);
  return `/?${asked.toString()}`;
}

function keepPlace(change: () => void): void {
  const scrolled = document.getElementById("queue")?.scrollTop ?? 0;
  const here = document.querySelector("#rows .here code")?.textContent ?? undefined;
  const chosen = chosenCases();
  change();
  chooseAgain(chosen);
  document.getElementById("queue")?.scrollTo(0, scrolled);
  markHere(here);
}

// The open case stands out in the list, whichever way it came on the screen.
function markHere(open = document.getElementById("case")?.dataset.case): void {
  for (const row of document.querySelectorAll("#rows .row")) {
    row.classList.toggle("here", Boolean(open) && row.querySelector("code")?.textContent === open);
  }
}

// Count down the ten seconds in which a reply can be taken back, then show that it left.
function countDown(): void {
  for (const form of document.querySelectorAll<HTMLElement>("[data-leaves]")) {
    const left = Math.ceil((Date.parse(form.dataset.leaves ?? "") - Date.now()) / 1000);
    const shown = form.querySelector("[data-countdown]");
    if (shown) shown.textContent = left > 0 ? `${left}` : "";
    form.hidden = left <= 0;
  }
}

if (document.getElementById("queue")) {
  setInterval(() => void poll(), POLL_SECONDS * 1000);
  setInterval(() => void stillHere(), HERE_SECONDS * 1000);
  fetchAhead();
}
setInterval(countDown, 500);
countDown();
watchChoices();
watchIdle();
watchTemplates();
watchAlert();
askForPasskeys();
