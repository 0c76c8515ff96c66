import type { LogMark } from "../../model/event.js";
import type { EpochMs } from "../../model/time.js";
import type { Point } from "../../model/timeline.js";
import type { MixUp } from "./mix-up.js";

/** An investigation while its marks are still being gathered. */
export interface Draft {
  /** Where several are told: the first of those that its last try brought. */
  jobId: string | null;
  /** Others that its lines tell: of tries before that, and of further Jobs of one. */
  otherJobIds?: Set<string>;
  /** It has been tried again since its job id was told: another id is then its own. */
  isTriedAgain?: true;
  port: string | null;
  points: Point[];
  announcedIndex: number | null;
  /** Where its first marks may be another's: the earliest moment at which any of those that they may belong to began. */
  originSince?: EpochMs;
  /** Those with whom it may have been taken for one another, while that lasts: at the end, how it ended may be how one of them did. */
  mixUp?: MixUp;
  /** No investigation, but a failure of one of those in the mix-up. */
  isFailure?: true;
  /** A line with its port or its job id, which came again, may be its own or another's: how it ended may be how that one did. */
  keyShared?: true;
  /** Lines without a key that came sooner than they should: index of the first of its points that is one. */
  early?: { readonly from: number; readonly marks: LogMark[] };
  /** Lines are missing behind one of its own, and those behind them may be another's. */
  brokenOff?: true;
  /** So many of which the log has no line come next, by their numbers. */
  skipped?: number;
  /** Which of several runs it is of, from 1. */
  run?: number;
}

/** No line of it has told a key: it waits for one. */
export function isNameless({ jobId, port, isFailure }: Draft): boolean {
  return jobId === null && port === null && isFailure !== true;
}
