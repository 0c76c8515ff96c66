/** Two reports held against each other. */
export { compareReports } from "./compare-reports.js";
export { type ComparisonReasonKey, comparisonReasonKeys } from "./durations.js";
