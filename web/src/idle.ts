// Runs something when the page has nothing better to do; Safari has no word for that.

export function whenIdle(act: () => void): void {
  const soon = window.requestIdleCallback ?? ((later: () => void) => setTimeout(later, 50));
  soon(() => act());
}
