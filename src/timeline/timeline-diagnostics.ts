import { type Clock, type ClockChange, isTied } from "../model/clock.js";
import { groupBy } from "../model/collections/group-by.js";
import type { LogMark } from "../model/event.js";
import type { Profile } from "../model/profile.js";
import type { Evidence, SourceSummary } from "../model/source.js";
import { secondsToTenth } from "../model/statistics/rounding.js";
import { shownText } from "../model/text/shown-text.js";
import { type Bounds, type EpochMs, localIso, MINUTE_MS } from "../model/time.js";
import type { Investigation, Timeline } from "../model/timeline.js";
import { ENOUGH_AGREEMENT } from "./clocks/offset-estimate.js";
import type { Correlation } from "./investigations/correlate.js";
import type { JointRun } from "./logs/joint-run.js";
import type { RunOfLog } from "./logs/run-of-log.js";
import { holesOf } from "./logs/runner-logs.js";
import type { Say } from "./say.js";

/** Marks that no investigation owns, or that several could own. */
function reportUnowned({ unmatched, ambiguous }: Pick<Correlation, "unmatched" | "ambiguous">, say: Say): void {
  if (unmatched.length > 0) say("unmatched-marks", "warning", unmatched.length, { count: unmatched.length }, unmatched.map(withText));
  if (ambiguous.length > 0) say("ambiguous-marks", "warning", ambiguous.length, { count: ambiguous.length }, ambiguous.map(withText));
}

/** Job ids that several investigations of one run have. */
function reportRepeatedIds({ ofRuns }: RunOfLog, say: Say): void {
  const again = ofRuns.flatMap(({ drafts }) =>
    [...groupBy(drafts, ({ jobId }) => jobId)].flatMap(([jobId, having]) => (jobId === null ? [] : having.slice(1, 2))),
  );
  const lines = again.flatMap(({ jobId, points }) => points.find(({ groups }) => groups.jobId === jobId)?.evidence ?? []);
  if (again.length > 0) say("job-ids-repeated", "info", again.length, { count: again.length }, lines);
}

/** Investigations that the numbers of the log skip: it lacks lines. */
function reportSkipped({ drafts }: Pick<Correlation, "drafts">, say: Say): void {
  const before = drafts.filter(({ skipped }) => skipped !== undefined);
  const count = before.reduce((sum, { skipped = 0 }) => sum + skipped, 0);
  const lines = before.flatMap(({ points }) => points.slice(0, 1).map(({ evidence }) => evidence));
  if (count > 0) say("investigations-skipped", "warning", count, { count }, lines);
}

function withText(mark: LogMark): Evidence {
  return mark.evidence.text === undefined ? { ...mark.evidence, text: shownText(mark.message) } : mark.evidence;
}

/** What a reader must know of the logs: runs, clocks, and what no investigation owns. */
export function reportRuns({ logs, selection }: JointRun, sources: readonly SourceSummary[], hasJobs: boolean, say: Say): void {
  const doubles = logs.reduce((sum, log) => sum + log.doubles, 0);
  if (doubles > 0) say("doubled-records", "info", doubles);
  const { found, selected } = selection;
  if (found > 1 && selected === "all") say("all-runs", "info", found, { found });
  else if (found > 1) say("several-runs", "warning", found, { found, selected });
  for (const run of logs) {
    const { setBackSessions } = run.log;
    if (setBackSessions > 0) say("session-set-back", "warning", setBackSessions, { paths: pathsOf(run, sources) });
  }
  for (const { correlation } of logs) reportUnowned(correlation, say);
  for (const run of logs) reportRepeatedIds(run, say);
  for (const { correlation } of logs) reportSkipped(correlation, say);
  if (logs.length > 1) say("several-runners", "info", logs.length, { count: logs.length });
  for (const run of logs) {
    if (run.clock === undefined) continue;
    const of = pathsOf(run, sources);
    if (run.clock.method === "none" && run.log.clock !== "runner") {
      const count = run.correlation.drafts.length;
      say("log-not-aligned", "warning", count, { count, paths: of });
    } else {
      reportClock(run.clock, run.bounds, say);
      if (hasJobs) reportTie(run, run.clock, say);
    }
    if (run.widenedFor > 0) say("clock-widened", "warning", run.widenedFor, { count: run.widenedFor });
    for (const change of run.log.changes) reportChange(change, of, say);
    const holes = holesOf(run.log);
    if (holes.length > 0) say("clock-hole", "warning", holes.length, { count: holes.length, silences: silencesOf(holes), paths: of });
  }
}

/** Silences that are named before the rest is only counted. */
const MOST_SILENCES = 5;

function silencesOf(holes: readonly Bounds[]): string {
  const second = (reading: EpochMs) => localIso(reading).slice(0, -4).replace("T", " ");
  const named = holes.slice(0, MOST_SILENCES).map(({ lo, hi }) => `${second(lo)}–${second(hi)}`);
  return [...named, ...(holes.length > named.length ? [`+${holes.length - named.length}`] : [])].join(", ");
}

function pathsOf({ log }: RunOfLog, sources: readonly SourceSummary[]): string {
  const indexes = new Set<number>();
  for (let index = 0; index < log.marks.length; index += 1) indexes.add((log.marks[index] as LogMark).evidence.source);
  return [...indexes].map((index) => sources[index]?.path ?? "").join(", ");
}

