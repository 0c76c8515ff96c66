/** Predictions held against runs that were not measured: one run is simulated, captured and analyzed, another one with another delay is simulated alone. */

import type { Report } from "../../src/model/report.js";
import { createRandom, type Random } from "../../src/model/statistics/random.js";
import { countOpen } from "../../src/model/statistics/step-function.js";
import { forecast } from "../../src/predict/forecast.js";
import { delayOf, measuredRows } from "../../src/predict/measured-rows.js";
import { type SimulatedDelay, type Simulation, simulateDelays, simulation } from "../../src/predict/simulation.js";
import { AVERAGED_CLEANUP, fixedCleanup, POLLING_CLEANUP, type SimulationOptions, simulateRun } from "../../src/simulate/index.js";
import type { InvestigationPlan } from "../../src/simulate/investigation-plan.js";
import { resolveSettings } from "../../src/simulate/options.js";
import { drawFates, planRun, SlotTable } from "../../src/simulate/run-plan.js";
import { analyzeFiles } from "../postrun/simulated.js";

const CAPTURES = [["audit.log"], ["jobs-watch-received.jsonl"], ["jobs-watch.json", "events-watch.json"], ["pods-watch.json"]] as const;
const REPLICATES = 1000;

/** Where the number of the run that happened lies among the simulated ones: (0, 1), uniform if the prediction is right. */
export interface PredictionCase {
  readonly measured: number;
  readonly predicted: number;
  /** The run that happened met a trouble that the measured one did not. */
  readonly unseen: boolean;
  readonly total: number;
  readonly mean: number;
  /** A peak is a whole number, met by many simulated runs: its place among those is drawn, as in a randomised test. */
  readonly peak: number;
  /** Whether the printed 90% ranges, ends included, hold the numbers. */
  readonly inside: { readonly total: boolean; readonly mean: boolean; readonly peak: boolean };
}

/** Kinds of trouble, each with the shares it may have. */
const TROUBLES: Readonly<Record<Trouble, Readonly<Record<string, readonly number[]>>>> = {
  "at most one kind": { timeouts: [0.03, 0.06], refused: [0.03, 0.06], unopened: [0.03, 0.06], none: [0] },
  "several rare kinds": { timeouts: [0, 0.03], refused: [0, 0.02], unopened: [0, 0.03], reconnects: [0, 0.05], crashes: [0, 0.01] },
};

/** Which troubles befall the runs of a class of cases. */
export type Trouble = "at most one kind" | "several rare kinds";

/** One of a sequence of seeded cases: the sizes of both runs, delays, cleanup, captures and troubles vary. */
export async function predictionCase(trouble: Trouble, number: number): Promise<PredictionCase> {
  const random = createRandom(`predict-calibration/${trouble}/${number}`);
  const pick = <T>(values: readonly T[]): T => values[random.integer(0, values.length - 1)] as T;
  const [measured, predicted] = [random.integer(30, 277), random.integer(30, 277)];
  const delayMs = 1000 * random.integer(1, 10);
  const otherMs = 1000 * pick([1, 2, 3, 4, 5, 6, 7, 8, 9, 10].filter((seconds) => seconds * 1000 !== delayMs));
  const kinds = Object.entries(TROUBLES[trouble]);
  const shares = (trouble === "at most one kind" ? [pick(kinds)] : kinds)
    .filter(([kind]) => kind !== "none")
    .map(([kind, of]): readonly [string, number] => [kind, pick(of)]);
  const cleanup = pick([POLLING_CLEANUP, AVERAGED_CLEANUP, fixedCleanup(1000 * random.integer(20, 80), 800)]);
  const settings = (size: number, part: string): SimulationOptions => ({
    seed: `predict-calibration-${trouble}-${number}-${part}`,
    investigations: size,
    cleanup,
    trouble: Object.fromEntries(shares.map(([kind, share]) => [kind, binomial(size - 2, share, random)])),
    skewMs: random.integer(-60_000, 60_000),
  });
  const past = settings(measured, "past");
  const files = ["test-run.log", ...pick(CAPTURES)];
  const report = await analyzeFiles(simulateRun({ ...past, delayMs, files }).files, files, { whatIf: false });
  const future = settings(predicted, "future");
  const unseen = shares.some(([kind, share]) => share > 0 && numberOf(past, kind) === 0 && numberOf(future, kind) > 0);
  return {
    measured,
    predicted,
    unseen,
    ...held(report, otherMs, predicted, numbersOf(plannedInvestigations({ ...future, delayMs: otherMs })), random),
  };
}

