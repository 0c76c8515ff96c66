/** A row of a watch that prints types, of whatever kind of object. */
export interface ListableRow {
  readonly change: string;
  readonly uid: string;
  readonly resourceVersion?: number | undefined;
  /** A controller, or the kubelet, has touched it. */
  readonly atWork: boolean;
}

/**
 * Where a watch that was started again into the same file lists anew. A watch that goes on adds an object at its creation, before anybody has
 * touched it, and only once. So one that is ADDED already at work, or once more, is a sign of a list; but not where a row of the
 * same run of ADDED rows is older than one before it: then the rows stand twice in the file.
 */
export function laterLists(rows: readonly ListableRow[]): { readonly from: number; readonly listFrom: number }[] {
  const lists: { from: number; listFrom: number }[] = [];
  /** By uid, the newest resourceVersion so far; infinite once it is deleted. */
  const newest = new Map<string, number>();
  let runFrom = 0;
  let sign: number | undefined;
  let copied = false;
  const endRun = (next: number) => {
    if (sign !== undefined && !copied) lists.push({ from: sign, listFrom: runFrom === 0 ? sign : runFrom });
    runFrom = next;
    sign = undefined;
    copied = false;
  };
  for (let index = 0; index < rows.length; index += 1) {
    const { change, uid, resourceVersion = 0, atWork } = rows[index] as ListableRow;
    const known = newest.get(uid);
    if (change !== "ADDED") endRun(index + 1);
    else if (known === undefined) {
      if (atWork && runFrom > 0) sign ??= index;
    } else if (resourceVersion < known) copied = true;
    else if (atWork || resourceVersion > known) sign ??= index;
    newest.set(uid, change === "DELETED" ? Number.POSITIVE_INFINITY : Math.max(known ?? 0, resourceVersion));
  }
  endRun(rows.length);
  return lists;
}
