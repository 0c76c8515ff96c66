/** Longest document [characters]; beyond, the text is no capture. */
const LIMIT = 8 * 1024 * 1024;

/**
 * Cuts JSON objects out of a text that grows: one a line, or printed over several lines as kubectl does. What is cut off (a writer that was
 * killed) is passed over as soon as the next object begins at the beginning of a line; what cannot be parsed is counted.
 */
export class Documents {
  /** Objects that could not be read. */
  unreadable = 0;
  private pending = "";

  /** The objects that this text completes. */
  push(text: string): Readonly<Record<string, unknown>>[] {
    const lines = (this.pending + text).split("\n");
    this.pending = "";
    const rest = lines.pop() ?? "";
    const found: Readonly<Record<string, unknown>>[] = [];
    let open: string[] = [];
    for (const line of lines) {
      if (line.startsWith("{") && open.length > 0) {
        this.unreadable += 1;
        open = [];
      }
      if (open.length === 0 && !line.startsWith("{")) continue;
      open.push(line);
      // An object that is printed over several lines ends with a brace at the beginning of one.
      if (open.length === 1 ? line.trimEnd() !== "{" : line.startsWith("}")) {
        this.take(open.join("\n"), found);
        open = [];
      }
    }
    this.pending = [...open, rest].join("\n");
    if (this.pending.length > LIMIT) {
      this.unreadable += 1;
      this.pending = "";
    }
    return found;
  }

  private take(text: string, found: Readonly<Record<string, unknown>>[]): void {
    try {
      found.push(JSON.parse(text));
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
      this.unreadable += 1;
    }
  }
}
