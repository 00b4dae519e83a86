// The second reader's network: whole numbers held in doubles, so that every machine agrees.
// The twin of src/oberih/check/second/network.py: floor, bound, root and quotient stand in the same
// places; sums may be taken in any order, since doubles are exact below 2 to the power of 53.

export const ONE = 1 << 12;
const SHIFT = 1 << 24;
const BOUND = 1 << 20;
const ROOT = 16;
// How many pieces a column looks at, and how many of them stand before.
export const ORDERS = [[2, 0], [3, 1], [5, 2]] as const;
export const LAYERS = [1, 2] as const;
export const COLUMN = 256;
export const WINDOW = 160;
const STRIDE = 110;
const MOST = 1_000;
const HUNDRED = 100;
// Columns and rows of products that are summed at once: each number is fetched once for all of them.
const TILE = 4;

// What each column is times, in parts of SHIFT, and what is added, in parts of ONE.
export interface Scaling {
  times: Float64Array;
  added: Float64Array;
}

// A matrix (from, to) in tiles of columns, so that what is multiplied together stands together.
export class Layer {
  private readonly tiles: Float64Array;
  readonly to: number;

  constructor(matrix: Int8Array, private readonly from: number, private readonly scaling: Scaling) {
    this.to = scaling.times.length;
    this.tiles = new Float64Array(Math.ceil(this.to / TILE) * TILE * from);
    for (let input = 0; input < from; input += 1) {
      for (let output = 0; output < this.to; output += 1) {
        const tile = output - (output % TILE);
        this.tiles[tile * from + input * TILE + (output % TILE)] = matrix[input * this.to + output] as number;
      }
    }
  }

  // The layer's answer for `count` rows that begin `step` numbers apart; three rows more are read.
  of(rows: Float64Array, count: number, step: number, into: Float64Array): void {
    for (let output = 0; output < this.to; output += TILE) {
      for (let row = 0; row < count; row += TILE) {
        this.multiply(rows, row * step, step, output);
        for (let at = 0; at < TILE && row + at < count; at += 1) this.settle(at, (row + at) * this.to, output, into);
      }
    }
  }

  private settle(at: number, place: number, output: number, into: Float64Array): void {
    const { times, added } = this.scaling;
    for (let column = 0; column < TILE && output + column < this.to; column += 1) {
      const to = output + column;
      const scaled = ((sums[at * TILE + column] as number) * (times[to] as number)) / SHIFT;
      into[place + to] = bound(Math.floor(scaled) + (added[to] as number));
    }
  }

  // Two columns at a time: so many sums stay in the machine's registers.
  private multiply(rows: Float64Array, first: number, step: number, output: number): void {
    const tiles = this.tiles;
    for (let pair = 0; pair < TILE; pair += 2) {
      let a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0;
      let tile = output * this.from + pair;
      for (let place = first, end = first + this.from; place < end; place += 1, tile += TILE) {
        const one = tiles[tile] as number;
        const two = tiles[tile + 1] as number;
        const w = rows[place] as number;
        const x = rows[place + step] as number;
        const y = rows[place + 2 * step] as number;
        const z = rows[place + 3 * step] as number;
        a += w * one;
        b += w * two;
        c += x * one;
        d += x * two;
        e += y * one;
        f += y * two;
        g += z * one;
        h += z * two;
      }
      [a, b, c, d, e, f, g, h].forEach((sum, at) => (sums[(at >> 1) * TILE + pair + (at & 1)] = sum));
    }
  }
}

const sums = new Float64Array(TILE * TILE);

// The layers and levels of the file by its names.
export interface Parts {
  table: Int8Array;
  tableTimes: Float64Array;
  layers: ReadonlyMap<string, Layer>;
  levels: ReadonlyMap<string, Scaling>;
}

export class Network {
  private readonly width: number;
  private readonly whole: number;
  private readonly vectors: Float64Array;
  private readonly rows = room(COLUMN);
  private readonly looked = room(COLUMN);
  private readonly all: Float64Array;
  private readonly seen: Float64Array;
  private readonly hidden: Float64Array;
  private readonly logits = new Float64Array(TILE);

  constructor(private readonly parts: Parts) {
    this.width = parts.tableTimes.length;
    this.whole = this.width + COLUMN * ORDERS.length;
    this.vectors = room(this.width);
    this.all = room(this.whole);
    // One row, and the three more that a layer reads.
    this.seen = new Float64Array(2 * this.whole * TILE);
    this.hidden = new Float64Array(Math.max(this.layer("hidden").to, this.layer("replies").to) * TILE);
  }

  // What the text weighs for each output, in hundredths of a logit; of a long text the window that
  // weighs most for the first output counts; at most MOST pieces are read. Cost: about 1.5 million products a piece.
  scores(pieces: readonly number[]): number[] {
    let most: number[] = [];
    for (const window of windows(pieces.slice(0, MOST))) {
      const found = this.window(window);
      if (isMore(found, most)) most = found;
    }
    return most;
  }

  // What her own replies weigh, in hundredths of a logit: above 0 as to a stranger who coerces, below it as to her
  // own people; one window of pieces.
  replies(pieces: readonly number[]): number {
    this.see(pieces);
    return this.weighed("replies", "replies out")[0] as number;
  }

