import type { Random } from "../model/statistics/random.js";
import type { EpochMs } from "../model/time.js";
import { investigationRecords, type LogRecord } from "./log-lines.js";
import type { SimulationSettings } from "./options.js";
import type { RunPlan } from "./run-plan.js";

const STRESS = "tests.stress.test_investigation_stress_loop";
const LOAD = "tests.load.test_investigations";

/** All records of a run: its own lines and those of its investigations. */
export function runRecords(settings: SimulationSettings, run: RunPlan, random: Random): LogRecord[] {
  const records: LogRecord[] = [];
  const seconds = settings.delayMs / 1000;
  if (settings.script !== null) {
    const plan =
      settings.style === "stress"
        ? `${settings.overlap} investigations an iteration, ${seconds} s between iterations`
        : `${settings.investigations} investigations, delay ${seconds} s`;
    const message = `Starting ${settings.script}: ${plan}`;
    records.push({ at: run.startAt, logger: "__main__", level: "INFO", message });
  }
  for (const [number, group] of run.groups.entries()) {
    const last = number === run.groups.length - 1;
    if (settings.style === "stress") {
      records.push({ at: group.startAt, logger: STRESS, level: "INFO", message: `ITERATION ${number + 1}` });
    }
    for (const plan of group.members) {
      records.push(...investigationRecords(settings, plan, run.endAt, random.fork(`log-${plan.index}`)));
    }
    const ends = group.members.map((plan) => plan.edges.end);
    if (ends.includes(null)) {
      continue;
    }
    const doneAt = Math.max(...ends.map((end) => end ?? 0));
    const waits = !last || settings.delayAfterLast;
    if (settings.style === "stress") {
      const message = `Active investigations count: ${openAt(run, doneAt)}`;
      records.push({ at: doneAt, logger: STRESS, level: "INFO", message });
      if (waits) {
        records.push({ at: doneAt, logger: STRESS, level: "INFO", message: `Waiting ${seconds} seconds before next iteration...` });
      }
    } else if (waits) {
      records.push({ at: doneAt, logger: LOAD, level: "INFO", message: `Waiting ${seconds} seconds before next investigation...` });
    }
  }
  return records;
}

/** Serving Jobs of the run that exist at a moment. */
function openAt(run: RunPlan, at: EpochMs): number {
  return run.investigations.filter(({ serving }) => serving.createdAt <= at && (serving.removal?.jobGoneAt ?? Infinity) > at).length;
}
