export { AVERAGED_CLEANUP, fixedCleanup, POLLING_CLEANUP, type SimulationOptions } from "./options.js";
export { type SimulatedRun, simulateRun } from "./simulate-run.js";
export type { InvestigationTruth, SimulationTruth } from "./truth.js";
