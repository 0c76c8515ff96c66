import type { EpochMs } from "../model/time.js";
import { LineSplitter } from "./line-splitter.js";
import type { ArrivedLine, StreamName } from "./output-row.js";

/** A piece is held back for so long, to see whether its stream ends with it [ms]. */
const HOLD_MS = 100;

/** Turns the pieces of both streams into lines with their times of arrival, in the order of arrival. */
export class OutputRecorder {
  private readonly splitters: Readonly<Record<StreamName, LineSplitter>>;
  private held: { readonly stream: StreamName; readonly piece: Buffer; readonly at: EpochMs } | undefined;
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly clock: () => EpochMs,
    private readonly onLine: (line: ArrivedLine) => void,
  ) {
    const startedAt = clock();
    this.splitters = { stdout: new LineSplitter("stdout", startedAt), stderr: new LineSplitter("stderr", startedAt) };
  }

  piece(stream: StreamName, piece: Buffer): void {
    this.release();
    this.held = { stream, piece, at: this.clock() };
    this.timer = setTimeout(() => this.release(), HOLD_MS).unref();
  }

  end(stream: StreamName): void {
    this.release(stream);
    for (const line of this.splitters[stream].end(this.clock())) this.onLine(line);
  }

  /** @param ended the stream that has ended */
  private release(ended?: StreamName): void {
    clearTimeout(this.timer);
    const { held } = this;
    if (held === undefined) return;
    this.held = undefined;
    for (const line of this.splitters[held.stream].push(held.piece, held.at, held.stream === ended)) this.onLine(line);
  }
}
