import { FORMATS } from "./formats.js";
import type { Ingester } from "./ingester.js";
import type { CompiledProfile } from "./log/compiled-profile.js";
import { OTHER_OUTPUT, UNUSABLE, unknownFormat } from "./unusable.js";

/** Finds the reader of a text by its beginning; a text that nobody knows is read as unknown, so that its lines still count. */
export function detectFormat(head: string, profile: CompiledProfile): Ingester {
  return [...UNUSABLE, ...FORMATS, ...OTHER_OUTPUT].find((format) => format.matches(head, profile)) ?? unknownFormat;
}

/** Whether a text of this format, found by its beginning, may go on with something that can be read. */
export function mayGoOnOtherwise(format: Ingester): boolean {
  return format === unknownFormat || OTHER_OUTPUT.includes(format);
}
