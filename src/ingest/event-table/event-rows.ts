import { NumberRows, type PackedRows } from "../../model/bytes/number-rows.js";
import type { DurationMs } from "../../model/time.js";
import type { Parts } from "./parts.js";

/** Where all of the rows stand: the index of their source, and the lines of it before those that they count from. */
export interface Place {
  readonly source: number;
  readonly linesBefore: number;
  /** The resolution of all times of arrival, where some are printed without the zeros at their end. */
  arrivalMs?: DurationMs | undefined;
}

/** Events of one kind and one source as rows of numbers. */
export class EventRows extends NumberRows {
  constructor(
    width: number,
    readonly place: Place,
    /** What the numbers of texts and values refer to. */
    readonly parts: Parts,
    packed?: PackedRows,
  ) {
    super(width, packed);
  }
}
