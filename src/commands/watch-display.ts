import type { WriteStream } from "node:tty";
import { type Alarm, alarmLine, type LiveTextOptions, type LiveView, liveLine, liveScreen } from "../live/index.js";
import type { DurationMs, EpochMs } from "../model/time.js";
import { visible } from "../model/visible.js";

/** Without a terminal, a line at least this often [ms]. */
const LINE_EVERY_MS = 10_000;
const ESCAPE = String.fromCharCode(27);

/** Where a live view is shown: redrawn in place on a terminal; elsewhere a line for each change, and every ten seconds. */
export class WatchDisplay {
  private drawn = 0;
  private lineAt: EpochMs = Number.NEGATIVE_INFINITY;
  private shownState = "";

  constructor(
    private readonly stream: WriteStream,
    private readonly source: string,
    private readonly lifeMs: DurationMs | undefined,
  ) {}

  /** @param others open Jobs that serve no investigation */
  show(view: LiveView, others: number): void {
    if (this.stream.isTTY) this.draw(view, others);
    else this.line(view);
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
    const color = (process.env.NO_COLOR ?? "") === "";
    const options: LiveTextOptions = {
      color,
      width: this.stream.columns ?? 80,
      source: others === 0 ? this.source : `${this.source} (and ${others} other Jobs)`,
      ...(this.lifeMs === undefined ? {} : { lifeMs: this.lifeMs }),
    };
    const lines = liveScreen(view, options).slice(0, Math.max(3, (this.stream.rows ?? 24) - 1));
    this.stream.write(`${lines.join("\n")}\n`);
    this.drawn = lines.length;
  }

  private line(view: LiveView): void {
    const state = `${view.open} ${view.created} ${view.gone} ${view.overdue.length}`;
    if (state === this.shownState && view.at - this.lineAt < LINE_EVERY_MS) return;
    this.shownState = state;
    this.lineAt = view.at;
    this.stream.write(`${liveLine(view)}\n`);
  }

  /** Takes the last drawing away (ECMA-48: cursor up, erase to the end of the screen). */
  private clear(): void {
    if (this.drawn > 0) this.stream.write(`${ESCAPE}[${this.drawn}A${ESCAPE}[J`);
    this.drawn = 0;
  }
}
