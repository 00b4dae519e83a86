// Reply templates: `::` in the reply opens a list, letters narrow it, Enter puts the text in.

const OPENING = /::([^\n:]{0,40})$/;
const MOST_SHOWN = 12;

interface Place {
  field: HTMLTextAreaElement;
  menu: HTMLElement;
}

function place(): Place | null {
  const field = document.getElementById("reply-text") as HTMLTextAreaElement | null;
  const menu = document.getElementById("template-menu");
  return field && menu ? { field, menu } : null;
}

// What stands between `::` and the caret; null when no list is asked for.
function asked(field: HTMLTextAreaElement): string | null {
  const before = field.value.slice(0, field.selectionStart);
  return OPENING.exec(before)?.[1] ?? null;
}

function fitting(typed: string): HTMLElement[] {
  const words = typed.toLocaleLowerCase().split(/\s+/).filter(Boolean);
  const all = [...document.querySelectorAll<HTMLElement>("#templates [data-template]")];
  const named = (one: HTMLElement): string =>
    `${one.dataset.template} ${one.dataset.title}`.toLocaleLowerCase();
  return all.filter((one) => words.every((word) => named(one).includes(word)));
}

function show({ field, menu }: Place): void {
  const typed = asked(field);
  const found = typed === null ? [] : fitting(typed).slice(0, MOST_SHOWN);
  menu.replaceChildren(...found.map(line));
  menu.hidden = found.length === 0;
  field.setAttribute("aria-expanded", String(!menu.hidden));
  choose(menu, 0);
}

function line(template: HTMLElement, number: number): HTMLElement {
  const item = document.createElement("li");
  const text = document.createElement("small");
  item.id = `template-${number}`;
  item.setAttribute("role", "option");
  item.dataset.text = template.dataset.text ?? "";
  item.textContent = template.dataset.title ?? "";
  text.textContent = item.dataset.text;
  item.append(text);
  return item;
}

function choose(menu: HTMLElement, number: number): void {
  const items = [...menu.children];
  items.forEach((item, at) => item.setAttribute("aria-selected", String(at === number)));
  items[number]?.scrollIntoView({ block: "nearest" });
  const field = document.getElementById("reply-text");
  field?.setAttribute("aria-activedescendant", items[number]?.id ?? "");
}

function chosen(menu: HTMLElement): number {
  return [...menu.children].findIndex((item) => item.getAttribute("aria-selected") === "true");
}

// Put the template in the place of `::` and what was typed behind it.
function insert({ field, menu }: Place, item: HTMLElement | null): void {
  const typed = asked(field);
  if (!item || typed === null) return;
  const end = field.selectionStart;
  field.setRangeText(item.dataset.text ?? "", end - typed.length - 2, end, "end");
  menu.hidden = true;
  field.setAttribute("aria-expanded", "false");
  toFirstGap(field);
  field.focus();
}

// What has to be filled in is selected, so that typing replaces it.
function toFirstGap(field: HTMLTextAreaElement): void {
  const gap = /\[\[.*?\]\]/.exec(field.value);
  if (gap) field.setSelectionRange(gap.index, gap.index + gap[0].length);
}

function steer(event: KeyboardEvent, at: Place): void {
  if (event.ctrlKey || event.metaKey) return;
  const items = [...at.menu.children] as HTMLElement[];
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step !== undefined) {
    choose(at.menu, (chosen(at.menu) + step + items.length) % items.length);
  } else if (event.key === "Enter" || event.key === "Tab") {
    insert(at, items[chosen(at.menu)] ?? null);
  } else if (event.key === "Escape") {
    at.menu.hidden = true;
    event.stopPropagation();
  } else {
    return;
  }
  event.preventDefault();
}

// Listen for `::`; the case may be exchanged under it, so everything is found anew each time.
export function watchTemplates(): void {
  document.addEventListener("input", (event) => {
    const at = place();
    if (at && event.target === at.field) show(at);
  });
  document.addEventListener(
    "keydown",
    (event) => {
      const at = place();
      if (at && event.target === at.field && !at.menu.hidden) steer(event, at);
    },
    true,
  );
  document.addEventListener("mousedown", (event) => {
    const at = place();
    const item = (event.target as Element).closest<HTMLElement>("#template-menu li");
    if (!at || !item) return;
    event.preventDefault();
    insert(at, item);
  });
}
