/**
 * Reads a document that stands in one piece of text at once, where that is certain to give what reading it by the character gives: a row of
 * a known shape, or a text that JSON.parse accepts as one object.
 */
import type { JsonObject } from "../../model/text/json-object.js";
import { parseObject } from "./json-fields.js";
import type { Unread } from "./json-skeleton.js";
import { findObjectEnd } from "./object-end.js";
import { RowShapes } from "./row-shapes.js";

/** What is searched in vain, beside what was read [characters]: bounds the cost of texts in which every document breaks off. */
const CREDIT = 1024 * 1024;

export interface WholeDocument {
  /** Good until the next document is read. */
  readonly object: JsonObject;
  /** Behind it. */
  readonly end: number;
  readonly lineEnds: number;
}

export class WholeDocuments {
  private readonly shapes: RowShapes;
  private credit = CREDIT;

  /** @param most the longest document [characters] and the most brackets in one that cannot nest too deep */
  constructor(
    private readonly listKeys: ReadonlySet<string>,
    private readonly most: { readonly characters: number; readonly brackets: number },
    unread: Unread,
  ) {
    this.shapes = new RowShapes({ unread });
  }

  /**
   * The document that begins at this brace; "cut" where it may go on in text that is still to come, undefined where it must be read by the character.
   * @param isItem a List in it is no List but a part of an item
   */
  read(text: string, from: number, isItem: boolean): WholeDocument | "cut" | undefined {
    const shape = this.shapes.find(text, from);
    if (shape !== undefined) return { object: shape.object, end: this.shapes.end, lineEnds: shape.lineEnds };
    if (this.credit <= 0) return undefined;
    if (!isItem && !text.includes("\n", from)) {
      this.credit -= text.length - from;
      return "cut";
    }
    const { end, searched, lineEnds, brackets } = findObjectEnd(text, from);
    const document = end < 0 ? "" : text.slice(from, end);
    const mayHoldList = this.mayHoldList(document);
    const fits = end >= 0 && document.length <= this.most.characters && brackets <= this.most.brackets && (isItem || !mayHoldList);
    const object = fits ? parseObject(document) : null;
    if (object === null) {
      this.credit -= searched - from;
      return end === -1 ? "cut" : undefined;
    }
    this.earn(document.length);
    if (!mayHoldList) this.shapes.learn(document);
    return { object, end, lineEnds };
  }

  /** So much was read, in one way or another. */
  earn(characters: number): void {
    this.credit = Math.min(CREDIT, this.credit + characters);
  }

  private mayHoldList(text: string): boolean {
    for (const key of this.listKeys) if (text.includes(`"${key}"`)) return true;
    return false;
  }
}
