// A published warning: its signature is checked, and that the page shows the signed words.

import { listedAlerts } from "./alertlist";
import type { Json } from "./canonical";
import { published, type Trust } from "./trust";

export interface ShownWarning {
  name: string;
  language: string;
  words: readonly string[];
}

// Rejects unless the operator's alert key signed exactly the words that are shown; "old" when a
// newer state of this warning stands in the signed list.
export async function verifyWarning(trust: Trust, shown: ShownWarning): Promise<"genuine" | "old"> {
  const document = await published(trust, "alerts", `alerts/${shown.name}`);
  const signed = stringsOf(document.body);
  if (!shown.words.every((word) => signed.has(word))) throw new Error("the page shows other words");
  const lines = await listedAlerts(trust).catch(() => []);
  const line = lines.find(({ path }) => path === `alerts/${shown.name}`);
  return line !== undefined && document.sequence < line.sequence ? "old" : "genuine";
}

// How many warnings the signed list has in force that are not among the names shown.
// Rejects when the list is not genuine, or not in date: an old list shown again.
export async function missingWarnings(trust: Trust, names: readonly string[]): Promise<number> {
  const now = trust.now();
  const inForce = (await listedAlerts(trust)).filter(
    ({ status, from, until }) => status === "actual" && new Date(from) <= now && now < new Date(until),
  );
  return inForce.filter(({ path }) => !names.includes(path.replace(/^alerts\//, ""))).length;
}

function stringsOf(value: Json, found = new Set<string>()): Set<string> {
  if (typeof value === "string") found.add(value.trim());
  else if (value !== null && typeof value === "object") {
    for (const inner of Object.values(value)) stringsOf(inner as Json, found);
  }
  return found;
}
