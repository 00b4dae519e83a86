// One thing a page: the steps of the report, shown one at a time, nothing lost between them.

export type Step = "start" | "story" | "files" | "about" | "send" | "receipt";

export interface Steps {
  go(step: Step): void;
  section(step: Step): HTMLElement;
}

// Wires every button with data-go; `arrive` runs when a step is about to be shown.
export function stepsOf(form: HTMLElement, arrive: (step: Step) => void): Steps {
  const section = (step: Step): HTMLElement => {
    const found = form.querySelector<HTMLElement>(`[data-step="${step}"]`);
    if (!found) throw new Error(`no step ${step}`);
    return found;
  };
  const go = (step: Step): void => {
    arrive(step);
    for (const one of form.querySelectorAll<HTMLElement>("[data-step]")) one.hidden = true;
    section(step).hidden = false;
    section(step).querySelector<HTMLElement>("[tabindex]")?.focus();
    scrollTo(0, 0);
  };
  for (const button of form.querySelectorAll<HTMLButtonElement>("[data-go]")) {
    button.disabled = false;
    button.addEventListener("click", () => go(button.dataset["go"] as Step));
  }
  return { go, section };
}
