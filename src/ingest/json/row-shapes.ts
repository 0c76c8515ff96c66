/**
 * Rows of a capture repeat a few shapes thousands of times. A shape is learned from two rows that JSON.parse has read; rows of a known shape are then read
 * without it, into one object for each shape. Equal by construction: what is not a value stands in the shape as it was written, and each value
 * is replaced by one of its kind.
 */

import { ownText } from "../bytes/shared.js";
import { parseObject } from "./json-fields.js";
import { READ_ALL, takeApart, type Unread } from "./json-skeleton.js";
import { RowShape, skeletonKey } from "./row-shape.js";
import { ShapeTree } from "./shape-tree.js";

/** Longer rows are learned by no one: an expression for each would cost more than it saves [characters]. */
const LONGEST = 8 * 1024;
const MOST_VALUES = 250;
/** Shapes kept at most; in a source with more, all are forgotten once in a period. */
const MOST_SHAPES = 200;
/** Rows in which so many may be looked at closely: bounds what learning costs where nothing repeats. */
const PERIOD = 20_000;
const LESSONS = 400;

export interface ShapeOptions {
  /** Which values need not be taken out of a row; the object has `undefined` for them. */
  readonly unread?: Unread;
  /** Learn no row that has an escape in a text. */
  readonly plainOnly?: boolean;
}

export class RowShapes {
  private readonly tree = new ShapeTree();
  private readonly shapes = new Map<string, RowShape>();
  private readonly repeated = new Set<RowShape>();
  private rows = 0;
  private lessons = LESSONS;
  private sinceGrowth = 0;
  private growths = 0;

  constructor(private readonly options: ShapeOptions = {}) {}

  /** Where the row that was found last ends. */
  get end(): number {
    return this.tree.end;
  }

  /** The shape of the row that begins here, its object holding what JSON.parse would give, until the next call; undefined where none is known. */
  find(text: string, from: number): RowShape | undefined {
    this.rows += 1;
    if (this.rows >= PERIOD) this.newPeriod();
    return this.tree.find(text, from);
  }

  /** Looks at a row that `find` did not know, and that is a valid object. */
  learn(text: string): void {
    if (text.length > LONGEST || this.lessons === 0) return;
    this.lessons -= 1;
    const own = ownText(text);
    const object = parseObject(own);
    const skeleton = object && takeApart(own, object, this.options.unread ?? READ_ALL);
    if (!skeleton || skeleton.values.length > MOST_VALUES) return;
    if (this.options.plainOnly === true && skeleton.values.some((value) => value.includes("\\"))) return;
    const key = skeletonKey(skeleton);
    const known = this.shapes.get(key);
    if (known !== undefined) this.compare(known, skeleton.values);
    else if (this.shapes.size < MOST_SHAPES) this.shapes.set(key, new RowShape(skeleton, object));
  }

  private compare(shape: RowShape, values: readonly string[]): void {
    shape.compare(values);
    this.repeated.add(shape);
    this.sinceGrowth += 1;
    // Less and less often: each growth makes new expressions.
    if (this.sinceGrowth * 4 < this.growths) return;
    this.sinceGrowth = 0;
    this.growths += 1;
    this.tree.grow([...this.repeated]);
  }

  private newPeriod(): void {
    this.rows = 0;
    this.lessons = LESSONS;
    this.growths = 0;
    if (this.shapes.size < MOST_SHAPES) return;
    this.shapes.clear();
    this.repeated.clear();
    this.tree.grow([]);
  }
}
