const FIRST_EVENTS = 1024;

/** Of each event in the order of reading: its kind, and in which row of that kind it stands. */
export class EventOrder {
  #kinds: Uint8Array;
  #indexes: Uint32Array;
  #length: number;

  constructor(kinds: Uint8Array = new Uint8Array(0), indexes: Uint32Array = new Uint32Array(0)) {
    this.#kinds = kinds;
    this.#indexes = indexes;
    this.#length = kinds.length;
  }

  get length(): number {
    return this.#length;
  }

  kindAt(place: number): number {
    return this.#kinds[place] as number;
  }

  indexAt(place: number): number {
    return this.#indexes[place] as number;
  }

  add(kind: number, index: number): void {
    if (this.#length === this.#kinds.length) this.#grow();
    this.#kinds[this.#length] = kind;
    this.#indexes[this.#length] = index;
    this.#length += 1;
  }

  /** @param places of the events as they stood, in their new order */
  reorder(places: readonly number[]): void {
    this.#kinds = Uint8Array.from(places, (place) => this.kindAt(place));
    this.#indexes = Uint32Array.from(places, (place) => this.indexAt(place));
  }

  pack(): { readonly kinds: Uint8Array; readonly indexes: Uint32Array } {
    return { kinds: this.#kinds.slice(0, this.#length), indexes: this.#indexes.slice(0, this.#length) };
  }

  #grow(): void {
    const length = Math.max(FIRST_EVENTS, this.#length * 2);
    const [kinds, indexes] = [new Uint8Array(length), new Uint32Array(length)];
    kinds.set(this.#kinds);
    indexes.set(this.#indexes);
    this.#kinds = kinds;
    this.#indexes = indexes;
  }
}
