// Internal links take the place of the page in the history, so that Back does not return here.

export function replaceHistory(): void {
  addEventListener("click", (event) => {
    const link = (event.target as Element | null)?.closest?.("a");
    if (!link || event.defaultPrevented || hasOwnWay(event, link)) return;
    if (new URL(link.href).origin !== location.origin) return;
    event.preventDefault();
    location.replace(link.href);
  });
}

function hasOwnWay(event: MouseEvent, link: HTMLAnchorElement): boolean {
  const modified = event.ctrlKey || event.metaKey || event.shiftKey || event.altKey;
  return modified || event.button !== 0 || link.target !== "" || !link.href;
}
