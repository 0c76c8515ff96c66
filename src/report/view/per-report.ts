/** The same for every language of a page: worked out once for each report, and forgotten with it. */
export function perReport<R extends object, T>(work: (report: R) => T): (report: R) => T {
  const known = new WeakMap<R, { readonly found: T }>();
  return (report) => {
    const before = known.get(report);
    if (before !== undefined) return before.found;
    const found = work(report);
    known.set(report, { found });
    return found;
  };
}
