/** As much of a terminal as a redrawn view needs: it wraps, scrolls, goes up and erases, and takes anything else for a mistake. */
export class Terminal {
  readonly isTTY = true;
  /** Everything that was ever written on it, one entry a row; the last is the one of the cursor. */
  private lines: string[] = [""];
  written = "";

  constructor(
    public columns: number,
    public rows: number,
  ) {}

  write(text: string): void {
    this.written += text;
    const ESC = String.fromCharCode(27);
    const pattern = new RegExp(`${ESC}\\[(\\d*)([A-Za-z])|[^]`, "gu");
    for (const [piece, count, command] of text.matchAll(pattern)) {
      if (command === "A") this.up(Number(count));
      else if (command === "J") this.erase();
      else if (command === "m") continue;
      else if (piece === "\n") this.feed();
      else if (piece === "\r") this.column = 0;
      else if (piece < " ") throw new Error(`a control character in ${JSON.stringify(text)}`);
      else this.put(piece);
    }
  }

  /** Rows from the first to the last that is not empty. */
  get shown(): readonly string[] {
    const last = this.lines.findLastIndex((line) => line !== "");
    return this.lines.slice(0, last + 1);
  }

  /** Narrower or wider: what is on it wraps anew, as terminals do. */
  resize(columns: number): void {
    const whole = this.shown;
    this.columns = columns;
    this.lines = [""];
    this.row = 0;
    this.column = 0;
    for (const line of whole) this.write(`${line}\n`);
  }

  private row = 0;
  private column = 0;

  private up(count: number): void {
    // Beyond the upper edge there is no way back.
    if (count > this.rows - 1) throw new Error(`${count} rows up on a terminal of ${this.rows}`);
    this.row = Math.max(0, this.row - count);
  }

  /** From the cursor to the end of the screen. */
  private erase(): void {
    this.lines = [...this.lines.slice(0, this.row), (this.lines[this.row] ?? "").slice(0, this.column)];
  }

  private feed(): void {
    this.row++;
    this.column = 0;
    this.lines[this.row] ??= "";
  }

  private put(letter: string): void {
    const wide = /[\u2e80-\ua4cf]/.test(letter) ? 2 : 1;
    if (this.column + wide > this.columns) this.feed();
    const line = this.lines[this.row] ?? "";
    this.lines[this.row] = line.slice(0, this.column) + letter + line.slice(this.column + 1);
    this.column += wide;
  }
}
