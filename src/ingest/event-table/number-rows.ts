import type { Parts } from "./parts.js";

const BLOCK_BITS = 10;
const ROWS_A_BLOCK = 1 << BLOCK_BITS;
const IN_BLOCK = ROWS_A_BLOCK - 1;

/** What of the rows travels between threads. */
export interface PackedRows {
  readonly blocks: readonly Float64Array[];
  readonly length: number;
}

/** Rows of numbers of one width, in blocks: a field is found by its place in the row. NaN stands for what is absent. */
export class NumberRows {
  #length = 0;
  #blocks: Float64Array[] = [];
  #last: Float64Array = new Float64Array(0);
  #at = 0;

  constructor(
    readonly width: number,
    /** Index of the source of all of them. */
    readonly source: number,
    /** What the numbers of texts and values refer to. */
    readonly parts: Parts,
  ) {}

  static unpack(width: number, source: number, parts: Parts, { blocks, length }: PackedRows): NumberRows {
    const rows = new NumberRows(width, source, parts);
    rows.#blocks = [...blocks];
    rows.#length = length;
    return rows;
  }

  get length(): number {
    return this.#length;
  }

  /** Begins one more row: what is set from now on is set in it. */
  add(): void {
    const row = this.#length & IN_BLOCK;
    if (row === 0) {
      this.#last = new Float64Array(ROWS_A_BLOCK * this.width);
      this.#blocks.push(this.#last);
    }
    this.#at = row * this.width;
    this.#length += 1;
  }

  set(field: number, value: number): void {
    this.#last[this.#at + field] = value;
  }

  get(index: number, field: number): number {
    return this.#blocks[index >> BLOCK_BITS]?.[(index & IN_BLOCK) * this.width + field] ?? Number.NaN;
  }

  /** The last block is cut to its rows. */
  pack(): PackedRows {
    const used = this.#length & IN_BLOCK;
    const blocks = used === 0 ? this.#blocks : [...this.#blocks.slice(0, -1), this.#last.slice(0, used * this.width)];
    return { blocks, length: this.#length };
  }
}
