/**
 * Rows of numbers that are complete, column by column, each in as few bytes as its numbers need: many columns hold one number over and over, or
 * whole numbers that are close to each other. In one buffer: for each column the number that its others are told from (Float64), then how and where
 * they stand (Uint32: the width, and the place above it), then the columns. Every number comes back as it was.
 */

/** What a number of a column takes [bytes]: nothing, where all are the same; its distance from the least, where all are whole; else all of it. */
const SAME = 0;
/** The highest code of a width stands for NaN. */
const WIDTHS = [1, 2, 4] as const;
const AS_THEY_ARE = 8;
const WIDTH_BITS = 4;
const WIDTH_MASK = (1 << WIDTH_BITS) - 1;
const HEADER_BYTES = 12;

interface Column {
  readonly width: number;
  readonly least: number;
}

/** @param rows `count` rows of `width` numbers, one row after the other */
export function narrowed(rows: Float64Array, width: number, count: number): DataView {
  const columns = Array.from({ length: width }, (_, field) => columnOf(rows, width, count, field));
  const bytes = columns.reduce((sum, column) => sum + column.width * count, HEADER_BYTES * width);
  const block = new DataView(new ArrayBuffer(bytes));
  let place = HEADER_BYTES * width;
  for (const [field, column] of columns.entries()) {
    block.setFloat64(8 * field, column.least);
    block.setUint32(8 * width + 4 * field, (place << WIDTH_BITS) | column.width);
    writeColumn(block, place, column, rows, width, count, field);
    place += column.width * count;
  }
  return block;
}

/** The number in a row of a block whose rows have so many fields. */
export function numberIn(block: DataView, width: number, row: number, field: number): number {
  const how = block.getUint32(8 * width + 4 * field);
  const place = how >>> WIDTH_BITS;
  switch (how & WIDTH_MASK) {
    case SAME:
      return block.getFloat64(8 * field);
    case 1: {
      const code = block.getUint8(place + row);
      return code === 0xff ? Number.NaN : block.getFloat64(8 * field) + code;
    }
    case 2: {
      const code = block.getUint16(place + 2 * row);
      return code === 0xffff ? Number.NaN : block.getFloat64(8 * field) + code;
    }
    case 4: {
      const code = block.getUint32(place + 4 * row);
      return code === 0xffff_ffff ? Number.NaN : block.getFloat64(8 * field) + code;
    }
    default:
      return block.getFloat64(place + 8 * row);
  }
}

/** How the numbers of this field stand best. */
function columnOf(rows: Float64Array, width: number, count: number, field: number): Column {
  const first = rows[field] ?? Number.NaN;
  let least = Number.POSITIVE_INFINITY;
  let most = Number.NEGATIVE_INFINITY;
  let same = true;
  let whole = true;
  for (let at = field; at < count * width; at += width) {
    const value = rows[at] ?? Number.NaN;
    if (!Object.is(value, first)) same = false;
    if (Number.isNaN(value)) continue;
    if (!Number.isSafeInteger(value) || Object.is(value, -0)) whole = false;
    if (value < least) least = value;
    if (value > most) most = value;
  }
  if (same) return { width: SAME, least: first };
  const narrow = whole ? WIDTHS.find((bytes) => most - least < 2 ** (8 * bytes) - 1) : undefined;
  return { width: narrow ?? AS_THEY_ARE, least };
}

function writeColumn(block: DataView, from: number, column: Column, rows: Float64Array, width: number, count: number, field: number): void {
  let place = from;
  for (let at = field; at < count * width; at += width) {
    const value = rows[at] ?? Number.NaN;
    const code = value - column.least;
    if (column.width === 1) block.setUint8(place, Number.isNaN(code) ? 0xff : code);
    else if (column.width === 2) block.setUint16(place, Number.isNaN(code) ? 0xffff : code);
    else if (column.width === 4) block.setUint32(place, Number.isNaN(code) ? 0xffff_ffff : code);
    else if (column.width === AS_THEY_ARE) block.setFloat64(place, value);
    place += column.width;
  }
}
