// A conversation opened by its ten words: the desk's replies verified, her notes sealed.

import { emptyBody, noteBodies, type Draft } from "./bodies";
import { complaintBody } from "./complaint";
import type { Context, Progress } from "./delivery";
import { Inbox, type Read } from "./inbox";
import { empty, Trouble } from "./mailbox";
import type { ReplyMessage } from "./message";
import { newReceipt, readReceipt, type ReporterKeys, type WordList } from "./receipt";
import { Thread } from "./thread";

// `text` is null for her own earlier words: they can be opened by the desk alone.
export interface Entry {
  from: "desk" | "me";
  kind: "words" | "received" | "refused" | "gap";
  day: string;
  text: string | null;
}

interface Next {
  words: readonly string[];
  thread: Thread;
}

const START = { sequence: 0, previous: "", seen: 0 };
const NOT_HEARD = { place: { sequence: 0 }, digest: "" };
const DAY = 86_400_000;

// Throws WordTrouble for words that cannot be a receipt, Trouble when the front cannot be asked.
export async function open(typed: string, context: Context): Promise<Conversation> {
  const { keys } = await readReceipt(typed, context);
  const conversation = new Conversation(keys, context);
  await conversation.refresh();
  return conversation;
}

export class Conversation {
  entries: readonly Entry[] = [];
  readonly #inbox: Inbox;
  readonly #thread: Thread;
  readonly #said: Entry[] = [];
  #next: Next | null = null;
  readonly #language = document.documentElement.lang as Draft["language"];

  constructor(
    private readonly keys: ReporterKeys,
    private readonly context: Context,
  ) {
    this.#thread = new Thread(keys, context, START);
    this.#inbox = new Inbox(keys, this.#thread.door);
  }

