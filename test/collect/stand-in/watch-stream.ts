/** One watch: a chunked answer, a row for each write. */
import type { ServerResponse } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";

export interface Disturbance {
  readonly duplicate?: boolean;
  readonly reorder?: boolean;
  /** Every row comes in three pieces, this far apart. */
  readonly pieceMs?: number;
}

const HELD_MS = 20;

export class WatchStream {
  /** Not yet handed to the system. */
  pendingBytes = 0;
  #queue: Promise<void> = Promise.resolve();
  #held: string | undefined;
  #over = false;
  #hung = false;

  constructor(
    private readonly response: ServerResponse,
    private readonly disturbance: () => Disturbance,
  ) {}

  send(row: { readonly type: string; readonly object: unknown }): void {
    const text = `${JSON.stringify(row)}\n`;
    const { duplicate = false, reorder = false } = this.disturbance();
    if (reorder && this.#held === undefined) {
      this.#held = text;
      setTimeout(() => this.#release(), HELD_MS).unref();
      return;
    }
    this.#write(text);
    if (duplicate) this.#write(text);
    this.#release();
  }

  /** Ends properly, after what is still to be sent; what happens from now on is for the next watch. */
  end(): void {
    if (this.#hung) return;
    this.#release();
    this.#over = true;
    this.#queue = this.#queue.then(() => {
      this.response.end();
    });
  }

  /** Sends nothing any more, and stays open. */
  hang(): void {
    this.#over = true;
    this.#hung = true;
  }

  /** Breaks the connection; `midRow`: after the beginning of a row. */
  cut(midRow: boolean): void {
    this.#over = true;
    if (midRow) this.response.write('{"type":"MODIFIED","object":{"kind":"Job","meta');
    setImmediate(() => this.response.destroy());
  }

  #release(): void {
    const held = this.#held;
    this.#held = undefined;
    if (held !== undefined) this.#write(held);
  }

  #write(text: string): void {
    if (this.#over) return;
    const { pieceMs = 0 } = this.disturbance();
    if (pieceMs === 0) {
      this.pendingBytes += text.length;
      this.#queue = this.#queue.then(() => {
        this.response.write(text, () => {
          this.pendingBytes -= text.length;
        });
      });
      return;
    }
    const third = Math.ceil(text.length / 3);
    for (const piece of [text.slice(0, third), text.slice(third, 2 * third), text.slice(2 * third)]) {
      this.#queue = this.#queue.then(async () => {
        this.response.write(piece);
        await sleep(pieceMs);
      });
    }
  }
}
