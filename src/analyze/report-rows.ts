import type { Profile } from "../model/profile.js";
import type { ReportClock, ReportInvestigation, ReportInvestigationStage, ReportJob } from "../model/report.js";
import { type EpochMs, isoFromEpoch } from "../model/time.js";
import {
  type Clock,
  type ClockChange,
  clockOfInvestigation,
  type Investigation,
  type Job,
  type Timeline,
  toClusterTime,
} from "../model/timeline.js";
import { disconnectedAt } from "./job-durations.js";
import { roundMicroseconds, type StageInterval } from "./stage-intervals.js";

/** A clock as the report lists it; moments of its changes are its own local time where nothing anchors it. */
export function reportClock(clock: Clock): ReportClock {
  const { id, zoneOffsetMinutes, skewMs, uncertaintyMs, driftPpm, method, anchors, changes } = clock;
  const iso = (reading: EpochMs) => {
    const at = toClusterTime(clock, reading);
    return at === null ? isoFromEpoch(reading).slice(0, -1) : isoFromEpoch(at);
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
  const timesOf = (investigation: Investigation) => {
    const clock = clockOfInvestigation(timeline, investigation);
    const anchored = clock !== undefined && clock.offsetMs !== null;
    const iso = (reading: EpochMs | undefined) => {
      const at = reading === undefined ? null : toClusterTime(clock, reading);
      return at === null ? null : isoFromEpoch(at);
    };
    const local = <K extends string>(key: K, reading: EpochMs | undefined) =>
      anchored || reading === undefined ? {} : { [key]: isoFromEpoch(reading).slice(0, -1) };
    return { iso, local };
  };
  const stageRow = (interval: StageInterval, { iso, local }: ReturnType<typeof timesOf>): ReportInvestigationStage => ({
    stage: interval.stage,
    from: iso(interval.from),
    to: iso(interval.to),
    ...local("fromLocal", interval.from),
    ...local("toLocal", interval.to),
    durationMs: interval.durationMs,
    resolutionMs: interval.resolutionMs,
    outcome: interval.outcome,
    evidence: interval.evidence,
  });
  const inProfile = new Map(profile.stages.map((stage, index) => [stage.id, index]));
  return timeline.investigations.map((investigation) => {
    const start = investigation.points[0]?.at;
    const end = investigation.outcome === "running" ? undefined : investigation.points.at(-1)?.at;
    const intervals = [...(stages.get(investigation) ?? [])].sort((a, b) => (inProfile.get(a.stage) ?? 0) - (inProfile.get(b.stage) ?? 0));
    const { failure } = investigation;
    const times = timesOf(investigation);
    const { iso, local } = times;
    return {
      id: String(investigation.number),
      jobId: investigation.jobId,
      outcome: investigation.outcome,
      ...(investigation.error === undefined ? {} : { error: investigation.error }),
      attempts: investigation.attempts,
      startedAt: iso(start),
      endedAt: iso(end),
      ...local("startedAtLocal", start),
      ...local("endedAtLocal", end),
      ...(investigation.jobUid === undefined ? {} : { jobUid: investigation.jobUid }),
      ...(investigation.jobLink === undefined ? {} : { jobLink: investigation.jobLink }),
      stages: intervals.map((interval) => stageRow(interval, times)),
      evidence: failure === undefined ? [] : [{ ...failure.evidence, text: failure.evidence.text ?? failure.message.slice(0, 300) }],
    };
  });
}

/** The Jobs as the report lists them, cluster time. */
export function reportJobs(timeline: Timeline, profile: Profile): ReportJob[] {
  const closing = new Set(profile.patterns.filter((pattern) => pattern.closes).map((pattern) => pattern.id));
  const byNumber = new Map(timeline.investigations.map((investigation) => [investigation.number, investigation]));
  return timeline.jobs.map((job) => {
    const investigation = job.investigation === undefined ? undefined : byNumber.get(job.investigation);
    const disconnected = investigation === undefined ? null : disconnectedAt(timeline, investigation, closing);
    return jobRow(job, disconnected);
  });
}

function jobRow(job: Job, disconnected: EpochMs | null): ReportJob {
  const { created, deleteRequested, gone, podGone } = job;
  const end = gone?.at ?? job.censoredAt;
  const moment = gone ?? created;
  return {
    name: job.name,
    namespace: job.namespace,
    uid: job.uid,
    role: job.role,
    ofThisRun: job.ofThisRun,
    ...(job.investigation === undefined ? {} : { investigationId: String(job.investigation) }),
    createdAt: isoFromEpoch(created.at),
    ...(deleteRequested === undefined ? {} : { deleteRequestedAt: isoFromEpoch(deleteRequested.at) }),
    ...(gone === undefined ? {} : { deletedAt: isoFromEpoch(gone.at) }),
    ...(gone === undefined || !Number.isFinite(gone.lo) || (!gone.bracket && gone.hi - gone.lo < 1000)
      ? {}
      : { deletedAtRange: [isoFromEpoch(gone.lo), isoFromEpoch(gone.hi)] as const }),
    ...(podGone === undefined ? {} : { podGoneAt: isoFromEpoch(podGone.at) }),
    ...(job.deletedBy === undefined ? {} : { deletedBy: job.deletedBy }),
    mechanism: job.mechanism,
    failed: job.finished?.failed === true,
    ...(end === undefined ? {} : { openMs: roundMicroseconds(end - created.at) }),
    censored: job.censoredAt !== undefined,
    truncated: job.truncated,
    ...(gone === undefined || disconnected === null ? {} : { cleanupMs: roundMicroseconds(gone.at - disconnected) }),
    sources: { createdAt: created.how, deletedAt: gone?.how ?? null },
    resolutionMs: roundMicroseconds(moment.hi - moment.lo),
    evidence: job.evidence,
  };
}
