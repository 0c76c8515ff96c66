import type { Bilingual, CrossCheckDefinition } from "../profile.js";
import type { Evidence } from "../source.js";

/** Numbers that the log gives by itself, held against what was measured. */
export interface ReportCrossCheck {
  readonly id: string;
  /** What the numbers are. */
  readonly title: Bilingual;
  readonly operator: CrossCheckDefinition["operator"];
  /** So many were held against something measured. */
  readonly n: number;
  /** So many of these cannot be what is expected by what was measured, whatever digits, clocks and uncertain ends leave open. */
  readonly differing: number;
  /** Nothing was measured that these could be held against, or they are no numbers. Absent: none. */
  readonly incomparable?: number;
  /** The one that is farthest from what was measured, the first of several; absent where none was held against anything. */
  readonly farthest?: {
    readonly reported: number;
    /** What was measured for it, as the range that is left open. */
    readonly measured: readonly [low: number, high: number];
    readonly evidence: Evidence;
  };
}
