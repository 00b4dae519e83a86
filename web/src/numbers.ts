// The signed numbers file: which number belongs to which body.

import { published, type Trust } from "./trust";
import type { Document } from "./notes";

interface Numbers {
  groups: readonly { entries: readonly Entry[] }[];
}

interface Entry {
  name: Readonly<Record<string, string>>;
  lines: readonly { dial: string; shown: string }[];
}

export function fetchNumbers(trust: Trust): Promise<Document> {
  return published(trust, "numbers", "numbers.note");
}

// Throws unless each (name, "tel:number text") that is shown stands in the signed file.
export function verifyNumbers({ body }: Document, language: string, shown: readonly [string, string][]): void {
  const { groups } = body as unknown as Numbers;
  const entries = groups.flatMap((group) => group.entries);
  const signed = new Set(
    entries.flatMap(({ name, lines }) => lines.map((line) => `${name[language]}\ntel:${line.dial} ${line.shown}`)),
  );
  if (!shown.every((line) => signed.has(line.join("\n")))) throw new Error("the page shows other numbers");
}
