// Builds elements from text only: nothing here ever parses markup.

export type Child = Node | string | null | undefined | false;
type Attributes = Readonly<Record<string, string | boolean | ((event: Event) => void)>>;

// A function is a listener, true an empty attribute, false none.
export function h<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Attributes = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(name, value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false) element.setAttribute(name, value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

// The element that the page's template promises under this id.
export function at<Kind extends HTMLElement = HTMLElement>(id: string): Kind {
  const found = document.getElementById(id);
  if (!found) throw new Error(`#${id} is not on this page`);
  return found as Kind;
}

export function show(element: HTMLElement, ...content: readonly Child[]): void {
  element.replaceChildren(...h("div", {}, ...content).childNodes);
  element.hidden = false;
}

export function hide(element: HTMLElement): void {
  element.hidden = true;
  element.replaceChildren();
}
