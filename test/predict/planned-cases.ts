import { createRandom } from "../../src/model/statistics/random.js";
import type { MeasuredRow } from "../../src/predict/measured-rows.js";
import { simulation } from "../../src/predict/simulation.js";
import { AVERAGED_CLEANUP, fixedCleanup, POLLING_CLEANUP, type SimulationOptions } from "../../src/simulate/index.js";
import { numbersOf, placesOf, plannedInvestigations } from "../calibration/predict-cases.js";

/** A prediction from a run that is known without a capture, held against another run: as the calibration does it, without the pipeline before. */
export function plannedCase(number: number): ReturnType<typeof placesOf> {
  const random = createRandom(`planned/${number}`);
  const cleanup = [POLLING_CLEANUP, AVERAGED_CLEANUP, fixedCleanup(1000 * random.integer(20, 80), 800)][number % 3];
  const delayMs = 1000 * random.integer(1, 10);
  const otherMs = 1000 * random.integer(1, 10);
  const n = random.integer(30, 277);
  const run = (part: string, investigations: number, delay: number): SimulationOptions => ({
    seed: `planned-${number}-${part}`,
    investigations,
    delayMs: delay,
    ...(cleanup === undefined ? {} : { cleanup }),
  });
  const past = plannedInvestigations(run("past", random.integer(30, 277), delayMs));
  const rows = past.map(({ outcome, edges, serving }, index): MeasuredRow => {
    const start = edges.configureStart;
    const end = edges.end ?? start;
    const next = past[index + 1]?.edges.configureStart;
    const job = { kind: "grpc-job-", lagMs: serving.createdAt - start, tailMs: (serving.removal?.jobGoneAt ?? end) - end, ended: true };
    return { outcome, busyMs: end - start, gapMs: next === undefined ? undefined : next - end, jobs: [job] };
  });
  const truth = numbersOf(plannedInvestigations(run("future", n, otherMs)));
  return placesOf(simulation(rows, delayMs, { n, seed: 1, replicates: 500 }), otherMs, truth, random);
}
