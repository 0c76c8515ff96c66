/** Reports held against each other: one against an earlier one, or several taken together. */
export { compareReports } from "./compare-reports.js";
export { comparisonReasonKeys } from "./durations.js";
export type { PooledVerdict } from "./pool-claims.js";
export { poolReports } from "./pool-reports.js";
