import type { LineClass, Recorder } from "./recorder.js";

const RANK: Readonly<Record<LineClass, number>> = { unparsed: 0, ignored: 1, matched: 2 };

/**
 * Counts each physical line once, although documents share lines and the class of a List's own lines is known only at its end. Spans come in
 * the order of the text; a line that two share has the better class (matched before ignored before unparsed).
 */
export class LineLedger {
  /** All lines before this one are counted or belong to the open List. */
  private next = 1;
  private lastClass: LineClass | undefined;
  private listOpen = false;
  private listMatched = false;
  /** Lines of the open List's envelope so far. */
  private envelope = 0;

  constructor(private readonly recorder: Recorder) {}

  /** Lines first..last have this class. */
  mark(lineClass: LineClass, first: number, last: number): void {
    this.fill(first);
    if (this.listOpen && lineClass === "matched") this.listMatched = true;
    if (first < this.next) this.improveLast(lineClass);
    const begin = Math.max(first, this.next);
    if (last < begin) return;
    this.recorder.count(lineClass, last - begin + 1);
    this.next = last + 1;
    this.lastClass = lineClass;
  }

  listStart(line: number): void {
    this.fill(line);
    this.listOpen = true;
    this.listMatched = false;
    this.envelope = 0;
  }

  /** The List's own lines are matched when one of its items was. */
  listEnd(line: number): void {
    this.fill(line + 1);
    const lineClass = this.listMatched ? "matched" : "ignored";
    this.listOpen = false;
    this.recorder.count(lineClass, this.envelope);
    if (this.lastClass === undefined) this.lastClass = lineClass;
    else this.improveLast(lineClass);
  }

  /** The text has this many lines; those after the last document are blank, and those from where it is damaged on not understood. */
  end(lines: number, damagedFrom?: number): void {
    if (damagedFrom !== undefined) this.mark("unparsed", Math.min(damagedFrom, lines), lines);
    this.fill(lines + 1);
  }

  /** Lines up to this one that no document claimed: the List's own, else blank. */
  private fill(line: number): void {
    const gap = line - this.next;
    if (gap <= 0) return;
    if (this.listOpen) {
      this.envelope += gap;
      this.lastClass = undefined;
    } else {
      this.recorder.count("ignored", gap);
      this.lastClass = "ignored";
    }
    this.next = line;
  }

  /** The line counted last is shared: it takes the better class. */
  private improveLast(lineClass: LineClass): void {
    if (this.lastClass === undefined || RANK[lineClass] <= RANK[this.lastClass]) return;
    this.recorder.counts[this.lastClass] -= 1;
    this.recorder.counts[lineClass] += 1;
    this.lastClass = lineClass;
  }
}
