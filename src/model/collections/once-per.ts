/** What is worked out of an object once, however often it is asked for; forgotten with the object. It must not change. */
export function oncePer<K extends object, V>(work: (key: K) => V): (key: K) => V {
  const known = new WeakMap<K, { readonly value: V }>();
  return (key) => {
    const before = known.get(key);
    if (before !== undefined) return before.value;
    const value = work(key);
    known.set(key, { value });
    return value;
  };
}

/** The same of two objects. */
export function oncePerPair<A extends object, B extends object, V>(work: (first: A, second: B) => V): (first: A, second: B) => V {
  const ofFirst = oncePer((first: A) => oncePer((second: B) => work(first, second)));
  return (first, second) => ofFirst(first)(second);
}
