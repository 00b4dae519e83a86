// Cases chosen in the queue, for one act on many: by the box of a row or by the key x.

function boxes(): HTMLInputElement[] {
  return [...document.querySelectorAll<HTMLInputElement>("#rows .choose")];
}

// The cases that are chosen now.
export function chosenCases(): Set<string> {
  return new Set(boxes().filter((box) => box.checked).map((box) => box.value));
}

// Choose them again after the list was replaced.
export function chooseAgain(cases: Set<string>): void {
  for (const box of boxes()) box.checked = cases.has(box.value);
  showChoices();
}

// Choose, or no longer choose, the row that has the focus, or the open case's.
export function chooseHere(links: HTMLAnchorElement[]): boolean {
  const focused = links.find((link) => link === document.activeElement);
  const row = (focused ?? document.querySelector("#rows .here"))?.closest("li");
  const box = row?.querySelector<HTMLInputElement>(".choose");
  if (!box) return false;
  box.checked = !box.checked;
  showChoices();
  return true;
}

export function watchChoices(): void {
  document.addEventListener("change", (event) => {
    if ((event.target as Element).matches(".choose")) showChoices();
  });
  showChoices();
}

function showChoices(): void {
  const bar = document.getElementById("bulk");
  const count = chosenCases().size;
  if (bar) bar.hidden = count === 0;
  const shown = bar?.querySelector("[data-chosen]");
  if (shown) shown.textContent = `${count}`;
}