function numberOf({ trouble }: SimulationOptions, kind: string): number {
  return Number(Object.entries(trouble ?? {}).find(([name]) => name === kind)?.[1] ?? 0);
}

/** How many of so many go wrong. */
function binomial(size: number, share: number, random: Random): number {
  let count = 0;
  for (let index = 0; index < size; index += 1) if (random.next() < share) count += 1;
  return count;
}

/** The numbers of a run that happened and that nobody captured, by the definitions of a report. */
export interface RunNumbers {
  readonly totalMs: number;
  readonly mean: number;
  readonly peak: number;
}

/** What happens in a run, without its captures. */
export function plannedInvestigations(options: SimulationOptions): readonly InvestigationPlan[] {
  const settings = resolveSettings(options);
  const random = createRandom(settings.seed).fork("run-0");
  const place = { startAt: settings.startAt, firstSequence: settings.firstSequence, fates: drawFates(settings, random) };
  return planRun(settings, place, new SlotTable(), random).investigations;
}

export function numbersOf(investigations: readonly InvestigationPlan[]): RunNumbers {
  const first = investigations[0]?.edges.configureStart ?? 0;
  const last = investigations.at(-1)?.edges.end ?? 0;
  const jobs = investigations.map(({ serving }) => ({
    name: serving.name,
    from: serving.createdAt,
    to: serving.removal?.jobGoneAt ?? Number.POSITIVE_INFINITY,
  }));
  const { mean, peak } = countOpen(jobs, Math.min(...jobs.map(({ from }) => from)), Math.max(...jobs.map(({ to }) => to)));
  return { totalMs: last - first, mean, peak };
}

function held(report: Report, delayMs: number, n: number, truth: RunNumbers, random: Random) {
  const found = measuredRows(report);
  if ("notPredictable" in found) throw new Error(`not predictable: ${found.notPredictable.key}`);
  return placesOf(
    simulation(found.rows, delayOf(report, found.rows).delayMs, { n, seed: 1, replicates: REPLICATES }),
    delayMs,
    truth,
    random,
  );
}

/** Where the numbers of a run that happened lie among those of simulated ones. */
export function placesOf(
  runs: Simulation,
  delayMs: number,
  truth: RunNumbers,
  random: Random,
): Omit<PredictionCase, "measured" | "predicted" | "unseen"> {
  const [simulated] = simulateDelays(runs, [delayMs]) as [SimulatedDelay];
  const place = (values: Float64Array, value: number): number => {
    const below = values.filter((other) => other < value).length;
    const equal = values.filter((other) => other === value).length;
    return (below + random.next() * (equal + 1)) / (values.length + 1);
  };
  const inside = (values: Float64Array, value: number): boolean => {
    const [low, high] = forecast(values.slice()).pi90;
    return value >= low && value <= high;
  };
  return {
    total: place(simulated.totalMs, truth.totalMs),
    mean: place(simulated.mean, truth.mean),
    peak: place(simulated.peak, truth.peak),
    inside: {
      total: inside(simulated.totalMs, truth.totalMs),
      mean: inside(simulated.mean, truth.mean),
      peak: inside(simulated.peak, truth.peak),
    },
  };
}

/** Share of the places that lie in the middle part of so much. */
export function shareWithin(places: readonly number[], share: number): number {
  const outside = (1 - share) / 2;
  return places.filter((place) => place >= outside && place <= 1 - outside).length / places.length;
}
