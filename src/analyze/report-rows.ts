import { type Clock, type ClockChange, toUtc, uncertaintyToCluster } from "../model/clock.js";
import type { Growing } from "../model/collections/growing.js";
import { inOrder } from "../model/collections/in-order.js";
import { oncePer } from "../model/collections/once-per.js";
import type { Profile } from "../model/profile.js";
import type { ReportClock, ReportInvestigation, ReportInvestigationStage, ReportJob } from "../model/report.js";
import { largest } from "../model/statistics/statistics.js";
import { repairMojibake } from "../model/text/mojibake.js";
import { shownText } from "../model/text/shown-text.js";
import { type DurationMs, type EpochMs, isoFromEpoch, localIso, roundMicroseconds } from "../model/time.js";
import { clockOfInvestigation, type Investigation, type Job, type Moment, type Point, type Timeline } from "../model/timeline.js";
import { endsBefore, type Start, startPoints } from "./jobs/job-durations.js";
import { closingMarks } from "./jobs/job-populations.js";
import type { StageInterval } from "./stages/stage-intervals.js";
import { type ClusterTime, type StageRange, StageRows } from "./stages/stage-rows.js";

/** A clock as the report lists it; moments of its changes are its own local time where nothing anchors it. */
export function reportClock(clock: Clock): ReportClock {
  const { id, zoneOffsetMinutes, skewMs, driftPpm, method, anchors, changes } = clock;
  const uncertaintyMs = uncertaintyToCluster(clock);
  const iso = (reading: EpochMs) => {
    const at = toUtc(clock, reading);
    return at === null ? localIso(reading) : isoFromEpoch(at);
  };
  const changeRow = ({ between, byMs, kind, settledBy }: ClockChange) => ({
    from: iso(between.lo),
    to: iso(between.hi),
    byMs: roundMicroseconds(byMs),
    kind,
    settledBy,
  });
  return {
    id,
    zoneOffsetMinutes,
    skewMs: skewMs === null ? null : roundMicroseconds(skewMs),
    uncertaintyMs: uncertaintyMs === null ? null : roundMicroseconds(uncertaintyMs),
    ...(driftPpm === undefined ? {} : { driftPpm }),
    method,
    anchors,
    ...(changes === undefined ? {} : { changes: changes.map(changeRow) }),
  };
}

/** The investigations as the report lists them: cluster time where the runner's clock is anchored, its own otherwise. */
export function reportInvestigations(
  timeline: Timeline,
  profile: Profile,
  stages: ReadonlyMap<Investigation, readonly StageInterval[]>,
): ReportInvestigation[] {
  const stageRows = new StageRows();
  const inProfile = new Map(profile.stages.map((stage, index) => [stage.id, index]));
  const placeOf = ({ stage }: StageInterval) => inProfile.get(stage) ?? 0;
  const toCluster = oncePer((clock: Clock) => (reading: EpochMs) => toUtc(clock, reading));
  return timeline.investigations.map((investigation) => {
    const clock = clockOfInvestigation(timeline, investigation);
    const clusterTime = clock === undefined || clock.offsetMs === null ? null : toCluster(clock);
    const intervals = inOrder(stages.get(investigation) ?? [], (a, b) => placeOf(a) - placeOf(b));
    return investigationRow(investigation, clusterTime, new InvestigationRow(stageRows, stageRows.add(intervals, clusterTime)));
  });
}

/** A row of an investigation: its stages are made when they are asked for, but are a property of its own as any other. */
class InvestigationRow {
  readonly #stageRows: StageRows;
  readonly #range: StageRange;

  constructor(stageRows: StageRows, range: StageRange) {
    this.#stageRows = stageRows;
    this.#range = range;
  }

  /** One getter for all rows, so that all have one shape. */
  static readonly stages = {
    enumerable: true,
    get(this: InvestigationRow): readonly ReportInvestigationStage[] {
      return this.#stageRows.rowsOf(this.#range);
    },
  };
}