function reportChange({ byMs, kind, settledBy }: ClockChange, paths: string, say: Say): void {
  const way = byMs > 0 ? "forward" : "back";
  if (kind === "step") say("clock-step", "warning", 1, { seconds: secondsToTenth(Math.abs(byMs)), way, paths });
  else if (settledBy === "backwards") say("clock-zone-assumed", "warning", 1, { minutes: Math.abs(byMs) / MINUTE_MS, paths });
  else say("clock-zone-changed", "info", 1, { minutes: Math.abs(byMs) / MINUTE_MS, way, paths });
}

/** What a reader must know of the runner's clock. */
function reportClock(runner: Clock, total: number, say: Say): void {
  if (runner.method === "none") say("clock-unanchored", "warning", 1);
  if (runner.method === "bounds" && runner.anchors < total * ENOUGH_AGREEMENT) {
    say("clock-bounds-disagree", "warning", total - runner.anchors, { anchors: runner.anchors, total });
  }
  if (runner.driftPpm !== undefined) say("clock-drift", "info", 1, { ppm: runner.driftPpm });
}

/** Why nothing is measured between the log and the Jobs, although the log has its place in UTC. */
function reportTie({ bySchedule }: RunOfLog, runner: Clock, say: Say): void {
  if (runner.method === "none" || isTied(runner)) return;
  const alone = bySchedule ? "clock-by-schedule" : "clock-zone-alone";
  say(runner.method === "http-date" ? "clock-of-server" : alone, "warning", 1);
}

/** Investigations that may have ended as another did, and those that may not have ended. */
export function reportOutcomes(investigations: readonly Investigation[], say: Say): void {
  const count = investigations.filter(({ outcomeUncertain }) => outcomeUncertain === true).length;
  if (count > 0) say("outcomes-uncertain", "warning", count, { count });
  const silent = investigations.filter(({ endedBySilence }) => endedBySilence === true);
  if (silent.length === 0) return;
  const last = silent.flatMap(({ points }) => points.at(-1)?.evidence ?? []);
  say("ended-by-silence", "warning", silent.length, { count: silent.length }, last);
}

/** When no watch of the run's Jobs was up. */
export function reportUnwatched(unwatched: readonly Bounds[], say: Say): void {
  if (unwatched.length === 0) return;
  const ms = unwatched.reduce((sum, { lo, hi }) => sum + hi - lo, 0);
  say("watch-interrupted", "warning", unwatched.length, { gaps: unwatched.length, seconds: secondsToTenth(ms) });
}

/** Jobs of which the profile names none as one that serves: their names, or the job id in them, are not as it has them. */
export function reportNames(jobs: Timeline["jobs"], { jobs: families, jobId }: Pick<Profile, "jobs" | "jobId">, say: Say): void {
  const serving = families.filter(({ role }) => role === "serving");
  const others = jobs.filter(({ role }) => role === "other");
  if (serving.length === 0 || others.length === 0 || jobs.some(({ role }) => role === "serving")) return;
  const names = serving.map(({ name }) => name).join(", ");
  say("no-job-of-profile", "warning", jobs.length, {
    families: serving.some(({ name }) => name.includes("{jobId}")) ? `${names}; jobId: ${jobId}` : names,
    example: unlike(others.map(({ name }) => name)).join(", "),
  });
}

/** Names shown of those that fit no family. */
const NAMES_SHOWN = 3;

/** The first of those that differ in more than their numbers. */
function unlike(names: readonly string[]): readonly string[] {
  return [...groupBy(names, (name) => name.replace(/\d+/g, "0")).values()].flatMap(([first = ""]) => first).slice(0, NAMES_SHOWN);
}

/** What a reader must know of the Jobs. */
export function reportJobs(jobs: Timeline["jobs"], investigations: readonly Investigation[], say: Say): void {
  const undecided = jobs.filter((job) => job.mayBeOfThisRun === true);
  if (undecided.length > 0) say("jobs-undecided", "warning", undecided.length, { count: undecided.length });
  const others = jobs.filter((job) => job.role === "serving" && !job.ofThisRun && job.mayBeOfThisRun !== true);
  if (others.length > 0) say("jobs-of-others", "info", others.length, { count: others.length });
  const serving = jobs.filter((job) => job.role === "serving" && job.ofThisRun);
  const wentLater = serving.filter((job) => job.wentLater === true);
  if (wentLater.length > 0) say("deletion-unbounded", "warning", wentLater.length, { count: wentLater.length });
  const censored = serving.filter((job) => job.censoredAt !== undefined && job.mechanism === "open");
  if (censored.length > 0) say("job-censored", "info", censored.length, { count: censored.length });
  const assumed = serving.filter((job) => job.backgroundAssumed === true);
  if (assumed.length > 0) say("background-assumed", "warning", assumed.length, { count: assumed.length });
  const brackets = serving.filter((job) => job.gone?.bracket === true);
  if (brackets.length > 0) say("deletion-brackets", "info", brackets.length, { count: brackets.length });
  const unlinked = investigations.filter((i) => i.jobUid === undefined);
  if (serving.length > 0 && unlinked.length > 0) say("job-not-linked", "warning", unlinked.length, { count: unlinked.length });
}
