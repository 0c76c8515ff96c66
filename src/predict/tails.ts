import { firstIndex } from "../model/collections/first-index.js";
import { groupBy } from "../model/collections/group-by.js";
import type { Outcome } from "../model/report.js";
import type { Random } from "../model/statistics/random.js";
import { kaplanMeier } from "../model/statistics/survival.js";
import type { DurationMs } from "../model/time.js";
import type { MeasuredJob, MeasuredRow } from "./measured-rows.js";

/** Beyond the longest seen life of a Job, one that outlived it by less than this factor is taken to have been about to end. */
const ABOUT_TO_END = 1.5;

/** Draws how long a Job whose end was not seen (`tailMs`: open for as long at least) went on after its investigation; Infinity: it stays open. */
export type TailSource = (job: Pick<MeasuredJob, "kind" | "tailMs">, outcome: Outcome, random: Random) => DurationMs;

/**
 * Draws from the Kaplan-Meier estimate of the tails, given how long the Job was seen: u uniform, and the first age at which
 * S <= u S(seen). Where they have ends, each outcome is estimated apart, since a Job that nobody connected to ends otherwise, and so is each kind,
 * since a companion does. What the estimate leaves open beyond its last end is not known: it stays open, unless no Job outlived the last end by more than
 * half, which is a capture cut short and not a leak (then the estimate falls to zero at the longest tail seen; Efron 1967).
 */
export function tailSource(rows: readonly MeasuredRow[]): TailSource {
  const all = rows.flatMap(({ outcome, jobs }) => (jobs ?? []).map((job) => ({ outcome, job })));
  const drawFrom = (some: typeof all) => conditionalDraw(some.map(({ job }) => job));
  const keyOf = (kind: string, outcome: Outcome) => `${outcome} ${kind}`;
  const alike = groupBy(all, ({ outcome, job }) => keyOf(job.kind, outcome));
  const ofKind = groupBy(all, ({ job }) => job.kind);
  const ofOutcome = groupBy(all, ({ outcome }) => outcome);
  const draws = new Map<string, ReturnType<typeof conditionalDraw>>();
  return ({ kind, tailMs }, outcome, random) => {
    const key = keyOf(kind, outcome);
    const nearest = () => [alike.get(key), ofKind.get(kind), ofOutcome.get(outcome)].find((some) => some?.some(({ job }) => job.ended));
    const draw = draws.get(key) ?? drawFrom(nearest() ?? all);
    draws.set(key, draw);
    return draw(tailMs, random);
  };
}

function conditionalDraw(jobs: readonly MeasuredJob[]): (seenUntilMs: DurationMs, random: Random) => DurationMs {
  const { steps } = kaplanMeier(jobs.map(({ tailMs, ended }) => ({ durationMs: tailMs, ended })));
  const lastEndMs = steps.at(-1)?.[0] ?? 0;
  const longestMs = jobs.reduce((most, { tailMs }) => Math.max(most, tailMs), 0);
  const isCutShort = longestMs <= lastEndMs * ABOUT_TO_END;
  return (seenUntilMs, random) => {
    // Steps are in the order of ages, and fewer are open at each.
    const before = steps[firstIndex(steps, ([at]) => at > seenUntilMs) - 1]?.[1] ?? 1;
    const share = random.next() * before;
    const drawn = steps[firstIndex(steps, ([, open]) => open <= share)]?.[0];
    if (drawn !== undefined) return Math.max(seenUntilMs, drawn);
    return isCutShort ? Math.max(seenUntilMs, longestMs) : Number.POSITIVE_INFINITY;
  };
}
