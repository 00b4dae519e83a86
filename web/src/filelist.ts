// The files she chose, with a way to take each back; too large, too many or empty is said at once.

import { at, h, show } from "./element";
import { sizeText, t } from "./text";

const MOST = 5;
const LARGEST = 64 * 1024 * 1024 - 8;

export function fileList(): () => readonly File[] {
  const input = at<HTMLInputElement>("files");
  const list = at("chosen");
  let files: File[] = [];
  const draw = (troubles: readonly string[] = []): void => {
    const lines = files.map((file) =>
      h(
        "li",
        {},
        h("span", {}, `${file.name} (${sizeText(file.size)})`),
        h(
          "button",
          {
            type: "button",
            class: "quiet",
            "aria-label": t("Remove {name}", { name: file.name }),
            click: () => {
              files = files.filter((one) => one !== file);
              draw();
            },
          },
          t("Remove"),
        ),
      ),
    );
    show(list, ...lines, ...troubles.map((trouble) => h("li", { class: "refused" }, trouble)));
  };
  input.addEventListener("change", () => {
    const added = [...(input.files ?? [])];
    const troubles = added.map(troubleOf).filter((trouble) => trouble !== "");
    files = [...files, ...added.filter((file) => troubleOf(file) === "")];
    if (files.length > MOST) troubles.push(t("Only the first 5 files are taken."));
    files = files.slice(0, MOST);
    input.value = "";
    draw(troubles);
  });
  return () => files;
}

function troubleOf(file: File): string {
  if (file.size === 0) return t("{name} is empty, so it is left out.", { name: file.name });
  if (file.size > LARGEST) {
    return t("{name} is larger than 64 MB. Cut it, or tell us about it: we will find a way.", {
      name: file.name,
    });
  }
  return "";
}
