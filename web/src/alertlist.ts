// The operator's signed list of everything released: alerts.json, verified.

import { decode, type Json } from "./canonical";
import { verifyNote } from "./notes";
import { keyOf, type Trust } from "./trust";

export interface Line {
  id: string;
  path: string;
  sequence: number;
  status: string;
  from: string;
  until: string;
}

// The list's lines; rejects unless the list is signed and in date.
export async function listedAlerts(trust: Trust): Promise<readonly Line[]> {
  const answer = await fetch(`${trust.origin}/published/alerts.json`, { cache: "no-store", credentials: "omit" });
  const text = await answer.text();
  if (!answer.ok) throw new Error("no list");
  const { note } = decode(text.trim()) as { note: string };
  const key = await keyOf("alerts", trust);
  const { body } = await verifyNote(note, { key, purpose: "alerts", now: trust.now() });
  return ((body as { alerts: Json }).alerts ?? []) as unknown as readonly Line[];
}
