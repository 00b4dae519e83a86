// The warnings: each one's signature is checked here, on her device, and its mark says so.

import { t } from "./text";
import { vaultOf, type Tools } from "./tools";

const root = document.documentElement;

export function warningsPage(tools: Tools): void {
  for (const article of document.querySelectorAll<HTMLElement>("[data-alert]")) {
    void checkOne(tools, article);
  }
}

async function checkOne(tools: Tools, article: HTMLElement): Promise<void> {
  const mark = article.querySelector<HTMLElement>("[data-mark]");
  if (!mark) return;
  try {
    const vault = await vaultOf(tools);
    const shown = [...article.querySelectorAll<HTMLElement>("[data-word]")].map((one) => (one.textContent ?? "").trim());
    const trust = { origin: location.origin, rootKey: root.dataset["root"] ?? "", now: () => new Date() };
    const name = article.dataset["alert"] ?? "";
    await vault.verifyWarning(trust, { name, language: root.lang, words: shown });
    mark.textContent = t("Signature checked on this device.");
  } catch {
    mark.classList.add("bad");
    mark.textContent = t("The signature could not be checked. Do not rely on this; call the official number.");
  }
}
