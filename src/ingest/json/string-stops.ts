/** Where a string may end, or is not plain: most of a document is text inside of strings, and the engine searches it far faster than a loop. */
export class StringStops {
  private quote = -1;
  private backslash = -1;
  private newline = -1;

  constructor(private readonly chunk: string) {}

  /** The first quote, backslash or line end from here on; the length of the chunk where there is none. Places only grow. */
  next(from: number): number {
    if (this.quote < from) this.quote = this.find('"', from);
    if (this.backslash < from) this.backslash = this.find("\\", from);
    if (this.newline < from) this.newline = this.find("\n", from);
    return Math.min(this.quote, this.backslash, this.newline);
  }

  private find(character: string, from: number): number {
    const at = this.chunk.indexOf(character, from);
    return at === -1 ? this.chunk.length : at;
  }
}
