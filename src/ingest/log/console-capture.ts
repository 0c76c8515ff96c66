/** What a console does to the lines of a program when a shell (PowerShell) redirects them. */

/** `At line:1 char:1`, `At C:\run.ps1:3 char:5`: an error record of PowerShell begins, often in the middle of a line of the program. */
const BLOCK_START = /^(?:At|In) (?:.{1,300}:\d+|line:\d+) (?:char|Zeichen):\d+$/;
const BLOCK_END = /\+ FullyQualifiedErrorId\s*:/;
/** Lines of such a block: position, two of the command, category (wrapped), id. */
const BLOCK_LINES = 16;
/** `python.exe : ` before the first line that the program wrote to its error stream. */
const PROGRAM_NAME = /^[^\s:]{1,100} : (?=\[?\d{4}-\d\d-\d\d|\{")/;

/** Narrower consoles do not occur [columns]. */
const NARROWEST = 40;
const WIDEST = 1000;
/** Of the lines that reach the width, this share must end there and go on in the next line; with other signs of a console, this share. */
const WRAPPED_SHARE = 0.8;
const WRAPPED_SHARE_CAPTURED = 0.5;
/** Without other signs of a console: wrapped lines, and different beginnings of what follows (a traceback always begins alike). */
const WRAPPED_LINES = 5;
const DIFFERENT_BEGINNINGS = 3;

export function withoutProgramName(line: string): string {
  return line.includes(" : ") ? line.replace(PROGRAM_NAME, "") : line;
}

/** A continuation that is one by itself, not the rest of a wrapped line. */
export function isTraceback(line: string): boolean {
  return line.startsWith("Traceback (most recent call last)");
}

/** Follows the error records of PowerShell through a text. */
export class ErrorBlocks {
  private left = 0;
  private justEnded = false;
  seen = false;

  /** Whether the line belongs to such a block (or is the empty line after it). */
  take(line: string): boolean {
    if (this.left === 0 && BLOCK_START.test(line.trimEnd())) {
      this.left = BLOCK_LINES;
      this.seen = true;
      return true;
    }
    if (this.left > 0) {
      this.left -= 1;
      this.justEnded = BLOCK_END.test(line);
      if (this.justEnded) this.left = 0;
      return true;
    }
    const afterBlock = this.justEnded && line.trim() === "";
    this.justEnded = false;
    return afterBlock;
  }

  /** What comes next may belong to a block. */
  get open(): boolean {
    return this.left > 0 || this.justEnded;
  }

  /** A record begins: whatever the block, it is over. */
  end(): void {
    this.left = 0;
    this.justEnded = false;
  }
}

interface LengthNotes {
  lines: number;
  wrapped: number;
  readonly beginnings: Set<string>;
}

/** Finds the width at which a console wrapped lines, from how long lines are and which go on in the next one. */
export class ConsoleWidth {
  /** By length, in the order in which lengths were met. */
  private readonly lengths = new Map<number, LengthNotes>();
  /** The same, to be found faster. */
  private readonly known: (LengthNotes | undefined)[] = new Array(WIDEST + 1).fill(undefined);

  /** A line, and the line that continues it. */
  note(length: number, continuation?: string): void {
    if (length < NARROWEST) return;
    const key = Math.min(length, WIDEST);
    const entry = this.known[key] ?? this.add(key);
    entry.lines += 1;
    if (continuation !== undefined && !isTraceback(continuation)) {
      entry.wrapped += 1;
      if (entry.beginnings.size < DIFFERENT_BEGINNINGS) entry.beginnings.add(continuation.slice(0, 8));
    }
  }

  private add(key: number): LengthNotes {
    const entry = { lines: 0, wrapped: 0, beginnings: new Set<string>() };
    this.lengths.set(key, entry);
    this.known[key] = entry;
    return entry;
  }

  /** The width, or undefined where nothing was wrapped. `captured`: other signs say that a console stood between. */
  find(captured: boolean): number | undefined {
    let best: { width: number; wrapped: number } | undefined;
    for (const [width, { wrapped, beginnings }] of this.lengths) {
      if (wrapped === 0 || width === WIDEST || wrapped <= (best?.wrapped ?? 0)) continue;
      if (!captured && (wrapped < WRAPPED_LINES || beginnings.size < DIFFERENT_BEGINNINGS)) continue;
      let reaching = 0;
      for (const [length, entry] of this.lengths) if (length >= width) reaching += entry.lines;
      if (wrapped >= reaching * (captured ? WRAPPED_SHARE_CAPTURED : WRAPPED_SHARE)) best = { width, wrapped };
    }
    return best?.width;
  }
}
