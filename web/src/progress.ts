// How far something is, in words and as a bar.

import type { Progress } from "./delivery";
import { h, show } from "./element";
import { t } from "./text";

// Shows the bar in `place`; the returned function moves it.
export function progressIn(place: HTMLElement): (progress: Progress) => void {
  const bar = h("progress", { max: "100", "aria-hidden": "true" });
  const words = h("span", {});
  show(place, words, bar);
  return (progress) => {
    bar.value = progress.share * 100;
    words.textContent = sayProgress(progress);
  };
}

function sayProgress({ what, share }: Progress): string {
  const percent = Math.floor(share * 100);
  if (what === "sealing") return t("Sealing on this device: {n} %", { n: percent });
  if (what === "text") return t("Sending the words: {n} %", { n: percent });
  return t("Sending the files: {n} %", { n: percent });
}
