/** What the commands use to capture a cluster (collect), to follow it without a file (watchCluster), the rows that a capture holds, and its lock. */
export { lockCapture } from "./capture-lock.js";
export { collect } from "./collect.js";
export * from "./collect-types.js";
export { watchCluster } from "./watch-cluster.js";
