import type { JsonObject } from "../../model/text/json-object.js";
import type { Skeleton } from "./json-skeleton.js";

/** No JSON text has it unescaped, so what is joined by it can be told apart. */
const SEPARATOR = "\u0000";

/** Names a skeleton: the same for texts that differ in their values only. */
export function skeletonKey({ literals, kinds }: Skeleton): string {
  return `${literals.join(SEPARATOR)}${SEPARATOR}${kinds.join(",")}`;
}

/** All rows that differ in their values only, and one object into which the values of each are written in turn. */
export class RowShape {
  /** Values that were not the same in all rows; once one varies it does for ever. */
  readonly varies: boolean[];
  /** Texts in which an escape was seen. */
  readonly escapes: boolean[];
  /** Line ends within. */
  readonly lineEnds: number;

  /** @param object parsed from the skeleton's own text, and nobody else's */
  constructor(
    readonly skeleton: Skeleton,
    readonly object: JsonObject,
  ) {
    this.varies = skeleton.values.map(() => false);
    this.escapes = skeleton.values.map((value) => value.includes("\\"));
    // So that it is the same for every row of the shape; nobody is to see the value of another row.
    for (const [index, { container, key }] of skeleton.slots.entries()) if (skeleton.unread[index] === true) container[key] = undefined;
    this.lineEnds = skeleton.literals.reduce((sum, literal) => sum + literal.split("\n").length - 1, 0);
  }

  /** Compares another row of this shape with the first one. */
  compare(values: readonly string[]): void {
    for (const [index, value] of values.entries()) {
      if (value !== this.skeleton.values[index]) this.varies[index] = true;
      if (value.includes("\\")) this.escapes[index] = true;
    }
  }

  /** Writes a value as it stands in a text into the object. */
  write(index: number, written: string): void {
    const slot = this.skeleton.slots[index];
    if (slot === undefined) return;
    const kind = this.skeleton.kinds[index];
    if (kind === "number") slot.container[slot.key] = Number(written);
    else if (kind === "boolean") slot.container[slot.key] = written === "true";
    else if (this.escapes[index] === true && written.includes("\\")) slot.container[slot.key] = JSON.parse(`"${written}"`);
    else slot.container[slot.key] = written;
  }
}
