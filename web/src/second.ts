// The second reader: its file read whole or not at all, and how it is heard beside the models.
// The twin of src/oberih/check/second/artefact.py.

import type { Tables } from "./normalise";
import type { Hit } from "./frames";
import type { Lane, Place } from "./lanes";
import type { Rules, Second } from "./rules";
import { COLUMN, Layer, LAYERS, Network, ORDERS, type Scaling, WINDOW } from "./second-network";
import { FIRST_PIECE, Pieces, START, type Typed } from "./second-spelling";

const KNOWN = 4;
const HEAD = 4;
// Coercion, a demand, a fraud; and what several messages weigh together for coercion.
const OUTPUTS = 4;
const SINGLE = 3;
const HUNDRED = 100;
const CRIME = "crime";
// How far her replies are looked for, and how many count.
const NEAR = 40;
const TOGETHER = 8;
// How many numbers weigh what is seen of her own replies.
const REPLIES = 32;
// Her replies weigh no more than this: a stranger may draw friendly words from her.
const CALMEST = -200;

// The second reader's file is of another version or damaged.
export class UnknownReader extends Error {}

interface Head {
  v: number;
  width: number;
  hidden: number;
  pieces: string[];
  typed: Typed;
  weighing: Weighing;
}

// From which score of the models on it is heard, and how much, in hundredths: `weight` of a message,
// `talk` of several together, `replies` of her own; `model` are the thresholds of the rules that hold then. Up to
// `calm`, what they say and what she replies are a talk among her own people.
interface Weighing {
  floor: number;
  weight: number;
  talk: number;
  replies: number;
  calm: number;
  model: Partial<Rules["sequence"]["model"]>;
}

export class SecondReader implements Second {
  constructor(
    private readonly pieces: Pieces, private readonly network: Network, readonly weighing: Weighing,
  ) {}

  // What a text weighs for coercion, a demand, a fraud, in hundredths of a logit.
  scores(text: string, tables: Tables): number[] {
    return this.network.scores(this.pieces.ofText(text, tables)).slice(0, SINGLE);
  }

  moved(scores: readonly number[], text: string, tables: Tables): number[] {
    const { floor, weight } = this.weighing;
    if ((scores[0] as number) + Math.floor((scores[1] as number) / 2) < floor) return [...scores];
    const own = this.scores(text, tables);
    return scores.map((score, at) => score + Math.floor(((own[at] as number) * weight) / HUNDRED));
  }

  // What the model says of several messages as one, moved by this reader: the last that fit into a window.
  told(score: number, texts: readonly string[], tables: Tables): number {
    if (score < this.weighing.floor) return score;
    const own = this.network.scores(this.lastOf(texts, tables))[SINGLE] as number;
    return score + Math.floor((own * this.weighing.talk) / HUNDRED);
  }

  // Her own replies are such as she gives her own people, not a stranger; they never raise. A crime with what makes it
  // worse is a Stop whatever she replies. The twin of is_calm in lanes.py.
  calms(lane: Lane, hits: readonly Hit[], place: Place, { tables, sequence }: Rules): boolean {
    const replies = repliesTo(place);
    const standing = lane.standing();
    const worse = sequence.bonuses.some(({ all }) => all.includes(CRIME) && all.every((slot) => standing.has(slot)));
    if (replies.length === 0 || (worse && hits.some(({ frame }) => frame.slot === CRIME))) return false;
    const own = Math.max(CALMEST, this.network.replies(this.lastOf(replies, tables)));
    const { replies: weight, calm } = this.weighing;
    return own < 0 && lane.told() + Math.floor((own * weight) / HUNDRED) <= calm;
  }

  // The pieces of the last texts that fit into a window.
  private lastOf(texts: readonly string[], tables: Tables): number[] {
    let latest: number[] = [];
    for (let at = texts.length - 1; at >= 0 && latest.length < WINDOW - 1; at -= 1) {
      latest = [...this.pieces.ofText(texts[at] as string, tables).slice(1), ...latest];
    }
    return [START, ...latest.slice(1 - WINDOW)];
  }
}

