/** Groups in order of first appearance. (Map.groupBy needs Node 21.) */
export function groupBy<K, V>(values: Iterable<V>, keyOf: (value: V) => K): Map<K, V[]> {
  const groups = new Map<K, V[]>();
  const list: readonly V[] = Array.isArray(values) ? values : [...values];
  for (let index = 0; index < list.length; index += 1) {
    const value = list[index] as V;
    addToGroup(groups, keyOf(value), value);
  }
  return trimmed(groups);
}

/** Adds one value to its group. */
export function addToGroup<K, V>(groups: Map<K, V[]>, key: K, value: V): void {
  const group = groups.get(key);
  if (group === undefined) groups.set(key, [value]);
  else group.push(value);
}

/** V8 makes room for this many more when something is added to an array of one. */
const ROOM_AHEAD = 17;

/** The same groups without the room that was made ahead for more: many groups are of a few values, and few of them grow. */
export function trimmed<K, V>(groups: Map<K, V[]>): Map<K, V[]> {
  for (const [key, group] of groups) if (group.length > 1 && group.length < ROOM_AHEAD) groups.set(key, group.slice());
  return groups;
}
