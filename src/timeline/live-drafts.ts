import type { Draft } from "./correlate.js";

/** Drafts that may still take a mark without a key, found by the mark that they stand at: a long log leaves many that never closed. */
export class LiveDrafts {
  readonly #byLastMark = new Map<string, Set<Draft>>();
  readonly #standsAt = new Map<Draft, string>();
  readonly #order = new Map<Draft, number>();

  /** Adds a draft, or moves it to the mark that is now its last. */
  place(draft: Draft): void {
    this.remove(draft);
    const mark = draft.points.at(-1)?.mark ?? "";
    const there = this.#byLastMark.get(mark);
    if (there === undefined) this.#byLastMark.set(mark, new Set([draft]));
    else there.add(draft);
    this.#standsAt.set(draft, mark);
    if (!this.#order.has(draft)) this.#order.set(draft, this.#order.size);
  }

  remove(draft: Draft): void {
    const mark = this.#standsAt.get(draft);
    if (mark === undefined) return;
    this.#byLastMark.get(mark)?.delete(draft);
    this.#standsAt.delete(draft);
  }

  has(draft: Draft): boolean {
    return this.#standsAt.has(draft);
  }

  /** The only one there is; null for none or several. */
  only(): Draft | null {
    if (this.#standsAt.size !== 1) return null;
    const [draft] = this.#standsAt.keys();
    return draft ?? null;
  }

  /** Those whose last mark is one of these, in the order in which they began. */
  standingAt(marks: readonly string[]): Draft[] {
    const found = new Set<Draft>();
    for (const mark of marks) {
      const there = this.#byLastMark.get(mark);
      if (there !== undefined) for (const draft of there) found.add(draft);
    }
    const drafts = [...found];
    return drafts.length < 2 ? drafts : drafts.sort((a, b) => (this.#order.get(a) ?? 0) - (this.#order.get(b) ?? 0));
  }
}
