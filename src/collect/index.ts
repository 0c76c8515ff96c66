/** What the commands use to capture a cluster, and the rows that a capture holds. */
export * from "./collect-types.js";
