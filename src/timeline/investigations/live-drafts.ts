import type { Draft } from "./draft.js";

/** Drafts that may still take a mark without a key, found by the mark that they stand at: a long log leaves many that never closed. */
export class LiveDrafts {
  /** One at a mark as a rule, or none: a set is made for the second. */
  readonly #byLastMark = new Map<string, Draft | Set<Draft> | undefined>();
  readonly #standsAt = new Map<Draft, string>();
  readonly #order = new Map<Draft, number>();

  /** Adds a draft, or moves it to the mark that is now its last. */
  place(draft: Draft): void {
    const mark = draft.points.at(-1)?.mark ?? "";
    const before = this.#standsAt.get(draft);
    if (before === mark) return;
    if (before !== undefined) this.#leave(before, draft);
    const there = this.#byLastMark.get(mark);
    if (there === undefined) this.#byLastMark.set(mark, draft);
    else if (there instanceof Set) there.add(draft);
    else this.#byLastMark.set(mark, new Set([there, draft]));
    this.#standsAt.set(draft, mark);
    if (!this.#order.has(draft)) this.#order.set(draft, this.#order.size);
  }

  remove(draft: Draft): void {
    const mark = this.#standsAt.get(draft);
    if (mark === undefined) return;
    this.#leave(mark, draft);
    this.#standsAt.delete(draft);
  }

  #leave(mark: string, draft: Draft): void {
    const there = this.#byLastMark.get(mark);
    if (there instanceof Set) there.delete(draft);
    else this.#byLastMark.set(mark, undefined);
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
    const found: Draft[] = [];
    for (let index = 0; index < marks.length; index += 1) {
      const mark = marks[index] as string;
      const there = this.#byLastMark.get(mark);
      if (there === undefined || marks.indexOf(mark) < index) continue;
      if (there instanceof Set) for (const draft of there) found.push(draft);
      else found.push(there);
    }
    return found.length < 2 ? found : found.sort((a, b) => (this.#order.get(a) ?? 0) - (this.#order.get(b) ?? 0));
  }
}
