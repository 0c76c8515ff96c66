import { type Alarm, alarmLine, cut, erased, type LiveTextOptions, type LiveView, liveLine, liveScreen } from "../live/index.js";
import { visible } from "../model/reports/visible.js";
import type { DurationMs, EpochMs } from "../model/time.js";
import { allowsColor } from "./color.js";

/** Without a terminal, a line at least this often [ms]. */
const LINE_EVERY_MS = 10_000;
/** Of a terminal that does not say. */
const WIDTH = 80;
const HEIGHT = 24;

/** What a view is written to: standard output, as a terminal or not. */
export interface Output {
  readonly isTTY?: boolean;
  readonly columns?: number;
  readonly rows?: number;
  write(text: string): unknown;
}

/** Where a live view is shown: redrawn in place on a terminal; elsewhere a line for each change, and every ten seconds. */
export class WatchDisplay {
  private drawn: readonly string[] = [];
  private waitingFor = "";
  private lineAt: EpochMs = Number.NEGATIVE_INFINITY;
  private shownState = "";

  constructor(
    private readonly stream: Output,
    private readonly source: string,
    private readonly lifeMs: DurationMs | undefined,
    private readonly environment: NodeJS.ProcessEnv = process.env,
  ) {}

  /** @param others open Jobs that serve no investigation */
  show(view: LiveView, others: number): void {
    if (this.redraws) this.draw(view, others);
    else this.line(view);
  }

  /** Nothing is known yet, and why: no count stands for that. */
  waiting(text: string): void {
    if (text === this.waitingFor) return;
    this.waitingFor = text;
    this.clear();
    const line = this.redraws ? cut(visible(text), this.width) : visible(text);
    this.stream.write(`${line}\n`);
    if (this.redraws) this.drawn = [line];
  }

  /** Something that stays. */
  say(text: string): void {
    this.clear();
    this.stream.write(`${visible(text)}\n`);
  }

  alarm(alarm: Alarm): void {
    this.say(alarmLine(alarm));
  }

  /** The last state stays. */
  end(view: LiveView): void {
    if (view.from === null) return;
    this.clear();
    this.stream.write(`${liveLine(view)}\n`);
  }

  private draw(view: LiveView, others: number): void {
    this.clear();
    const options: LiveTextOptions = {
      color: allowsColor(this.stream, this.environment),
      width: this.width,
      source: others === 0 ? this.source : `${this.source} (and ${others} other Jobs)`,
      ...(this.lifeMs === undefined ? {} : { lifeMs: this.lifeMs }),
    };
    const lines = liveScreen(view, options).slice(0, Math.max(3, (this.stream.rows || HEIGHT) - 1));
    this.stream.write(`${lines.join("\n")}\n`);
    this.drawn = lines;
  }

  private line(view: LiveView): void {
    const state = `${view.open} ${view.created} ${view.gone} ${view.overdue.length}`;
    if (state === this.shownState && view.at - this.lineAt < LINE_EVERY_MS) return;
    this.shownState = state;
    this.lineAt = view.at;
    this.stream.write(`${liveLine(view)}\n`);
  }

  /** A terminal, and one that can go back over what it has shown. */
  private get redraws(): boolean {
    return this.stream.isTTY === true && this.environment.TERM !== "dumb";
  }

  /** [columns]; 0 is what a terminal says that does not know. */
  private get width(): number {
    return this.stream.columns || WIDTH;
  }

  /** Takes the last drawing away. */
  private clear(): void {
    if (this.drawn.length > 0) this.stream.write(erased(this.drawn, this.width));
    this.drawn = [];
  }
}