function investigationRow(investigation: Investigation, clusterTime: ClusterTime | null, made: InvestigationRow): ReportInvestigation {
  const { number, jobId, outcome, outcomeUncertain, error, attempts, points, jobUid, jobLink, failure } = investigation;
  // Where it is open which of several ended so, a line that could be of any of them tells nothing of this one.
  const known = (point: Point | undefined) => (outcomeUncertain === true && point?.uncertain === true ? undefined : point?.at);
  const start = known(points[0]);
  const end = outcome === "running" ? undefined : known(points.at(-1));
  const iso = (reading: EpochMs | undefined) => {
    const at = reading === undefined || clusterTime === null ? null : clusterTime(reading);
    return at === null ? null : isoFromEpoch(at);
  };
  const row = made as Partial<Growing<ReportInvestigation>>;
  row.id = String(number);
  row.jobId = jobId;
  row.outcome = outcome;
  if (outcomeUncertain !== undefined) row.outcomeUncertain = outcomeUncertain;
  if (error !== undefined) row.error = repairMojibake(error);
  row.attempts = attempts;
  row.startedAt = iso(start);
  row.endedAt = iso(end);
  if (row.startedAt === null && start !== undefined) row.startedAtLocal = localIso(start);
  if (row.endedAt === null && end !== undefined) row.endedAtLocal = localIso(end);
  if (jobUid !== undefined) row.jobUid = jobUid;
  if (jobLink !== undefined) row.jobLink = jobLink;
  Object.defineProperty(row, "stages", InvestigationRow.stages);
  // Nothing tells that a client never came; after this line it should have.
  const shown = failure ?? (outcome === "unopened" ? points.findLast(({ uncertain }) => uncertain !== true) : undefined);
  row.evidence = shown === undefined ? [] : [{ ...shown.evidence, text: shown.evidence.text ?? shownText(shown.message) }];
  return row as ReportInvestigation;
}

/** The Jobs as the report lists them, cluster time. */
export function reportJobs(timeline: Timeline, profile: Profile): ReportJob[] {
  const { disconnected } = startPoints(timeline, closingMarks(profile));
  return timeline.jobs.map((job) => jobRow(job, disconnected(job)));
}

/** Less than 0 only for one that is certain to have gone before. */
function afterDisconnect(gone: Moment, disconnected: Start): DurationMs {
  const afterMs = roundMicroseconds(gone.at - disconnected.at);
  return endsBefore(disconnected, gone) ? afterMs : Math.max(0, afterMs);
}

function jobRow(job: Job, disconnected: Start | null): ReportJob {
  const { name, namespace, uid, role, ofThisRun, created, deleteRequested, gone, podGone } = job;
  const end = gone?.at ?? job.censoredAt;
  const widths = [created, gone].flatMap((moment) => (moment === undefined ? [] : [moment.hi - moment.lo]));
  const row: Partial<Growing<ReportJob>> = { name, namespace, uid, role, ofThisRun };
  if (job.investigation !== undefined) row.investigationId = String(job.investigation);
  if (job.companionOf !== undefined) row.companionOf = String(job.companionOf);
  row.createdAt = isoFromEpoch(created.at);
  if (deleteRequested !== undefined) row.deleteRequestedAt = isoFromEpoch(deleteRequested.at);
  if (gone !== undefined) row.deletedAt = isoFromEpoch(gone.at);
  if (gone !== undefined && Number.isFinite(gone.lo) && (gone.bracket || gone.hi - gone.lo >= 1000))
    row.deletedAtRange = [isoFromEpoch(gone.lo), isoFromEpoch(gone.hi)];
  if (podGone !== undefined) row.podGoneAt = isoFromEpoch(podGone.at);
  if (job.deletedBy !== undefined) row.deletedBy = job.deletedBy;
  row.mechanism = job.mechanism;
  row.failed = job.finished?.failed === true;
  if (end !== undefined) row.openMs = roundMicroseconds(end - created.at);
  row.censored = job.censoredAt !== undefined;
  row.truncated = job.truncated;
  if (gone !== undefined && disconnected !== null) row.cleanupMs = afterDisconnect(gone, disconnected);
  row.sources = { createdAt: created.how, deletedAt: gone?.how ?? null };
  row.resolutionMs = roundMicroseconds(Math.max(0, largest(widths.filter(Number.isFinite))));
  row.evidence = job.evidence;
  return row as ReportJob;
}
