// The warnings: each one's signature is checked here, on her device, and its mark says so; and by
// the signed list, that none is missing and none is an old state shown again.

import { t } from "./text";
import { vaultOf, type Tools } from "./tools";
import type { Trust } from "./trust";

const root = document.documentElement;
const MOST_SHOWN = 20;

export function warningsPage(tools: Tools): void {
  const articles = [...document.querySelectorAll<HTMLElement>("[data-alert]")];
  for (const article of articles) {
    void checkOne(tools, article);
  }
  const mark = document.querySelector<HTMLElement>("[data-list]");
  if (mark && articles.length < MOST_SHOWN) void checkList(tools, mark, articles.map(nameOf));
}

async function checkOne(tools: Tools, article: HTMLElement): Promise<void> {
  const mark = article.querySelector<HTMLElement>("[data-mark]");
  if (!mark) return;
  try {
    const vault = await vaultOf(tools);
    const shown = [...article.querySelectorAll<HTMLElement>("[data-word]")].map((one) => (one.textContent ?? "").trim());
    const state = await vault.verifyWarning(trust(), { name: nameOf(article), language: root.lang, words: shown });
    if (state === "old") return bad(mark, t("An old state of this warning is shown again. Do not rely on it."));
    mark.textContent = t("Signature checked on this device.");
  } catch {
    bad(mark, t("The signature could not be checked. Do not rely on this; call the official number."));
  }
}

async function checkList(tools: Tools, mark: HTMLElement, names: readonly string[]): Promise<void> {
  try {
    const missing = await (await vaultOf(tools)).missingWarnings(trust(), names);
    if (missing === 0) mark.textContent = t("These are all the warnings in force: the signed list says so.");
    else bad(mark, t("A warning is missing here: somebody may hold it back. Look again from another network, or call."));
  } catch {
    bad(mark, t("Whether a warning is missing could not be checked. The official numbers still hold."));
  }
}

function bad(mark: HTMLElement, sentence: string): void {
  mark.classList.add("bad");
  mark.textContent = sentence;
}

function nameOf(article: HTMLElement): string {
  return article.dataset["alert"] ?? "";
}

function trust(): Trust {
  return { origin: location.origin, rootKey: root.dataset["root"] ?? "", now: () => new Date() };
}
