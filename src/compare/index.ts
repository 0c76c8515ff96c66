/** Reports held against each other: one against an earlier one, or several taken together. */
export { compareReports } from "./compare-reports.js";
export { type ComparisonReasonKey, comparisonReasonKeys } from "./durations.js";
export type { PooledVerdict } from "./pool-claims.js";
export { type PoolFrame, poolReports } from "./pool-reports.js";
