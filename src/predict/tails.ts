import { groupBy } from "../model/group-by.js";
import type { Random } from "../model/random.js";
import type { Outcome } from "../model/report.js";
import { kaplanMeier } from "../model/survival.js";
import type { DurationMs } from "../model/time.js";
import type { MeasuredJob, MeasuredRow } from "./measured-rows.js";

/** Beyond the longest seen life of a Job, one that outlived it by less than this factor is taken to have been about to end. */
const ABOUT_TO_END = 1.5;

/** Draws how long a Job whose end was not seen went on after its investigation; Infinity: it stays open. */
export type TailSource = (seenUntilMs: DurationMs, outcome: Outcome, random: Random) => DurationMs;

/**
 * Draws from the Kaplan-Meier estimate of the tails, given that the Job was still open at `seenUntilMs`: u uniform, and the first age at which
 * S <= u S(seen). Each outcome is estimated apart where it has ends, since a Job that nobody connected to ends otherwise. What the estimate leaves open beyond its last end is not known: it stays open, unless no Job outlived the last end by more
 * than half, which is a capture cut short and not a leak (then it ends there; Efron 1967).
 */
export function tailSource(rows: readonly MeasuredRow[]): TailSource {
  const jobsOf = (some: readonly MeasuredRow[]) => some.flatMap(({ jobs }) => jobs ?? []);
  const all = conditionalDraw(jobsOf(rows));
  const sources = new Map(
    [...groupBy(rows, ({ outcome }) => outcome)].map(([outcome, group]) => {
      const jobs = jobsOf(group);
      return [outcome, jobs.some((job) => job.ended) ? conditionalDraw(jobs) : all];
    }),
  );
  return (seenUntilMs, outcome, random) => (sources.get(outcome) ?? all)(seenUntilMs, random);
}

function conditionalDraw(jobs: readonly MeasuredJob[]): (seenUntilMs: DurationMs, random: Random) => DurationMs {
  const { steps } = kaplanMeier(jobs.map(({ tailMs, ended }) => ({ durationMs: tailMs, ended })));
  const lastEndMs = steps.at(-1)?.[0] ?? 0;
  const longestMs = jobs.reduce((most, { tailMs }) => Math.max(most, tailMs), 0);
  const isCutShort = longestMs <= lastEndMs * ABOUT_TO_END;
  return (seenUntilMs, random) => {
    const before = steps.findLast(([at]) => at <= seenUntilMs)?.[1] ?? 1;
    const share = random.next() * before;
    const drawn = steps.find(([, open]) => open <= share)?.[0];
    if (drawn !== undefined) return Math.max(seenUntilMs, drawn);
    return isCutShort ? Math.max(seenUntilMs, longestMs) : Number.POSITIVE_INFINITY;
  };
}
