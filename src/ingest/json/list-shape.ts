/** Which arrays are Lists. */
export interface ListShape {
  readonly keys: ReadonlySet<string>;
  /** How many objects deep such a key may stand; 1: directly in the document. */
  readonly depth: number;
}

/** Kubernetes Lists; Go's own field names in the dumps of 1.8. */
export const KUBERNETES_LISTS: ListShape = { keys: new Set(["items", "Items"]), depth: 1 };
