/**
 * Rows of the audit log whose shape is known, without a look at their text. Only shapes for which the values say the same as the texts that
 * audit-text.ts looks for: every row has its id, no text has an escape, verb and resource stand as the API server writes them.
 */

import type { JsonObject } from "../../model/text/json-object.js";
import type { Slot } from "../json/json-skeleton.js";
import type { RowShape } from "../json/row-shape.js";
import { RowShapes } from "../json/row-shapes.js";
import { STAMP_LENGTH } from "./audit-text.js";

const STAMP_KEY = /"(?:stageTimestamp|requestReceivedTimestamp|timestamp)": ?$/;
const VERB_KEY = /"verb": {0,4}$/;
const RESOURCE_KEY = /"resource": {0,4}$/;
const ID_KEY = '"auditID"';

interface AuditShape {
  readonly stamps: readonly Slot[];
}

export class AuditShapes {
  private readonly shapes = new RowShapes({ plainOnly: true });
  private readonly usable = new WeakMap<RowShape, AuditShape | "no">();

  /** The row as parsed, good until the next one, or undefined where its text has to be looked at. `onStamp` hears the stamps in it. */
  read(text: string, onStamp: (stamp: string) => void): JsonObject | undefined {
    const shape = this.shapes.find(text, 0);
    if (shape === undefined || this.shapes.end !== text.length) return undefined;
    const known = this.usable.get(shape) ?? this.examine(shape);
    if (known === "no") return undefined;
    for (const { container, key } of known.stamps) {
      const stamp = container[key];
      if (typeof stamp === "string" && stamp.length >= STAMP_LENGTH.from && stamp.length <= STAMP_LENGTH.to) onStamp(stamp);
    }
    return shape.object;
  }

  learn(text: string): void {
    this.shapes.learn(text);
  }

  private examine(shape: RowShape): AuditShape | "no" {
    const { literals, slots, kinds } = shape.skeleton;
    const target = shape.object.objectRef;
    const stamps: Slot[] = [];
    let plain = literals.some((literal) => literal.includes(ID_KEY)) && !Array.isArray(shape.object.items);
    for (const [index, slot] of slots.entries()) {
      const before = literals[index] ?? "";
      if (kinds[index] === "text" && STAMP_KEY.test(before)) stamps.push(slot);
      if (slot.container === shape.object && slot.key === "verb") plain &&= VERB_KEY.test(before);
      if (slot.container === target && slot.key === "resource") plain &&= RESOURCE_KEY.test(before);
    }
    const found = plain ? { stamps } : "no";
    this.usable.set(shape, found);
    return found;
  }
}
