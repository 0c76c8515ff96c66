/** Small hand-made events: a moment is a number of milliseconds on its own clock, everything else has a default. */

import type { Clock } from "../../src/model/clock.js";
import type { ApiRequest, ClusterEvent, HttpDate, JobObservation, LogMark, PodObservation } from "../../src/model/event.js";
import { patternsByMark } from "../../src/model/marks.js";
import type { Pattern } from "../../src/model/profile.js";
import type { SourceSummary } from "../../src/model/source.js";
import type { Instant } from "../../src/model/time.js";
import { loadProfile } from "../../src/profiles/load-profile.js";

/** 2025-12-07T08:00:00Z: the zero of the hand-made events. */
export const T0 = Date.UTC(2025, 11, 7, 8);

export const { profile: focusServer, claims: focusServerClaims } = await loadProfile("focus-server");
export const patterns = patternsByMark(focusServer);

let line = 0;

/** A mark of the runner's log, `ms` after T0 on the runner's clock. */
export function mark(
  id: string,
  ms: number,
  groups: Record<string, string> = {},
  more: Partial<LogMark> & { resolutionMs?: number } = {},
): LogMark {
  const { resolutionMs = 1, ...fields } = more;
  line += 1;
  return {
    type: "log-mark",
    mark: id,
    at: { at: T0 + ms, resolutionMs, clock: "runner" },
    groups,
    logger: "",
    variant: "logging",
    message: `${id} ${JSON.stringify(groups)}`,
    evidence: { source: 0, line },
    ...fields,
  };
}

/** Marks of one successful investigation: request at `ms`, gone from the runner's sight 10 s later. */
export function investigationMarks(ms: number, jobId: string, port: string): LogMark[] {
  return [
    mark("configure-start", ms),
    mark("configured", ms + 300),
    mark("tracked", ms + 310, { jobId }),
    mark("connecting", ms + 2_000, { host: "10.0.0.1", port }),
    mark("connected", ms + 3_000, { host: "10.0.0.1", port }),
    mark("stream-start", ms + 3_100, { streamId: "0", maxFrames: "500" }),
    mark("stream-ended", ms + 9_100, { frames: "500", seconds: "6.00" }),
    mark("disconnecting", ms + 9_500),
    mark("disconnected", ms + 10_000),
  ];
}

/** A moment on the cluster's clock with microseconds. */
export function fine(ms: number, clock: Instant["clock"] = "cluster"): Instant {
  return { at: T0 + ms, resolutionMs: 0.001, clock };
}

/** The arrival of a row by the collector's clock. */
export function received(ms: number): Instant {
  return { at: T0 + ms, resolutionMs: 1, clock: "collector" };
}

/** The same by a collector's clock that is the cluster's. */
export function arrived(ms: number): Instant {
  return { ...received(ms), clock: "cluster" };
}

/** Marks as a log has them that several write. */
export function inTime(marks: readonly LogMark[]): LogMark[] {
  return [...marks].sort((a, b) => a.at.at - b.at.at);
}

/** A pattern of this mark that does nothing but what it is given, and may follow these. */
export function patternOf(id: string, after: readonly string[], fields: Partial<Pattern> = {}): Pattern {
  const [begin] = focusServer.patterns.filter(({ opens }) => opens);
  return { ...(begin as Pattern), id, message: id, header: false, opens: false, after: [...after], ...fields };
}

type JobFields = Partial<Omit<JobObservation["job"], "createdAt">> & { readonly createdMs?: number };

/** A state of a Job; its stamps are cut to the second as Kubernetes does. */
export function job(name: string, uid: string, fields: JobFields = {}, more: Partial<JobObservation> = {}): JobObservation {
  const { createdMs = 0, ...rest } = fields;
  line += 1;
  const base = { active: 0, images: [], env: {}, labels: {}, namespace: "default", createdAt: T0 + Math.floor(createdMs / 1000) * 1000 };
  return { type: "job", change: "ADDED", evidence: { source: 1, line }, job: { name, uid, ...base, ...rest }, ...more };
}

type PodFields = Partial<Omit<PodObservation["pod"], "createdAt">> & { readonly createdMs?: number };

export function pod(name: string, uid: string, fields: PodFields = {}, more: Partial<PodObservation> = {}): PodObservation {
  const { createdMs = 0, ...rest } = fields;
  line += 1;
  const base = { namespace: "default", phase: "Pending", createdAt: T0 + Math.floor(createdMs / 1000) * 1000 };
  return { type: "pod", change: "ADDED", evidence: { source: 2, line }, pod: { name, uid, ...base, ...rest }, ...more };
}

/** An Event with nanoseconds in its name, created in the second of its first occurrence. */
export function clusterEvent(
  reason: string,
  involved: { kind: string; name: string; uid: string },
  ms: number,
  more: Partial<ClusterEvent> = {},
): ClusterEvent {
  line += 1;
  const createdAt = T0 + Math.floor(ms / 1000) * 1000;
  return {
    type: "cluster-event",
    uid: `event-${line}`,
    reason,
    message: "",
    involved: { namespace: "default", ...involved },
    first: fine(ms),
    firstFrom: "name",
    last: { at: createdAt, resolutionMs: 1000, clock: "cluster" },
    count: 1,
    createdAt,
    evidence: { source: 3, line },
    ...more,
  };
}

/** A row of the audit log; the request takes 10 ms. */
export function request(verb: ApiRequest["verb"], name: string, ms: number, more: Partial<ApiRequest> = {}): ApiRequest {
  line += 1;
  return {
    type: "api-request",
    auditId: `audit-${line}`,
    verb,
    resource: "jobs",
    namespace: "default",
    name,
    user: "system:serviceaccount:default:job-cleanup",
    received: fine(ms - 10),
    completed: fine(ms),
    answeredStatus: false,
    evidence: { source: 4, line },
    ...more,
  };
}

/** A Date header that the runner logged. */
export function httpDate(loggedMs: number, dateMs: number, host = "server"): HttpDate {
  line += 1;
  const logged = { at: T0 + loggedMs, resolutionMs: 1, clock: "runner" } as const;
  return { type: "http-date", host, logged, date: T0 + Math.floor(dateMs / 1000) * 1000, evidence: { source: 0, line } };
}

/** Sources 0 to 4 of the builders: log, Jobs, Pods, Events, audit log; all from T0 on, for `lastsMs`. */
export function sources(lastsMs: number): SourceSummary[] {
  const clocks = ["runner", "cluster", "cluster", "cluster", "cluster"] as const;
  return clocks.map((clock, index) => ({
    path: `source-${index}`,
    sha256: "0".repeat(64),
    format: clock === "runner" ? "python-log" : "kubernetes-json",
    encoding: "utf-8",
    bytes: 1,
    lines: 1,
    matched: 1,
    ignored: 0,
    unparsed: 0,
    from: T0,
    to: T0 + lastsMs,
    clock,
  }));
}

/** A runner's clock that is known. */
export function anchoredRunner(fields: Partial<Clock> = {}): Clock {
  return { id: "runner", offsetMs: 0, uncertaintyMs: 0, zoneOffsetMinutes: 0, skewMs: 0, method: "bounds", anchors: 9, ...fields };
}
