// What lies in the mailbox, opened here: the desk's words verified, everything else refused.

import { openEnvelope } from "./envelope";
import { fetchEnvelope, list, type Door, type Listed } from "./mailbox";
import { parseReply, type ReplyMessage } from "./message";
import type { ReporterKeys } from "./receipt";
import { Refused } from "./seal";

export interface Read {
  listed: Listed;
  reply: ReplyMessage | null;
}

export class Inbox {
  readonly #replies = new Map<string, ReplyMessage | null>();

  constructor(
    private readonly keys: ReporterKeys,
    private readonly door: Door,
  ) {}

  // Every envelope that the front lists; `reply` is null for her own and for what is refused.
  async read(): Promise<Read[]> {
    const found: Read[] = [];
    for (const listed of await list(this.door)) {
      const reply = listed.direction === "reply" ? await this.#open(listed.id) : null;
      found.push({ listed, reply });
    }
    return found;
  }

  // The sequences of her messages that the desk says it has.
  async received(): Promise<Set<number>> {
    const said = (await this.read()).flatMap(({ reply }) => reply?.body.received ?? []);
    return new Set(said.map(({ sequence }) => sequence));
  }

  async #open(id: string): Promise<ReplyMessage | null> {
    const known = this.#replies.get(id);
    if (known !== undefined) return known;
    const envelope = await fetchEnvelope(this.door, id);
    const opened = envelope ? await this.#verified(new Uint8Array(envelope)) : null;
    this.#replies.set(id, opened);
    return opened;
  }

  async #verified(envelope: Uint8Array<ArrayBuffer>): Promise<ReplyMessage | null> {
    try {
      const inner = await openEnvelope(envelope, this.keys.identity);
      const reply = await parseReply(inner, this.keys.mac);
      return reply.place.mailbox === this.keys.mailbox ? reply : null;
    } catch (error) {
      if (error instanceof Refused) return null;
      throw error;
    }
  }
}