  async refresh(): Promise<void> {
    const read = await this.#inbox.read();
    const replies = read.flatMap(({ reply }) => reply ?? []).sort(bySequence);
    this.#learn(read, replies);
    const told = [...deskEntries(replies), ...refusedEntries(read), ...this.#ownEntries(read, replies)];
    this.entries = told.sort(byDay);
  }

  async write(text: string, tell: (progress: Progress) => void): Promise<void> {
    await this.#thread.post(noteBodies(text, this.#language), (share) => tell({ what: "text", share }));
    this.#said.push({ from: "me", kind: "words", day: this.#today(), text });
  }

  // No further answer until she writes again.
  async stopWriting(): Promise<void> {
    await this.#thread.post([{ ...emptyBody("stop-writing", this.#language), not_alone: true }]);
  }

  // Beside her messages: it takes none of their numbers, and no words open its marker, so that
  // nothing which follows shows that it was there.
  async complain(text: string): Promise<void> {
    const from = { mailbox: this.keys.mailbox, language: this.#language };
    const marker = crypto.getRandomValues(new Uint8Array(32));
    const apart = new Thread({ ...this.keys, marker }, this.context, this.#thread.position);
    await apart.postFor(({ complaints }) => complaintBody(text, from, complaints));
  }

  async remove(): Promise<void> {
    await empty(this.#thread.door);
  }

  // Draws new words, says so under the new ones and then, authenticated, under the old ones. After a
  // failure the same words go on: the desk may have read them although no answer came.
  async move(list: WordList): Promise<readonly string[]> {
    const isAgain = this.#next !== null;
    this.#next ??= await this.#drawn(list);
    const { words, thread } = this.#next;
    if (thread.position.sequence === 0) {
      await thread.post([{ ...emptyBody("move", this.#language), move_from: this.keys.mailbox }]);
    }
    try {
      await this.#thread.post([{ ...emptyBody("move", this.#language), move_to: thread.door.mailbox }]);
    } catch (error) {
      const isEmptied = error instanceof Trouble && error.code === "refused";
      if (!isAgain || !isEmptied) throw error;
    }
    return words;
  }

  // The words of a move that has begun, to be kept although it is not known to be finished.
  get nextWords(): readonly string[] | null {
    return this.#next?.words ?? null;
  }

  async #drawn(list: WordList): Promise<Next> {
    const { words, keys } = await newReceipt(list);
    return { words, thread: new Thread(keys, this.context, START) };
  }

  // Where her next message goes on: after her last one that is known here, at the front, or at the desk.
  #learn(read: readonly Read[], replies: readonly ReplyMessage[]): void {
    const here = this.#thread.position;
    const waiting = read.flatMap(({ marked }) => marked ?? []);
    const heard = replies.map(({ place }) => ({ sequence: place.seen, digest: place.seen_digest }));
    const known = [{ sequence: here.sequence, digest: here.previous }, ...waiting, ...heard];
    const last = known.reduce((one, other) => (other.sequence > one.sequence ? other : one));
    const { place: { sequence: seen }, digest: seenDigest } = replies.at(-1) ?? NOT_HEARD;
    const own = last.sequence > 0 ? last : { sequence: restart(this.context.now()), digest: "" };
    this.#thread.position = { sequence: own.sequence, previous: own.digest, seen, seenDigest };
  }

  #ownEntries(read: readonly Read[], replies: readonly ReplyMessage[]): Entry[] {
    const listed = read.filter(({ marked }) => marked !== null).map((one) => one.listed.day);
    const received = replies.flatMap(({ body }) => body.received.map(({ day }) => day));
    const today = new Set(this.#said.map(({ day }) => day));
    const days = new Set([...listed, ...received].filter((day) => !today.has(day)));
    const earlier = [...days].map((day): Entry => ({ from: "me", kind: "words", day, text: null }));
    return [...earlier, ...this.#said];
  }

  #today(): string {
    return this.context.now().toISOString().slice(0, 10);
  }
}

// Parts are joined; a missing number or a hash that does not follow is shown as a gap.
function deskEntries(replies: readonly ReplyMessage[]): Entry[] {
  const entries: Entry[] = [];
  let before: { sequence: number; digest: string } = { sequence: 0, digest: "" };
  for (const { place, body, digest } of replies) {
    const follows = place.sequence === before.sequence + 1 && place.previous === before.digest;
    if (!follows) entries.push({ from: "desk", kind: "gap", day: place.day, text: null });
    before = { sequence: place.sequence, digest };
    const last = entries.at(-1);
    if (body.kind === "received") entries.push(...receiptEntries(body, place.day));
    else if (body.part > 1 && follows && last?.kind === "words") last.text = `${last.text ?? ""}${body.text}`;
    else entries.push({ from: "desk", kind: "words", day: place.day, text: body.text });
  }
  return entries;
}

// A receipt that names no message of hers answers a complaint: nothing of it is shown.
function receiptEntries({ received }: ReplyMessage["body"], day: string): Entry[] {
  return received.length > 0 ? [{ from: "desk", kind: "received", day, text: null }] : [];
}

function refusedEntries(read: readonly Read[]): Entry[] {
  return read
    .filter(({ listed, reply }) => listed.direction === "reply" && reply === null)
    .map(({ listed }) => ({ from: "desk", kind: "refused", day: listed.day, text: null }));
}

// The number before the next one when nothing of hers is known any more: a new one each day and
// sitting, so that it never meets one that the desk has already filed.
function restart(now: Date): number {
  const [random = 0] = crypto.getRandomValues(new Uint32Array(1));
  return Math.floor(now.getTime() / DAY) * 10_000 + (random % 10_000);
}

// Within a day: what she wrote before, the answers to it, what she writes now.
function byDay(one: Entry, other: Entry): number {
  if (one.day !== other.day) return one.day < other.day ? -1 : 1;
  return placeInDay(one) - placeInDay(other);
}

function placeInDay({ from, text }: Entry): number {
  if (from === "desk") return 1;
  return text === null ? 0 : 2;
}

function bySequence(one: ReplyMessage, other: ReplyMessage): number {
  return one.place.sequence - other.place.sequence;
}
