// Fetches what the operator has published and verifies it from the root key of the HTML down.

import { fromHex } from "./bytes";
import { Trouble } from "./mailbox";
import { NoteRefused, verifyNote, type Document, type Purpose } from "./notes";
import { type Delegations, epochOf, keyFor, verifyDelegations, verifyRecipients, type WeeklyRecipient } from "./notes-trust";

export interface Trust {
  origin: string;
  rootKey: string;
  now(): Date;
}

// This week's recipient, freshly fetched; throws Trouble when there is none to trust.
// `offered` is a note that the front itself sent along; it is verified like any other.
export async function currentRecipient(trust: Trust, offered = ""): Promise<WeeklyRecipient> {
  try {
    const key = await keyOf("recipients", trust);
    const note = offered || (await weeklyNote(trust));
    return await verifyRecipients(note, key, trust.now());
  } catch (error) {
    throw error instanceof NoteRefused ? new Trouble("no-recipient") : error;
  }
}

// The note of this week, else of a week beside it: a device's clock may be a day off at the border,
// and a note's own dates decide whether it may be used.
async function weeklyNote(trust: Trust): Promise<string> {
  const week = epochOf(trust.now());
  for (const epoch of [week, week + 1]) {
    const note = await fetchNote(trust, `recipients/${epoch}.note`).catch(unlessAbsent);
    if (note !== undefined) return note;
  }
  return fetchNote(trust, `recipients/${week - 1}.note`);
}

function unlessAbsent(error: unknown): undefined {
  if (error instanceof Trouble && error.code === "no-recipient") return undefined;
  throw error;
}

// A published document of a purpose that the root has delegated; throws NoteRefused or Trouble.
export async function published(
  trust: Trust,
  purpose: Purpose,
  path: string,
  known: Promise<Delegations> = delegationsOf(trust),
): Promise<Document> {
  const key = keyFor(purpose, await known);
  return verifyNote(await fetchNote(trust, path), { key, purpose, now: trust.now() });
}

export async function keyOf(purpose: Purpose, trust: Trust): Promise<Uint8Array<ArrayBuffer>> {
  return keyFor(purpose, await delegationsOf(trust));
}

export async function delegationsOf(trust: Trust): Promise<Delegations> {
  if (trust.rootKey === "") throw new Trouble("no-root");
  const note = await fetchNote(trust, "delegations.note");
  return verifyDelegations(note, fromHex(trust.rootKey), trust.now());
}

async function fetchNote(trust: Trust, path: string): Promise<string> {
  let answer: Response;
  try {
    answer = await fetch(`${trust.origin}/published/${path}`, { cache: "no-store", credentials: "omit" });
  } catch {
    throw new Trouble("offline");
  }
  const text = await answer.text();
  if (!answer.ok) throw new Trouble(answer.status >= 500 ? "offline" : "no-recipient");
  return text;
}
