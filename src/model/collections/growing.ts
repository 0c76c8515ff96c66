/** An object while it is made: fields that may be absent are added in their place, which is many times as fast as spreading them. */
export type Growing<T> = { -readonly [K in keyof T]: T[K] };
