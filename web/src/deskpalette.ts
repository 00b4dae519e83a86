// Every command of the page by its name: Ctrl+K, a few letters, Enter.

interface Command {
  name: string;
  element: HTMLElement;
}

const TARGETS = ".bar nav a, .menu-card a, .views a, .acts button, .acts a.button, [data-key], #bulk button";

function nameOf(element: HTMLElement): string {
  const copy = element.cloneNode(true) as HTMLElement;
  for (const extra of copy.querySelectorAll("kbd, [data-countdown]")) extra.remove();
  const label = element.matches("textarea") ? labelOf(element) : copy.textContent;
  return (label ?? "").replace(/\s+/g, " ").replace("←", "").trim();
}

function labelOf(element: HTMLElement): string {
  const label = document.querySelector<HTMLElement>(`label[for="${element.id}"]`);
  return label ? nameOf(label) : "";
}

function commands(): Command[] {
  const seen = new Set<string>();
  const found: Command[] = [];
  for (const element of document.querySelectorAll<HTMLElement>(TARGETS)) {
    const name = nameOf(element);
    if (!name || seen.has(name) || element.closest("[hidden], dialog")) continue;
    seen.add(name);
    found.push({ name, element });
  }
  return found;
}

// Open the palette with every command that can be given on this page.
export function openPalette(): void {
  const dialog = document.getElementById("palette") as HTMLDialogElement | null;
  const field = dialog?.querySelector("input");
  const list = dialog?.querySelector("ul");
  if (!dialog || !field || !list || document.querySelector("dialog[open]")) return;
  const all = commands();
  field.value = "";
  field.oninput = () => show(list, fitting(all, field.value));
  field.onkeydown = (event) => steer(event, list, dialog);
  list.onclick = (event) => run((event.target as Element).closest("li"), dialog);
  show(list, all);
  dialog.showModal();
  field.focus();
}

const shown = new WeakMap<Element, HTMLElement>();

function fitting(all: Command[], typed: string): Command[] {
  const words = typed.toLocaleLowerCase().split(/\s+/).filter(Boolean);
  return all.filter(({ name }) => words.every((word) => name.toLocaleLowerCase().includes(word)));
}

function show(list: HTMLUListElement, found: Command[]): void {
  const lines = found.slice(0, 12).map(({ name, element }, place) => {
    const line = document.createElement("li");
    line.textContent = name;
    line.setAttribute("role", "option");
    line.setAttribute("aria-selected", String(place === 0));
    shown.set(line, element);
    return line;
  });
  list.replaceChildren(...lines);
}

function steer(event: KeyboardEvent, list: HTMLUListElement, dialog: HTMLDialogElement): void {
  const lines = [...list.children];
  const at = lines.findIndex((line) => line.getAttribute("aria-selected") === "true");
  if (event.key === "Enter") {
    event.preventDefault();
    return run(lines[at] ?? null, dialog);
  }
  if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
  event.preventDefault();
  const next = Math.min(lines.length - 1, Math.max(0, at + (event.key === "ArrowDown" ? 1 : -1)));
  lines.forEach((line, place) => line.setAttribute("aria-selected", String(place === next)));
  lines[next]?.scrollIntoView({ block: "nearest" });
}

function run(line: Element | null, dialog: HTMLDialogElement): void {
  const element = line && shown.get(line);
  if (!element) return;
  dialog.close();
  if (element.matches("input, textarea, select")) element.focus();
  else element.click();
}
