// A report on its way: the words are drawn once, and sending may be repeated until it is done.

import { CHUNK, sealAttachment, type SealedAttachment } from "./attachments";
import { reportBodies, type Announced, type Body, type Draft } from "./bodies";
import { Inbox } from "./inbox";
import { announce, putPart, type Door } from "./mailbox";
import { newReceipt, type Receipt } from "./receipt";
import { canStrip, stripped } from "./strip";
import { Thread } from "./thread";
import { currentRecipient, type Trust } from "./trust";

export type { Draft } from "./bodies";

// What the page gives: its origin, the root key of the HTML, one list of words, a clock.
export interface Context extends Trust {
  words: readonly string[];
  language: "uk" | "en";
}

export interface Progress {
  what: "sealing" | "text" | "files";
  share: number;
}

type Tell = (progress: Progress) => void;

// Draws the ten words and derives the keys; nothing is sent yet.
export async function prepare(draft: Draft, context: Context): Promise<Outgoing> {
  return new Outgoing(draft, context, await newReceipt(context));
}

export class Outgoing {
  readonly words: readonly string[];
  readonly files: number;
  readonly #door: Door;
  readonly #thread: Thread;
  readonly #inbox: Inbox;
  #attachments: SealedAttachment[] = [];
  #uploaded = 0;
  #bodies: readonly Body[] | null = null;

  constructor(
    private readonly draft: Draft,
    private readonly context: Context,
    receipt: Receipt,
  ) {
    this.words = receipt.words;
    this.files = draft.files.length;
    this.#thread = new Thread(receipt.keys, context, { sequence: 0, previous: "", seen: 0 });
    this.#door = this.#thread.door;
    this.#inbox = new Inbox(receipt.keys, this.#door);
  }

  // Whether every file is whole at the front.
  get isUploaded(): boolean {
    return this.#uploaded === this.files;
  }

  // Resolves when the front has every envelope on its disk.
  async deliver(tell: Tell): Promise<void> {
    this.#bodies ??= reportBodies(this.draft, (await this.#sealFiles(tell)).map(announced));
    const left = this.#bodies.slice(this.#thread.position.sequence);
    await this.#thread.post(left, (share) => tell({ what: "text", share }));
  }

  // Resolves when every file is at the front; parts that it has are not sent again.
  async upload(tell: Tell): Promise<void> {
    for (const [index, attachment] of this.#attachments.entries()) {
      if (index < this.#uploaded) continue;
      await this.#uploadOne(attachment, (share) =>
        tell({ what: "files", share: (index + share) / this.files }),
      );
      this.#uploaded = index + 1;
    }
  }

  // Whether the desk itself has said, in a message only it can write, that it has them all.
  async isReceived(): Promise<boolean> {
    const received = await this.#inbox.received();
    const last = this.#thread.position.sequence;
    return Array.from({ length: last }, (_none, index) => index + 1).every((one) => received.has(one));
  }

  async #sealFiles(tell: Tell): Promise<SealedAttachment[]> {
    if (this.files === 0) return [];
    const { recipient } = await currentRecipient(this.context);
    const sealed: SealedAttachment[] = [];
    for (const [index, file] of this.draft.files.entries()) {
      const content = this.draft.strip ? await withoutPlace(file) : file;
      const share = (done: number): void => tell({ what: "sealing", share: (index + done) / this.files });
      sealed.push(await sealAttachment({ content, name: file.name }, recipient, share));
    }
    this.#attachments = sealed;
    return sealed;
  }

  async #uploadOne({ id, chunks, sealed }: SealedAttachment, heard: (share: number) => void): Promise<void> {
    const have = await announce(this.#door, id, chunks);
    for (let index = 0; index < chunks; index += 1) {
      heard(index / chunks);
      if (have.has(index)) continue;
      const part = await sealed.slice(index * CHUNK, (index + 1) * CHUNK).arrayBuffer();
      await putPart(this.#door, { id, index, content: new Uint8Array(part) });
    }
    heard(1);
  }
}

// What is said about a file inside the sealed message: all but the sealed bytes themselves.
function announced({ sealed: _sealed, ...said }: SealedAttachment): Announced {
  return said;
}

async function withoutPlace(file: File): Promise<Blob> {
  const content = new Uint8Array(await file.arrayBuffer());
  if (!canStrip(content)) return file;
  return new Blob([new Uint8Array(stripped(content))], { type: file.type });
}
