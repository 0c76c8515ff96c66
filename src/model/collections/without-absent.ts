/** The same with its optional entries, and those alone, there or undefined. */
type MaybeAbsent<T> = { readonly [K in keyof T]: Partial<Pick<T, K>> extends Pick<T, K> ? T[K] | undefined : T[K] };

/** Only the entries that have a value, in order: what is optional is absent, not undefined. */
export function withoutAbsent<T extends object>(fields: MaybeAbsent<T>): T {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as T;
}
