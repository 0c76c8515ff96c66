/** A stream of bytes that can be put back. */
export class StoredInput {
  private readonly source: AsyncIterator<Buffer>;
  /** What was put back. */
  private front: Buffer = Buffer.alloc(0);

  constructor(stored: AsyncIterable<Buffer>) {
    this.source = stored[Symbol.asyncIterator]();
  }

  /** The next bytes, so many of those that are looked at. */
  take(length: number): Buffer {
    const taken = this.front.subarray(0, length);
    this.front = this.front.subarray(length);
    return taken;
  }

  /** Puts bytes back before those that are still to come. */
  putBack(bytes: Buffer): void {
    this.front = this.front.length === 0 ? bytes : Buffer.concat([bytes, this.front]);
  }

  /** The next bytes, at least so many unless the stream ends; they are still to be taken. */
  async look(length: number): Promise<Buffer> {
    while (this.front.length < length) {
      const more = await this.fetch();
      if (more === undefined) break;
      this.front = Buffer.concat([this.front, more]);
    }
    return this.front;
  }

  /** No more is wanted. */
  async close(): Promise<void> {
    await this.source.return?.();
  }

  private async fetch(): Promise<Buffer | undefined> {
    const { done, value } = await this.source.next();
    return done === true ? undefined : value;
  }
}
