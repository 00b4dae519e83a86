// A published warning: its signature is checked, and that the page shows the signed words.

import type { Json } from "./canonical";
import { published, type Trust } from "./trust";

export interface ShownWarning {
  name: string;
  language: string;
  words: readonly string[];
}

// Rejects unless the operator's alert key signed exactly the words that are shown.
export async function verifyWarning(trust: Trust, shown: ShownWarning): Promise<void> {
  const document = await published(trust, "alerts", `alerts/${shown.name}`);
  const signed = stringsOf(document.body);
  if (!shown.words.every((word) => signed.has(word))) throw new Error("the page shows other words");
}

function stringsOf(value: Json, found = new Set<string>()): Set<string> {
  if (typeof value === "string") found.add(value.trim());
  else if (value !== null && typeof value === "object") {
    for (const inner of Object.values(value)) stringsOf(inner as Json, found);
  }
  return found;
}
