// The reporter's side of one conversation: numbers, signs and seals what she writes, in order.

import type { Body } from "./bodies";
import { sealEnvelope } from "./envelope";
import { postEnvelope, Trouble, type Door } from "./mailbox";
import { sealMarker } from "./marker";
import { signReport, type Place, type Signed } from "./message";
import type { WeeklyRecipient } from "./notes-trust";
import type { ReporterKeys } from "./receipt";
import { currentRecipient, type Trust } from "./trust";

// Where her last message stood, and what she has read of the desk's.
export interface Position {
  sequence: number;
  previous: string;
  seen: number;
  seenDigest?: string;
}

type Heard = (share: number) => void;

export class Thread {
  readonly door: Door;

  constructor(
    private readonly keys: ReporterKeys,
    private readonly trust: Trust,
    public position: Position,
  ) {
    this.door = { origin: trust.origin, token: keys.token, mailbox: keys.mailbox };
  }

  // Resolves when every message is on the front's disk; after a failure the same call goes on
  // where it stopped, and what arrives twice is filed once.
  async post(bodies: readonly Body[], heard: Heard = () => undefined): Promise<void> {
    let recipient = await currentRecipient(this.trust);
    for (const [index, body] of bodies.entries()) {
      heard(index / bodies.length);
      recipient = await this.#postOne(body, recipient);
    }
    heard(1);
  }

  // One message that depends on whom it is sealed to.
  async postFor(bodyFor: (recipient: WeeklyRecipient) => Promise<Body>): Promise<void> {
    const recipient = await currentRecipient(this.trust);
    await this.#postOne(await bodyFor(recipient), recipient);
  }

  async #postOne(body: Body, recipient: WeeklyRecipient): Promise<WeeklyRecipient> {
    const signed = await signReport(this.#place(recipient), body, this.keys);
    try {
      await this.#seal(signed, recipient);
    } catch (error) {
      if (!(error instanceof Trouble) || error.code !== "epoch") throw error;
      return this.#postOne(body, await this.#nextRecipient(recipient, error.note));
    }
    const { sequence } = this.position;
    this.position = { ...this.position, sequence: sequence + 1, previous: signed.digest };
    return recipient;
  }

  // The front says that the week is over; a second refusal of the same week is the end.
  async #nextRecipient(refused: WeeklyRecipient, note: string): Promise<WeeklyRecipient> {
    const next = await currentRecipient(this.trust, note);
    if (next.epoch === refused.epoch) throw new Trouble("no-recipient");
    return next;
  }

  // The marker lets her go on from here when she has only the words left.
  async #seal({ inner, digest }: Signed, { epoch, recipient }: WeeklyRecipient): Promise<void> {
    const header = { direction: "report", epoch, mailbox: this.keys.mailbox } as const;
    const place = { sequence: this.position.sequence + 1, digest };
    const marker = await sealMarker(place, this.keys.marker, header);
    await postEnvelope(this.door, await sealEnvelope(inner, { ...header, marker }, recipient));
  }

  #place({ epoch }: WeeklyRecipient): Place {
    const { sequence, previous, seen, seenDigest = "" } = this.position;
    const day = this.trust.now().toISOString().slice(0, 10);
    const next = { sequence: sequence + 1, previous, seen, seen_digest: seenDigest };
    return { mailbox: this.keys.mailbox, epoch, day, ...next };
  }
}
