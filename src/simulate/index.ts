export { AVERAGED_CLEANUP, type CleanupSettings, fixedCleanup, POLLING_CLEANUP, type SimulationOptions } from "./options.js";
export { type SimulatedRun, simulateRun } from "./simulate-run.js";
export type { SimulationTruth } from "./truth.js";
