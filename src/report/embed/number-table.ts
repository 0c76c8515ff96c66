/** Lists of finite numbers, each kept once. */
export class NumberTable {
  readonly lists: Float64Array[] = [];
  private readonly byHash = new Map<number, number[]>();

  /** Index of a list of these very numbers, which are added where there is none; 0 and -0 are the same. */
  index(list: Float64Array): number {
    const hash = hashOf(list);
    const alike = this.byHash.get(hash) ?? [];
    const known = alike.find((index) => isSame(this.lists[index] as Float64Array, list));
    if (known !== undefined) return known;
    this.byHash.set(hash, [...alike, this.lists.length]);
    return this.lists.push(list) - 1;
  }
}

function isSame(left: Float64Array, right: Float64Array): boolean {
  return left.length === right.length && left.every((value, index) => value === right[index]);
}

/** FNV-1a over the whole parts, 32 bits at a time. */
function hashOf(list: Float64Array): number {
  let hash = 0x811c9dc5 ^ list.length;
  for (const value of list) hash = Math.imul(hash ^ (value | 0), 0x01000193);
  return hash;
}
