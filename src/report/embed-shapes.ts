/** Objects taken apart into lists: the values of each key, and which keys each object has. */

type Fields = Readonly<Record<string, unknown>>;

interface Gathered {
  /** Every value of a key in the order of the objects, by key in the order of its first appearance. */
  readonly columns: Map<string, unknown[]>;
  /** Lists of keys in the order in which an object has them. */
  readonly shapes: readonly (readonly string[])[];
  /** The list of each object. */
  readonly which: number[];
}

interface Shape {
  readonly index: number;
  readonly keys: readonly string[];
  /** Where the values go, by place of the key. */
  readonly targets: readonly unknown[][];
}

/** Properties without a value are left out, as JSON does. */
export function gathered(objects: readonly Fields[]): Gathered {
  const columns = new Map<string, unknown[]>();
  const shapes = new Shapes(columns);
  const which: number[] = [];
  let shape: Shape | undefined;
  for (const fields of objects) {
    // Mostly an object has the keys of the one before it.
    if (shape === undefined || !isTaken(fields, shape)) {
      const keys = Object.keys(fields).filter((key) => fields[key] !== undefined);
      shape = shapes.of(keys);
      for (const [place, key] of keys.entries()) shape.targets[place]?.push(fields[key]);
    }
    which.push(shape.index);
  }
  return { columns, shapes: shapes.all.map(({ keys }) => keys), which };
}

/** Takes the values of an object that has these keys in this order; takes nothing of any other. */
function isTaken(fields: Fields, { keys, targets }: Shape): boolean {
  let taken = 0;
  let isAlike = true;
  for (const key in fields) {
    const value = fields[key];
    if (value === undefined) continue;
    isAlike = keys[taken] === key;
    if (!isAlike) break;
    targets[taken]?.push(value);
    taken += 1;
  }
  if (isAlike && taken === keys.length) return true;
  for (const target of targets.slice(0, taken)) target.pop();
  return false;
}

interface ShapeNode {
  readonly next: Map<string, ShapeNode>;
  shape?: Shape;
}

/** Lists of keys in their order, each known by a number; a tree, because this is asked for many objects of a report. */
class Shapes {
  readonly all: Shape[] = [];
  private readonly root: ShapeNode = { next: new Map() };

  constructor(private readonly columns: Map<string, unknown[]>) {}

  of(keys: readonly string[]): Shape {
    let node = this.root;
    for (const key of keys) {
      const next = node.next.get(key) ?? { next: new Map() };
      node.next.set(key, next);
      node = next;
    }
    node.shape ??= this.added(keys);
    return node.shape;
  }

  private added(keys: readonly string[]): Shape {
    const targets = keys.map((key) => {
      const column = this.columns.get(key) ?? [];
      this.columns.set(key, column);
      return column;
    });
    const shape = { index: this.all.length, keys, targets };
    this.all.push(shape);
    return shape;
  }
}
