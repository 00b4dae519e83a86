// What the page trusts: the offline root names a key a purpose, these sign everything else.

import { fromHex } from "./bytes";
import type { Json } from "./canonical";
import type { Bytes } from "./digest";
import { Fields } from "./fields";
import { NoteRefused, type Purpose, verifyNote } from "./notes";
import { checkedRecipient } from "./seal";

const DAY = 86_400_000;
const WEEK = 7 * DAY;
const FIRST_MONDAY = Date.UTC(1970, 0, 5);
const LONGEST_DELEGATION = 366 * DAY;
const DELEGABLE = ["recipients", "watch-list", "alerts", "rules", "numbers", "log", "log-ml-dsa-44"] as const;

export type Delegations = ReadonlyMap<Purpose, Bytes>;

export interface WeeklyRecipient {
  epoch: number;
  recipient: string;
  complaints: string; // the auditor's, "" where none is named
}

// The number of the week (Monday to Sunday, UTC) since Monday 1970-01-05.
export function epochOf(now: Date): number {
  return Math.floor((now.getTime() - FIRST_MONDAY) / WEEK);
}

// Returns which key the root named for which purpose; throws NoteRefused.
export async function verifyDelegations(note: string, root: Bytes, now: Date): Promise<Delegations> {
  const document = await verifyNote(note, { key: root, purpose: "delegations", now });
  if (document.notAfter.getTime() - document.notBefore.getTime() > LONGEST_DELEGATION) {
    throw new NoteRefused("malformed");
  }
  return strictly(document.body, (body) => {
    const fields = body.object("keys");
    const given = DELEGABLE.filter((purpose) => fields.has(purpose));
    const keys = new Map<Purpose, Bytes>(given.map((one) => [one, fromHex(fields.hex(one, 32))]));
    fields.close();
    return keys;
  });
}

// Returns the key of a purpose; throws NoteRefused when the root named none.
export function keyFor(purpose: Purpose, delegations: Delegations): Bytes {
  const key = delegations.get(purpose);
  if (!key) throw new NoteRefused("purpose");
  return key;
}

// Returns whom to seal to now, and the week that the envelope names; throws NoteRefused.
export async function verifyRecipients(note: string, key: Bytes, now: Date): Promise<WeeklyRecipient> {
  const document = await verifyNote(note, { key, purpose: "recipients", now });
  return strictly(document.body, (fields) => {
    const epoch = fields.number("epoch", 0, 2 ** 32 - 1);
    const recipient = checkedRecipient(fields.text("recipient", 1959));
    const complaints = fields.has("complaints") ? checkedRecipient(fields.text("complaints", 1959)) : "";
    fields.require(document.sequence === epoch && Math.abs(epoch - epochOf(now)) <= 1);
    return { epoch, recipient, complaints };
  });
}

function strictly<Value>(body: Json, read: (fields: Fields) => Value): Value {
  try {
    const fields = new Fields(body);
    const value = read(fields);
    fields.close();
    return value;
  } catch {
    throw new NoteRefused("malformed");
  }
}

