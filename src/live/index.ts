/** What the commands use to show open Jobs as they come and go. */
export { type Alarm, type AlarmLimits, Alarms, alarmEnvironment } from "./alarms.js";
export { Documents } from "./documents.js";
export { followFile } from "./follow-file.js";
export { readRow } from "./job-rows.js";
export { LiveJobs, type LiveView } from "./live-jobs.js";
export { alarmLine, type LiveTextOptions, liveLine, liveScreen } from "./live-text.js";
export { cut, erased } from "./screen.js";
