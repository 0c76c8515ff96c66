import type { LogMark } from "../../model/event.js";
import type { Profile } from "../../model/profile.js";
import type { SourceSummary } from "../../model/source.js";
import { type Agreement, agreement, centre, width } from "../../model/statistics/bounds.js";
import { type DurationMs, ZONE_STEP_MS } from "../../model/time.js";
import type { DeclaredClock } from "../clocks/clocks.js";
import type { OffsetBound } from "../clocks/offset-bound.js";
import { correlate } from "../investigations/correlate.js";
import { creationWindows } from "../investigations/creation-windows.js";
import type { CandidatesOf } from "../links/candidate-jobs.js";
import { offsetBounds } from "../links/request-bounds.js";
import { deduplicate } from "./deduplicate.js";

/** What the reading of logs needs to know of all other inputs. */
export interface LogContext {
  readonly profile: Profile;
  readonly sources: readonly SourceSummary[];
  /** Jobs that could be an investigation's. */
  readonly candidates: CandidatesOf;
  readonly declared: DeclaredClock;
}

/** What requests and their Jobs say of the clock of some marks, whatever run they belong to. */
export function boundsOfMarks(marks: readonly LogMark[], { profile, candidates }: LogContext): OffsetBound[] {
  const { drafts } = correlate(deduplicate(marks).marks, profile);
  return offsetBounds(creationWindows(drafts, profile), candidates).bounds.filter(({ lo, hi }) => lo <= hi);
}

/** Where most bounds agree; undefined where there are none, or where they leave the zone open. */
export function agreedOffset(bounds: readonly OffsetBound[]): Agreement | undefined {
  const agreed = agreement(bounds);
  return agreed === undefined || width(agreed) > ZONE_STEP_MS ? undefined : agreed;
}

/** The middle of that. */
export function offsetOf(bounds: readonly OffsetBound[]): DurationMs | undefined {
  const agreed = agreedOffset(bounds);
  return agreed && centre(agreed);
}