// Her last replies to a message, those right after it among them. The twin of replies_to in sequence.py.
function repliesTo({ messages, index }: Place): string[] {
  const after = messages.slice(index + 1, index + 1 + NEAR);
  const next = after.findIndex(({ from }) => from === "them");
  return [...messages.slice(Math.max(0, index - NEAR), index), ...after.slice(0, next < 0 ? NEAR : next)]
    .filter(({ from, forwarded }) => from === "me" && !forwarded)
    .map(({ text }) => text)
    .slice(-TOGETHER);
}

// Judges by both readers while `act` runs, and by the rules alone again afterwards.
export function together<Answer>(rules: Rules, second: SecondReader, act: () => Answer): Answer {
  const { model } = rules.sequence;
  rules.second = second;
  rules.sequence.model = { ...model, ...second.weighing.model };
  try {
    return act();
  } finally {
    rules.second = undefined;
    rules.sequence.model = model;
  }
}

// The reader from its bytes: the length of the head, the head as JSON, the arrays, which are
// little-endian. Throws UnknownReader.
export function readSecond(content: ArrayBuffer): SecondReader {
  try {
    const start = HEAD + new DataView(content).getUint32(0, true);
    const head = JSON.parse(new TextDecoder().decode(new Uint8Array(content, HEAD, start - HEAD))) as Head;
    if (head.v !== KNOWN) throw new UnknownReader();
    const arrays = new Arrays(content, start);
    const pieces = new Pieces(head.pieces, arrays.shorts(head.pieces.length), head.typed);
    const network = networkOf(arrays, head);
    arrays.end();
    return new SecondReader(pieces, network, head.weighing);
  } catch (error) {
    throw error instanceof UnknownReader ? error : new UnknownReader();
  }
}

// The arrays in the order of the file.
function networkOf(arrays: Arrays, { width, hidden, pieces }: Head): Network {
  const whole = width + COLUMN * ORDERS.length;
  const layers = new Map<string, Layer>();
  const layer = (name: string, from: number, to: number): void => {
    const matrix = arrays.bytes(from * to);
    layers.set(name, new Layer(matrix, from, arrays.scaling(to)));
  };
  const table = arrays.bytes((pieces.length + FIRST_PIECE) * width);
  const { times: tableTimes } = arrays.scaling(width);
  for (const [order] of ORDERS) {
    layer(`column ${order}`, width, COLUMN);
    for (const number of LAYERS) layer(`column ${order} layer ${number}`, order * COLUMN, COLUMN);
  }
  layer("hidden", 2 * whole, hidden);
  layer("out", hidden, OUTPUTS);
  layer("replies", 2 * whole, REPLIES);
  layer("replies out", REPLIES, 1);
  const levels = new Map<string, Scaling>();
  for (const [order] of ORDERS) levels.set(`column ${order}`, arrays.scaling(COLUMN));
  levels.set("all", arrays.scaling(whole));
  return new Network({ table, tableTimes, layers, levels });
}

// One array after the other; reading past the end throws RangeError.
class Arrays {
  constructor(private readonly content: ArrayBuffer, private at: number) {}

  bytes(size: number): Int8Array {
    return new Int8Array(this.content, this.taken(size), size);
  }

  shorts(size: number): Int16Array {
    const view = new DataView(this.content, this.taken(2 * size), 2 * size);
    return Int16Array.from({ length: size }, (_, index) => view.getInt16(2 * index, true));
  }

  scaling(size: number): Scaling {
    return { times: this.longs(size), added: this.longs(size) };
  }

  // Throws UnknownReader where something is left over.
  end(): void {
    if (this.at !== this.content.byteLength) throw new UnknownReader();
  }

  private longs(size: number): Float64Array {
    const view = new DataView(this.content, this.taken(4 * size), 4 * size);
    return Float64Array.from({ length: size }, (_, index) => view.getInt32(4 * index, true));
  }

  private taken(size: number): number {
    const start = this.at;
    this.at += size;
    return start;
  }
}
