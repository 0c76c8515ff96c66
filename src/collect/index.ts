/** What the commands use to capture a cluster (collect), to follow it without a file (watchCluster), and the rows that a capture holds. */
export { collect } from "./collect.js";
export * from "./collect-types.js";
export { watchCluster } from "./watch-cluster.js";
