import type { Report } from "../../src/model/report.js";
import type { SimulationOptions } from "../../src/simulate/index.js";
import { analyzeSimulation } from "../postrun/simulated.js";

const made = new Map<string, Promise<Report>>();

/** The report of a simulated run; the same settings are made once. */
export function simulatedReport(settings: SimulationOptions, captures?: readonly string[]): Promise<Report> {
  const key = JSON.stringify([settings, captures]);
  const report = made.get(key) ?? analyzeSimulation(settings, captures).then((run) => run.report);
  made.set(key, report);
  return report;
}
