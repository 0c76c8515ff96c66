import type { JsonObject } from "../../model/text/json-object.js";

/** Physical lines, both ends included. */
export interface LineRange {
  readonly first: number;
  readonly last: number;
}

/** Receives what stands in a text of several documents, in order. Lines are physical, from 1, both ends included. */
export interface DocumentHandler {
  /**
   * `listKind` is set for an item of a List: the kind that the List had named so far, or "". `foreign` are lines in between, in order, that are no part
   * of the document.
   */
  document(text: string, first: number, last: number, listKind?: string, foreign?: readonly LineRange[]): void;
  /** The same for a document that could be read at once, where a handler wants it so. The object is good until the next one. */
  parsed?(object: JsonObject, first: number, last: number, listKind?: string): void;
  /** The envelope of a List begins or ends on this line; not whole where it breaks off. */
  listStart(line: number): void;
  listEnd(line: number, isWhole: boolean): void;
  /** `noise`: no JSON; `limit`: too deep or too long; `cut`: breaks off. */
  unreadable(why: "noise" | "limit" | "cut", first: number, last: number): void;
  /** A document `null`: valid, and empty. */
  empty(line: number): void;
}
