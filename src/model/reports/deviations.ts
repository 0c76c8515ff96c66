import type { Evidence } from "../source.js";
import type { DurationMs } from "../time.js";
import type { Mechanism } from "./rows.js";

/**
 * A Job of this run that did not go as the others did. `what`:
 * - `ended-otherwise`: something else than the cleanup ended it (`mechanism`).
 * - `ended-by-others`: somebody else than the cleanup deleted it (`deletedBy`).
 * - `leaked`: still there long after it should have gone (`durationMs` since its last use, at least).
 * - `before-disconnect`: gone before its client had disconnected (`byMs` before).
 * - `early`, `late`: gone much earlier or later after the disconnect (after its creation, where nobody connected) than the others: beyond 3.5
 *   modified z-scores, with all that stamps and ranges leave open. `byMs` is the distance from `medianMs`.
 */
export interface ReportDeviation {
  readonly job: string;
  readonly uid: string;
  readonly investigationId?: string;
  readonly what: "ended-otherwise" | "ended-by-others" | "leaked" | "before-disconnect" | "early" | "late";
  readonly mechanism?: Mechanism;
  readonly deletedBy?: string;
  readonly durationMs?: DurationMs;
  readonly medianMs?: DurationMs;
  readonly byMs?: DurationMs;
  /** Counted from the disconnect of its client, or from its creation. */
  readonly from?: "disconnected" | "created";
  /** It was still open when the capture ended: the numbers are the least that they can be. */
  readonly stillOpen?: true;
  readonly evidence: readonly Evidence[];
}
