/** Keys that an object has, in its order. */
export interface Shape {
  readonly index: number;
  readonly keys: readonly string[];
}

interface ShapeNode {
  readonly next: Map<string, ShapeNode>;
  shape?: Shape;
}

/** Lists of keys in their order, each known by a number; a tree, because this is asked for many objects of a report. */
export class Shapes {
  readonly all: Shape[] = [];
  private readonly root: ShapeNode = { next: new Map() };

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
    const shape = { index: this.all.length, keys };
    this.all.push(shape);
    return shape;
  }
}
