import { narrowed, numberIn } from "./narrow-block.js";

const BLOCK_BITS = 10;
const ROWS_A_BLOCK = 1 << BLOCK_BITS;
const IN_BLOCK = ROWS_A_BLOCK - 1;

/** What of the rows travels between threads. */
export interface PackedRows {
  readonly blocks: readonly ArrayBuffer[];
  readonly length: number;
}

/** Rows of numbers of one width, in blocks: a field is found by its place in the row. NaN stands for what is absent. */
export class NumberRows {
  #length: number;
  /** All but the last one. */
  #blocks: DataView[];
  /** The rows that are not in a block yet. */
  #open: Float64Array = new Float64Array(0);
  #at = 0;

  /** @param packed rows that another thread has written; nothing can be added to them */
  constructor(
    readonly width: number,
    { blocks, length }: PackedRows = { blocks: [], length: 0 },
  ) {
    this.#blocks = blocks.map((block) => new DataView(block));
    this.#length = length;
  }

  get length(): number {
    return this.#length;
  }

  /** Begins one more row: what is set from now on is set in it. */
  add(): void {
    const row = this.#length & IN_BLOCK;
    if (row === 0) {
      if (this.#length === 0) this.#open = new Float64Array(ROWS_A_BLOCK * this.width);
      else this.#blocks.push(narrowed(this.#open, this.width, ROWS_A_BLOCK));
    }
    this.#at = row * this.width;
    this.#length += 1;
  }

  set(field: number, value: number): void {
    this.#open[this.#at + field] = value;
  }

  get(index: number, field: number): number {
    const row = index & IN_BLOCK;
    const block = this.#blocks[index >> BLOCK_BITS];
    return block === undefined ? (this.#open[row * this.width + field] ?? Number.NaN) : numberIn(block, this.width, row, field);
  }

  /** Nothing can be added any more. */
  pack(): PackedRows {
    const open = this.#length - this.#blocks.length * ROWS_A_BLOCK;
    const blocks = open === 0 ? this.#blocks : [...this.#blocks, narrowed(this.#open, this.width, open)];
    return { blocks: blocks.map(({ buffer }) => buffer as ArrayBuffer), length: this.#length };
  }
}
