import type { LogMark } from "../../model/event.js";
import type { Evidence } from "../../model/source.js";
import type { DurationMs, EpochMs } from "../../model/time.js";
import type { Point } from "../../model/timeline.js";

/**
 * A mark as a point of its investigation. There are a dozen to an investigation, and few are asked for more than what and when: the rest is
 * looked up in the mark, whose texts stand in columns.
 */
export class MarkPoint implements Point {
  readonly mark: string;
  readonly at: EpochMs;
  readonly resolutionMs: DurationMs;
  readonly #of: LogMark;

  constructor(of: LogMark) {
    const { at, resolutionMs } = of.at;
    this.mark = of.mark;
    this.at = at;
    this.resolutionMs = resolutionMs;
    this.#of = of;
  }

  get groups(): LogMark["groups"] {
    return this.#of.groups;
  }
  get message(): string {
    return this.#of.message;
  }
  get evidence(): Evidence {
    return this.#of.evidence;
  }
}

/** The point with other properties of its own; a copy of its own ones would miss those that are looked up. */
export function changedPoint(
  { mark, at, resolutionMs, groups, message, evidence, uncertain }: Point,
  change: Pick<Partial<Point>, "at" | "resolutionMs" | "uncertain">,
): Point {
  return { mark, at, resolutionMs, groups, message, evidence, ...(uncertain === undefined ? {} : { uncertain }), ...change };
}

/** The points, those from one index up to another uncertain: they may be another's. */
export function blurred(points: readonly Point[], from = 0, end = points.length): Point[] {
  return points.map((point, index) => (index < from || index >= end ? point : changedPoint(point, { uncertain: true })));
}
