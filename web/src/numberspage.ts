// The phone numbers: that each one shown is in the signed file, by this body's name, is checked here.

import { at } from "./element";
import { pageTrust, signedList } from "./signed";
import { t } from "./text";
import { type Tools, vaultOf } from "./tools";

export async function numbersPage(tools: Tools): Promise<void> {
  const mark = at("mark");
  try {
    const vault = await vaultOf(tools);
    const signed = await signedList(tools).then(({ numbers }) => numbers, () => vault.fetchNumbers(pageTrust()));
    vault.verifyNumbers(signed, document.documentElement.lang, shown());
    mark.textContent = t("These numbers are signed; the signature was checked on this device.");
  } catch {
    mark.classList.add("bad");
    mark.textContent = t("The signature of these numbers could not be checked. Compare a number with another source before you rely on it.");
  }
}

// Each number with the name that stands over it.
function shown(): [string, string][] {
  return [...document.querySelectorAll<HTMLElement>(".numbers > div")].flatMap((body) => {
    const name = body.querySelector("dt")?.textContent ?? "";
    const lines = body.querySelectorAll<HTMLAnchorElement>("a.tel");
    return [...lines].map((line): [string, string] => [name, `${line.getAttribute("href")} ${line.textContent}`]);
  });
}
