// How far it has gone: seven rising steps as a small picture, with the same in words beside it.

import { h } from "./element";
import { t } from "./text";

const SPACE = "http://www.w3.org/2000/svg";
const STEPS = 7;
const WIDTH = 42;
const RISE = 9;

export function ladder(stage: number): HTMLElement {
  const here = Math.max(1, stage);
  return h(
    "section",
    {},
    h("h2", {}, t("How far it has gone")),
    picture(here),
    h("p", {}, h("strong", {}, t("Step {n} of 7: {name}", { n: here, name: nameOf(here) }))),
    h("p", { class: "why" }, t("The steps are often skipped. You can stop at every one of them.")),
  );
}

function picture(here: number): Element {
  const height = STEPS * RISE + 40;
  const svg = make("svg", { class: "ladder", viewBox: `0 0 ${STEPS * WIDTH} ${height}`, role: "img" });
  svg.setAttribute("aria-label", t("Step {n} of 7: {name}", { n: here, name: nameOf(here) }));
  for (let step = 1; step <= STEPS; step += 1) {
    const top = height - 24 - step * RISE;
    const kind = step === here ? "here" : step < here ? "past" : "ahead";
    const x = (step - 1) * WIDTH + 1;
    const bar = { class: kind, x, y: top, width: WIDTH - 3, height: height - top, rx: 4 };
    const number = make("text", { class: `number ${kind}`, x: x + WIDTH / 2 - 2, y: height - 7, "text-anchor": "middle" });
    number.textContent = String(step);
    svg.append(make("rect", bar), number);
  }
  return svg;
}

function make(name: string, attributes: Readonly<Record<string, string | number>>): SVGElement {
  const element = document.createElementNS(SPACE, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
  return element as SVGElement;
}

function nameOf(stage: number): string {
  const names = [
    t("they make contact"),
    t("they bring hope and ask about you"),
    t("they cut you off from others"),
    t("a small, “harmless” task"),
    t("they demand a crime or money"),
    t("threats, proof of the deed"),
    t("again and again: blackmail"),
  ];
  return names[stage - 1] ?? "";
}
