import type { Evidence } from "../../model/source.js";
import type { Instant } from "../../model/time.js";
import type { EventRows } from "./event-rows.js";

/** How many numbers an instant takes. */
export const INSTANT_WIDTH = 3;

/** One event, as it stands in a row of numbers: what it is asked for is made when it is asked. */
export abstract class Row {
  constructor(
    readonly rows: EventRows,
    readonly index: number,
  ) {}

  protected num(field: number): number {
    return this.rows.get(this.index, field);
  }

  protected optional(field: number): number | undefined {
    const value = this.num(field);
    return Number.isNaN(value) ? undefined : value;
  }

  protected text(field: number): string {
    return this.rows.parts.texts.get(this.num(field));
  }

  protected optionalText(field: number): string | undefined {
    const id = this.num(field);
    return Number.isNaN(id) ? undefined : this.rows.parts.texts.get(id);
  }

  protected value(field: number): object | undefined {
    return this.rows.parts.values[this.num(field)];
  }

  /** Where the event stands, by the field that has its line. */
  protected place(field: number): Evidence {
    const { source, linesBefore } = this.rows.place;
    return { source, line: linesBefore + this.num(field) };
  }

  /** The three numbers from this field on. */
  protected instant(field: number): Instant {
    // Written from an instant's own clock.
    return { at: this.num(field), resolutionMs: this.num(field + 1), clock: this.text(field + 2) as Instant["clock"] };
  }

  protected optionalInstant(field: number): Instant | undefined {
    return Number.isNaN(this.num(field)) ? undefined : this.instant(field);
  }

  /** A time of arrival, as fine as those of its source are. */
  protected arrival(field: number): Instant | undefined {
    const at = this.num(field);
    if (Number.isNaN(at)) return undefined;
    const resolutionMs = this.rows.place.arrivalMs ?? this.num(field + 1);
    return { at, resolutionMs, clock: this.text(field + 2) as Instant["clock"] };
  }
}

/** Writes the fields of the row that was added last. */
export class RowWriter {
  /** By field: what stood in it last, since much stays the same from row to row. */
  readonly #texts: (string | undefined)[];
  readonly #ids: number[];

  constructor(private readonly rows: EventRows) {
    this.#texts = new Array<string | undefined>(rows.width).fill(undefined);
    this.#ids = new Array<number>(rows.width).fill(Number.NaN);
  }

  num(field: number, value: number | undefined): void {
    this.rows.set(field, value ?? Number.NaN);
  }

  /** A text that others have too. */
  text(field: number, value: string | undefined): void {
    if (value !== this.#texts[field]) {
      const id = value === undefined ? Number.NaN : this.rows.parts.texts.id(value);
      this.#ids[field] = id;
      // As the table keeps it: the text that was given may hold on to a whole block of the file.
      this.#texts[field] = value === undefined ? undefined : this.rows.parts.texts.get(id);
    }
    this.rows.set(field, this.#ids[field] ?? Number.NaN);
  }

  /** A text of its own. */
  ownText(field: number, value: string): void {
    this.rows.set(field, this.rows.parts.texts.add(value));
  }

  value(field: number, value: object): void {
    this.rows.set(field, this.rows.parts.valueId(value));
  }

  instant(field: number, value: Instant | undefined): void {
    this.num(field, value?.at);
    this.num(field + 1, value?.resolutionMs);
    this.text(field + 2, value?.clock);
  }
}
