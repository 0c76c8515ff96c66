/** What `postrun inspect` wants to know of a source beyond its events: how often each pattern matched, and what the lines that none matched look like. */
import type { UnmatchedShape } from "../model/inspection.js";
import { redactSecrets } from "../model/privacy/redaction.js";
import { repairMojibake } from "../model/text/mojibake.js";

/** Shapes held at once; beyond, the rarest are forgotten. */
const MOST_SHAPES = 2000;
const SHOWN_SHAPES = 10;
/** As much of a message as its shape is made from [characters]. */
const SHAPE_LENGTH = 300;

export class Examination {
  readonly patterns = new Map<string, number>();
  unmatched = 0;
  private readonly shapes = new Map<string, { count: number; line: number; example: string }>();

  /** A record that was held against the patterns. */
  record(message: string, line: number, pattern: string | undefined): void {
    if (pattern !== undefined) this.patterns.set(pattern, (this.patterns.get(pattern) ?? 0) + 1);
    else this.withoutMeaning(message, line);
  }

  /** A line or record that nothing recognised. */
  withoutMeaning(text: string, line: number): void {
    if (text.trim() === "") return;
    this.unmatched += 1;
    const shape = shapeOf(text);
    const known = this.shapes.get(shape);
    if (known !== undefined) {
      known.count += 1;
      // Of a wrapped record it is certain late how it is read.
      if (line < known.line) Object.assign(known, { line, example: exampleOf(text) });
    } else {
      if (this.shapes.size >= MOST_SHAPES) this.forgetRarest();
      this.shapes.set(shape, { count: 1, line, example: exampleOf(text) });
    }
  }

  /** The commonest first. */
  commonest(): UnmatchedShape[] {
    return [...this.shapes]
      .map(([shape, { count, line, example }]) => ({ shape, count, line, example }))
      .sort((a, b) => b.count - a.count || a.line - b.line)
      .slice(0, SHOWN_SHAPES);
  }

  /** What is common survives although memory is bounded: every count loses one (Misra and Gries, "Finding repeated elements", 1982). */
  private forgetRarest(): void {
    for (const [shape, entry] of this.shapes) {
      entry.count -= 1;
      if (entry.count === 0) this.shapes.delete(shape);
    }
  }
}

function exampleOf(text: string): string {
  return shown(text).slice(0, 160);
}

function shown(text: string): string {
  return redactSecrets(repairMojibake(text.slice(0, SHAPE_LENGTH)));
}

/** A message without what differs from line to line: quoted texts, ids, hexadecimal and decimal numbers. */
export function shapeOf(message: string): string {
  return shown(message)
    .replace(/\p{Cc}+/gu, " ")
    .replace(/"[^"]{0,300}"|(?<!\w)'[^']{0,300}'(?!\w)/g, "<text>")
    .replace(/\b[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}\b/gi, "<id>")
    .replace(/\b(?:0x)?(?=[0-9a-f]{0,40}\d)(?=[0-9a-f]{0,40}[a-f])[0-9a-f]{6,64}\b/gi, "<hex>")
    .replace(/\d+(?:[.,:-]\d+)*/g, "<n>")
    .trim();
}
