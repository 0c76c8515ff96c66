import type { CompiledProfile } from "./compiled-profile.js";
import { FORMATS } from "./formats.js";
import type { Ingester } from "./ingester.js";
import { UNUSABLE, unknownFormat } from "./unusable.js";

/** Finds the reader of a text by its beginning; a text that nobody knows is read as unknown, so that its lines still count. */
export function detectFormat(head: string, profile: CompiledProfile): Ingester {
  return [...UNUSABLE, ...FORMATS].find((format) => format.matches(head, profile)) ?? unknownFormat;
}
