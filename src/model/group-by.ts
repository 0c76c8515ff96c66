/** Groups in order of first appearance. (Map.groupBy needs Node 21.) */
export function groupBy<K, V>(values: Iterable<V>, keyOf: (value: V) => K): Map<K, V[]> {
  const groups = new Map<K, V[]>();
  const list: readonly V[] = Array.isArray(values) ? values : [...values];
  for (let index = 0; index < list.length; index += 1) {
    const value = list[index] as V;
    const key = keyOf(value);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [value]);
    else group.push(value);
  }
  return groups;
}
