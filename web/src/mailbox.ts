// The front's HTTP, as docs/protocol.md says it: one sealed size in, one padded size out.

import { fromHex, joined } from "./bytes";

const PAGE = 16_384;
const PATIENCE_MS = 60_000;

// What the page must tell apart; `note` is the current recipient that comes with "epoch".
export type TroubleCode = "offline" | "full" | "epoch" | "refused" | "no-recipient" | "no-root" | "too-long" | "no-auditor" | "long-complaint";

export class Trouble extends Error {
  constructor(
    readonly code: TroubleCode,
    readonly note = "",
  ) {
    super(code);
  }
}

export interface Door {
  origin: string;
  token: Uint8Array;
  mailbox: string;
}

export interface Listed {
  id: string;
  direction: "report" | "reply";
  day: string;
}

export async function postEnvelope(door: Door, envelope: Uint8Array): Promise<void> {
  await post(door, "envelopes", joined(door.token, envelope));
}

export async function list(door: Door): Promise<Listed[]> {
  const answer = await post(door, "mailbox/list", joined(door.token, fromHex(door.mailbox)));
  const page = JSON.parse(new TextDecoder().decode(answer)) as { envelopes?: unknown };
  if (answer.length !== PAGE || !Array.isArray(page.envelopes)) throw new Trouble("refused");
  return page.envelopes.map(listed);
}

// The envelope, or null when there is none; both answers look alike from outside.
export async function fetchEnvelope(door: Door, id: string): Promise<Uint8Array | null> {
  const body = joined(door.token, fromHex(door.mailbox), fromHex(id));
  const answer = await post(door, "mailbox/fetch", body);
  if (answer.length !== PAGE) throw new Trouble("refused");
  return answer.subarray(0, 16).every((byte) => byte === 0) ? null : answer;
}

export async function empty(door: Door): Promise<void> {
  await post(door, "mailbox/delete", joined(door.token, fromHex(door.mailbox)));
}

// Returns which parts the front already has, so that a cut-off upload goes on.
export async function announce(door: Door, id: string, chunks: number): Promise<Set<number>> {
  const body = joined(door.token, fromHex(door.mailbox), fromHex(id), uint32(chunks));
  const answer = JSON.parse(new TextDecoder().decode(await post(door, "attachments", body))) as {
    have?: unknown;
  };
  return new Set(Array.isArray(answer.have) ? answer.have.map(Number) : []);
}

export async function putPart(door: Door, part: Part): Promise<void> {
  const head = joined(door.token, fromHex(door.mailbox), fromHex(part.id), uint32(part.index));
  await post(door, "attachments/parts", joined(head, part.content));
}

export interface Part {
  id: string;
  index: number;
  content: Uint8Array;
}

async function post(door: Door, place: string, body: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  let answer: Response;
  let content: Uint8Array;
  try {
    answer = await fetch(`${door.origin}/api/${place}`, {
      method: "POST",
      headers: { "Content-Type": "application/octet-stream" },
      body,
      cache: "no-store",
      credentials: "omit",
      redirect: "error",
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    content = new Uint8Array(await answer.arrayBuffer());
  } catch {
    throw new Trouble("offline");
  }
  if (answer.ok) return content;
  if (answer.status === 507) throw new Trouble("full");
  if (answer.status === 409) throw epochTrouble(content);
  throw new Trouble(answer.status >= 500 ? "offline" : "refused");
}

function epochTrouble(content: Uint8Array): Trouble {
  const said = JSON.parse(new TextDecoder().decode(content)) as { error?: unknown; recipient?: unknown };
  if (said.error !== "epoch") return new Trouble("refused");
  return new Trouble("epoch", typeof said.recipient === "string" ? said.recipient : "");
}

function listed(raw: unknown): Listed {
  const { id, direction, day } = raw as Partial<Record<keyof Listed, unknown>>;
  if (typeof id !== "string" || !/^[0-9a-f]{64}$/.test(id)) throw new Trouble("refused");
  if (typeof day !== "string" || !/^\d{4}-\d\d-\d\d$/.test(day)) throw new Trouble("refused");
  if (direction !== "report" && direction !== "reply") throw new Trouble("refused");
  return { id, direction, day };
}

function uint32(value: number): Uint8Array {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, value);
  return bytes;
}
