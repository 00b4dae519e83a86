// The check's rules as the operator published them: newer than the page's own, or refused.

import { toHex } from "./bytes";
import { sha256 } from "./digest";
import { Fields } from "./fields";
import { Trouble } from "./mailbox";
import { NoteRefused } from "./notes";
import { published, type Trust } from "./trust";

// The text of rules newer than the page's `own`; nothing when there are none, or no network. Throws
// when what came is forged, expired, older than our own or not what was signed.
export async function newerRules(trust: Trust, own: number): Promise<string | undefined> {
  const note = await published(trust, "rules", "rules/current.note").catch(unlessAway);
  if (!note || note.sequence === own) return undefined;
  if (note.sequence < own) throw new NoteRefused("expired");
  const bytes = await editionOf(trust, note.sequence);
  if (!bytes) return undefined;
  if (toHex(await sha256(bytes)) !== new Fields(note.body).hex("sha256", 32)) throw new NoteRefused("signature");
  return new TextDecoder().decode(bytes);
}

// The bytes of an edition; nothing when the network is away.
async function editionOf(trust: Trust, edition: number): Promise<Uint8Array<ArrayBuffer> | undefined> {
  try {
    const answer = await fetch(`${trust.origin}/published/rules/${edition}.json`, { credentials: "omit" });
    return answer.status < 500 ? new Uint8Array(await answer.arrayBuffer()) : undefined;
  } catch {
    return undefined;
  }
}

function unlessAway(error: unknown): undefined {
  if (!(error instanceof Trouble)) throw error;
}
