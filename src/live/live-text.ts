/** The live view as text, in English as the terminal speaks it. */

import { visible } from "../model/reports/visible.js";
import type { DurationMs, EpochMs } from "../model/time.js";
import type { Alarm } from "./alarms.js";
import type { AgedJob, LiveView } from "./live-jobs.js";
import { cut } from "./screen.js";

/** The oldest Jobs that are named. */
const NAMED = 5;
const ESCAPE = String.fromCharCode(27);
const red = (text: string): string => `${ESCAPE}[31m${text}${ESCAPE}[39m`;

export interface LiveTextOptions {
  readonly color: boolean;
  /** [columns] */
  readonly width: number;
  /** How long a Job lives by the documents. */
  readonly lifeMs?: DurationMs;
  /** Whether the source is up, and what it is. */
  readonly source: string;
}

/** Several lines for a terminal, redrawn in place. */
export function liveScreen(view: LiveView, { color, width, lifeMs, source }: LiveTextOptions): string[] {
  const since = view.from === null ? "" : ` for ${duration(view.at - view.from)}`;
  const lines = [
    `${clock(view.at)}  ${oneLine(source)}${since}`,
    "",
    `open now   ${pad(view.open)}   peak ${view.peak}${view.peakAt === null ? "" : ` at ${clock(view.peakAt)}`}   mean ${meanText(view)}`,
  ];
  if (view.expected !== undefined && lifeMs !== undefined)
    lines.push(`documented ${pad(view.expected)}   if each were gone ${duration(lifeMs)} after its creation`);
  lines.push(`created    ${pad(view.created)}   gone ${view.gone}`);
  if (view.overdue.length > 0) {
    const text = `overdue    ${pad(view.overdue.length)}   open for longer than documented`;
    lines.push(color ? red(text) : text);
  }
  if (view.oldest.length > 0) lines.push("", ...oldestLines(view, color));
  // No line may wrap: a view is as high as it has lines.
  return lines.map((line) => cut(line, width));
}

/** One line where there is no terminal. */
export function liveLine(view: LiveView): string {
  const [oldest] = view.oldest;
  const parts = [
    `open ${view.open}`,
    `peak ${view.peak}`,
    `mean ${meanText(view)}`,
    ...(view.expected === undefined ? [] : [`documented ${view.expected}`]),
    ...(view.overdue.length === 0 ? [] : [`overdue ${view.overdue.length}`]),
    ...(oldest === undefined ? [] : [`oldest ${nameOf(oldest)} ${duration(oldest.ageMs)}`]),
  ];
  return `${isoSecond(view.at)} ${parts.join(", ")}`;
}

export function alarmLine(alarm: Alarm): string {
  const what =
    alarm.kind === "max-open"
      ? `${alarm.open} Jobs are open, more than ${alarm.limit}`
      : `${nameOf(alarm.job)} has been open for ${exactly(alarm.job.ageMs)}, longer than ${exactly(alarm.limit)}`;
  return `${isoSecond(alarm.at)} ALARM: ${what}`;
}

function oldestLines({ oldest, overdue }: LiveView, color: boolean): string[] {
  const late = new Set(overdue.map(({ uid }) => uid));
  const lines = oldest.slice(0, NAMED).map((job) => {
    const line = `${duration(job.ageMs).padStart(9)}  ${nameOf(job)}`;
    return color && late.has(job.uid) ? red(line) : line;
  });
  return oldest.length > NAMED ? [...lines, `           and ${oldest.length - NAMED} more`] : lines;
}

/** 58 s, 3 min 20 s, 2 h 5 min */
function duration(ms: DurationMs): string {
  const seconds = Math.floor(ms / 1000);
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
  return `${Math.floor(seconds / 3600)} h ${Math.floor((seconds % 3600) / 60)} min`;
}

/** The same to a tenth of a second: 12.5 s, 1 min 10.2 s */
function exactly(ms: DurationMs): string {
  const tenths = Math.floor(ms / 100);
  if (ms >= 3_600_000) return duration(ms);
  const minutes = Math.floor(tenths / 600);
  return `${minutes === 0 ? "" : `${minutes} min `}${(tenths % 600) / 10} s`;
}

function meanText({ mean }: LiveView): string {
  return mean === null ? "-" : mean.toFixed(2);
}

function nameOf({ namespace, name }: AgedJob): string {
  return oneLine(namespace === "" ? name : `${namespace}/${name}`);
}

/** Nothing in it acts on the terminal, a line feed least of all. */
function oneLine(text: string): string {
  return visible(text).replace(/[\t\n]/g, " ");
}

function isoSecond(at: EpochMs): string {
  return new Date(at).toISOString().replace(/\.\d+/, "");
}

function clock(at: EpochMs): string {
  return `${new Date(at).toISOString().slice(11, 19)}Z`;
}

function pad(count: number): string {
  return String(count).padStart(5);
}
