import type { Unit } from "../measurement.js";
import type { Bilingual } from "../profile.js";
import type { Evidence, Reason } from "../source.js";

/** What the run says of a claim. `inconclusive`: measured, and it does not settle it; `not-applicable`: its condition does not hold. */
export type Verdict = "confirmed" | "contradicted" | "inconclusive" | "not-measured" | "not-applicable";
/** How the documents came by a claim: from code, as a statement, as an estimate, or computed from other claims. */
export type EvidenceClass = "code" | "documentation" | "estimated" | "computed";

/** One documented statement, what was measured for it, and what follows. */
export interface ReportClaim {
  readonly id: string;
  /** A few words that name it. */
  readonly title: Bilingual;
  readonly statement: Bilingual;
  readonly documented: {
    readonly value?: number;
    readonly low?: number;
    readonly high?: number;
    readonly unit: Unit;
    /** about: two-sided with tolerance; exactly; at-most and at-least: one-sided; between: range as written. */
    readonly operator: "about" | "between" | "exactly" | "at-most" | "at-least";
    /** Half width around value, in the unit. */
    readonly tolerance?: number;
    readonly from?: string;
    readonly to?: string;
  };
  readonly measured?: {
    readonly value: number;
    readonly ci95: readonly [number, number] | null;
    readonly intervalKind: "confidence" | "band" | "none";
    readonly n: number;
    readonly failed: number;
    readonly censored: number;
    /** So many more should be among the samples, and their value is not known. Absent: none. */
    readonly unknown?: number;
    readonly statistic: string;
    readonly unit: Unit;
    /** At most 300 of the samples, evenly picked, in the unit. */
    readonly samples: readonly number[];
    /** The smallest and the largest sample, where not all are kept. */
    readonly extremes?: readonly [number, number];
    readonly resolution: number;
    /** Where ends are known only as ranges: every value that these allow. */
    readonly range?: readonly [number, number];
    /** Samples that stand out from the others (modified z-score above 3.5). */
    readonly outliers?: number;
    /** Only a part of the run was seen: `value` is of that part, and of the run only this is known, that it has at least so many. */
    readonly atLeast?: number;
  };
  /** A setting three ways, for claims that name where it is deployed. */
  readonly settings?: ClaimSettings;
  /** When the claim speaks of a run, in words. */
  readonly condition?: Bilingual;
  readonly verdict: Verdict;
  /** The rule that gave the verdict, in words of the locales. */
  readonly reason: Reason;
  /** What the document should say instead. */
  readonly suggestion?: Bilingual;
  readonly evidenceClass: EvidenceClass;
  readonly source: { readonly file: string; readonly lines: string; readonly quote?: string };
  /** Where the citation stands in the documents now; only where they were given. */
  readonly lookup?: ClaimLookup;
  readonly evidence: readonly Evidence[];
}

/** What is documented, deployed and done, in the unit of the claim. */
export interface ClaimSettings {
  /** Absent for a range. */
  readonly documented?: number;
  /** Every distinct value in the specs of the Jobs, as text; absent where no spec was seen or none sets it. */
  readonly deployed?: readonly string[];
  /** What the behaviour allows: one value where both ends are the same; absent where it was not measured. */
  readonly behaved?: readonly [number, number];
}

/** A citation held against the documents: at its place, at another, with another text or number, or without its file. */
export interface ClaimLookup {
  readonly status: "found" | "moved" | "changed" | "gone";
  readonly file?: string;
  /** Physical line, from 1. */
  readonly line?: number;
}

/** What claims must satisfy among themselves: arithmetic over their values, documented and measured. */
export interface ReportRelation {
  readonly id: string;
  readonly statement: Bilingual;
  /** Intervals [lo, hi] of both sides with the documented, rounded numbers. */
  readonly documented: { readonly left: readonly [number, number]; readonly right: readonly [number, number] };
  readonly measured?: {
    readonly left: readonly [number, number];
    readonly right: readonly [number, number];
    readonly holds: "yes" | "no" | "depends";
    /** Share by which the right side may differ without breaking the relation, where it may: ours, since medians do not add up. */
    readonly tolerance?: number;
  };
  readonly relation: string;
  /** Ids of the claims that it ties together. */
  readonly claims?: readonly string[];
  readonly holds: "yes" | "no" | "depends";
  readonly dependsOn?: Bilingual;
  readonly explanation: Bilingual;
}