  private window(pieces: readonly number[]): number[] {
    this.see(pieces);
    return this.weighed("hidden", "out");
  }

  // Leaves the mean and the largest of every column in `seen`.
  private see(pieces: readonly number[]): void {
    const count = pieces.length;
    this.lookUp(pieces);
    copyColumns(this.vectors, this.all, { count, width: this.width, at: 0, whole: this.whole });
    ORDERS.forEach(([order, before], at) => {
      this.column(count, order, before);
      const rows = this.rows.subarray(before * COLUMN);
      copyColumns(rows, this.all, { count, width: COLUMN, at: this.width + at * COLUMN, whole: this.whole });
    });
    level(this.all, count, this.scalingOf("all"));
    this.gather(count);
  }

  private weighed(first: string, last: string): number[] {
    const { hidden, logits } = this;
    const [layer, out] = [this.layer(first), this.layer(last)];
    layer.of(this.seen, 1, 2 * this.whole, hidden);
    for (let at = 0; at < layer.to; at += 1) hidden[at] = Math.max(hidden[at] as number, 0);
    out.of(hidden, 1, layer.to, logits);
    return [...logits.subarray(0, out.to)].map((one) => Math.floor((one * HUNDRED) / ONE) + 0);
  }

  private lookUp(pieces: readonly number[]): void {
    const { table, tableTimes } = this.parts;
    pieces.forEach((piece, row) => {
      for (let at = 0; at < this.width; at += 1) {
        const weight = table[piece * this.width + at] as number;
        this.vectors[row * this.width + at] = Math.floor((weight * (tableTimes[at] as number)) / ONE);
      }
    });
  }

  // Leaves the column's rows in `rows`, with nothing before and after them.
  private column(count: number, order: number, before: number): void {
    const { rows, looked } = this;
    const own = rows.subarray(before * COLUMN);
    this.layer(`column ${order}`).of(this.vectors, count, this.width, own);
    level(own, count, this.scalingOf(`column ${order}`));
    rows.fill(0, 0, before * COLUMN);
    own.fill(0, count * COLUMN);
    for (const layer of LAYERS) {
      this.layer(`column ${order} layer ${layer}`).of(rows, count, COLUMN, looked);
      for (let at = 0; at < count * COLUMN; at += 1) {
        own[at] = bound(Math.max(looked[at] as number, 0) + (own[at] as number));
      }
    }
  }

  // The mean and the largest of every column.
  private gather(count: number): void {
    const { all, seen, whole } = this;
    const root = Math.floor(Math.sqrt(count * ONE));
    for (let column = 0; column < whole; column += 1) {
      let sum = 0;
      let most = all[column] as number;
      for (let at = column; at < count * whole; at += whole) {
        sum += all[at] as number;
        most = Math.max(most, all[at] as number);
      }
      seen[column] = bound(Math.floor((sum * ROOT * 4) / root));
      seen[whole + column] = most;
    }
  }

  private layer(name: string): Layer {
    return this.parts.layers.get(name) as Layer;
  }

  private scalingOf(name: string): Scaling {
    return this.parts.levels.get(name) as Scaling;
  }
}

// Rows of a window, what stands before and after them, and three more that a layer reads.
function room(width: number): Float64Array {
  return new Float64Array((WINDOW + 2 * TILE + 2) * width);
}

// Overlapping windows of a text, one for a short one.
function* windows(pieces: readonly number[]): Generator<readonly number[]> {
  const last = Math.max(pieces.length - WINDOW, 0);
  for (let start = 0; start < last + STRIDE; start += STRIDE) {
    const from = Math.min(start, last);
    yield pieces.slice(from, from + WINDOW);
  }
}

function isMore(one: readonly number[], other: readonly number[]): boolean {
  const at = one.findIndex((score, index) => score !== other[index]);
  return at >= 0 && (other.length === 0 || (one[at] as number) > (other[at] as number));
}

interface Place {
  count: number;
  width: number;
  at: number;
  whole: number;
}

function copyColumns(rows: Float64Array, into: Float64Array, { count, width, at, whole }: Place): void {
  for (let row = 0; row < count; row += 1) {
    into.set(rows.subarray(row * width, (row + 1) * width), row * whole + at);
  }
}

// Brings each row to one size: less its mean, divided by its spread.
function level(rows: Float64Array, count: number, { times, added }: Scaling): void {
  const width = times.length;
  for (let first = 0; first < count * width; first += width) {
    let sum = 0;
    for (let at = 0; at < width; at += 1) sum += rows[first + at] as number;
    const mean = Math.floor(sum / width);
    let squares = 0;
    for (let at = 0; at < width; at += 1) {
      const apart = (rows[first + at] as number) - mean;
      squares += apart * apart;
    }
    const spread = Math.floor(squares / width);
    const root = Math.max(Math.floor(Math.sqrt(spread * ROOT * ROOT)), 1);
    for (let at = 0; at < width; at += 1) {
      const apart = (rows[first + at] as number) - mean;
      rows[first + at] = bound(Math.floor((apart * (times[at] as number)) / root) + (added[at] as number));
    }
  }
}

function bound(number: number): number {
  return Math.min(Math.max(number, -BOUND), BOUND);
}
