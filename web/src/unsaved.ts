// Reload, closing and links ask once while there is something to lose; "Leave quickly" never asks.

const reasons = new Set<() => boolean>();

export function askBeforeLosing(isAtRisk: () => boolean): void {
  if (reasons.size === 0) addEventListener("beforeunload", ask);
  reasons.add(isAtRisk);
}

function ask(event: BeforeUnloadEvent): void {
  if (document.body.classList.contains("gone")) return;
  if ([...reasons].some((isAtRisk) => isAtRisk())) event.preventDefault();
}
