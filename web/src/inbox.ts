// What lies in the mailbox, opened here: the desk's words verified, everything else refused.

import { openEnvelope } from "./envelope";
import { fetchEnvelope, list, type Door, type Listed } from "./mailbox";
import { openMarker, type Marked } from "./marker";
import { parseReply, type ReplyMessage } from "./message";
import type { ReporterKeys } from "./receipt";
import { Refused } from "./seal";

export interface Read {
  listed: Listed;
  reply: ReplyMessage | null;
  marked: Marked | null;
}

type Opened = Omit<Read, "listed">;

const NOTHING: Opened = { reply: null, marked: null };

// Two replies with one number: at most one is what it seems, so the second is refused.
function onlyOnce(opened: Opened, numbers: Set<number>): Opened {
  const number = opened.reply?.place.sequence;
  if (number === undefined) return opened;
  if (numbers.has(number)) return NOTHING;
  numbers.add(number);
  return opened;
}

export class Inbox {
  readonly #opened = new Map<string, Opened>();

  constructor(
    private readonly keys: ReporterKeys,
    private readonly door: Door,
  ) {}

  // Every envelope that the front lists; `reply` is null for her own and for what is refused,
  // `marked` tells where her own message stands.
  async read(): Promise<Read[]> {
    const found: Read[] = [];
    const numbers = new Set<number>();
    const named = new Map((await list(this.door)).map((one) => [one.id, one]));
    for (const listed of named.values()) {
      found.push({ listed, ...onlyOnce(await this.#open(listed), numbers) });
    }
    return found;
  }

  // The sequences of her messages that the desk says it has.
  async received(): Promise<Set<number>> {
    const said = (await this.read()).flatMap(({ reply }) => reply?.body.received ?? []);
    return new Set(said.map(({ sequence }) => sequence));
  }

  async #open({ id, direction }: Listed): Promise<Opened> {
    const known = this.#opened.get(id);
    if (known !== undefined) return known;
    const envelope = await fetchEnvelope(this.door, id);
    const opened = envelope ? await this.#read(new Uint8Array(envelope), direction) : NOTHING;
    this.#opened.set(id, opened);
    return opened;
  }

  async #read(envelope: Uint8Array<ArrayBuffer>, direction: Listed["direction"]): Promise<Opened> {
    if (direction === "reply") return { ...NOTHING, reply: await this.#verified(envelope) };
    return { ...NOTHING, marked: await openMarker(envelope, this.keys.marker).catch(() => null) };
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
