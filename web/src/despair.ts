// Words of despair in what she writes herself: someone to call, at once. Nothing is kept or sent.

import { checkOf, type Tools } from "./tools";
import { support } from "./verdict";

// Shows the line to call at the top of a place while her words ask for it; never a band.
export async function heedDespair(tools: Tools, place: HTMLElement, written: string): Promise<void> {
  const check = await checkOf(tools);
  const found = check.assess({ messages: [{ from: "me", at: null, text: written }] });
  const shown = place.querySelector(":scope > .despair");
  if (!found.support) return shown?.remove();
  if (shown) return;
  const box = support();
  box.classList.add("despair");
  box.setAttribute("role", "status");
  place.prepend(box);
}
