/** The beginning of a document that is held until the rest of it has come; a longer one is read by the character as it comes [characters]. */
const HOLD_LIMIT = 256 * 1024;

/** Text that has come and was not read, because the document that begins it is not complete. */
export class HeldText {
  private text = "";
  /** From this length on it is worth another look. */
  private enough = 0;

  get isEmpty(): boolean {
    return this.text === "";
  }

  /** Holds the text; false where it is too long for that. */
  hold(text: string): boolean {
    if (text.length >= HOLD_LIMIT) return false;
    this.text = text;
    // A compact row ends with its line. Of anything else as much again is awaited, so that the looks together stay in proportion to the text.
    this.enough = text.includes("\n") ? Math.min(text.length * 2, HOLD_LIMIT) : HOLD_LIMIT;
    return true;
  }

  /** Adds what came. Returns the text that is to be read now, and what comes after it; both are empty where more is awaited. */
  add(chunk: string): readonly [now: string, after: string] {
    const rowEnd = this.text.includes("\n") ? 0 : chunk.indexOf("\n") + 1;
    this.text += rowEnd === 0 ? chunk : chunk.slice(0, rowEnd);
    return rowEnd > 0 || this.text.length >= this.enough ? [this.release(), rowEnd === 0 ? "" : chunk.slice(rowEnd)] : ["", ""];
  }

  release(): string {
    const { text } = this;
    this.text = "";
    return text;
  }
}
