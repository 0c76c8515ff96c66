import { Texts } from "./texts.js";

/** Objects remembered at once; then all are forgotten. */
const MOST_REMEMBERED = 50_000;

/** What rows of numbers refer to: texts, and lists and maps of texts. */
export class Parts {
  readonly #ids = new Map<object, number>();

  constructor(
    readonly texts: Texts = new Texts(),
    readonly values: object[] = [],
  ) {}

  /** The number of a list or map; the same object has one number, unless that was forgotten. */
  valueId(value: object): number {
    const known = this.#ids.get(value);
    if (known !== undefined) return known;
    const id = this.values.push(value) - 1;
    if (this.#ids.size >= MOST_REMEMBERED) this.#ids.clear();
    this.#ids.set(value, id);
    return id;
  }
}
