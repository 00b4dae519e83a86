// The numbers that stand in the page's foot, as links to call.

import { h } from "./element";

export function callLink(code: "support" | "headquarters"): HTMLElement {
  const from = document.querySelector<HTMLElement>(`[data-call="${code}"]`);
  const { dial = "112", shown = "112" } = from?.dataset ?? {};
  return h("a", { class: "tel", href: `tel:${dial}` }, shown);
}

export function police(): HTMLElement {
  return h("a", { class: "tel", href: "tel:102" }, "102");
}
