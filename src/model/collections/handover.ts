/**
 * Something large that is handed over once: whoever passes it on keeps no hold of it, so that it can be freed as soon as the last one who took it is done
 * with it. (A parameter or a local constant holds on to its value until its function returns.)
 */
export class Handover<T> {
  #held: { readonly value: T } | undefined;

  constructor(value: T) {
    this.#held = { value };
  }

  /** Throws a RangeError where it was taken before. */
  take(): T {
    if (this.#held === undefined) throw new RangeError("taken already");
    const { value } = this.#held;
    this.#held = undefined;
    return value;
  }
}
