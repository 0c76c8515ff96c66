/** A local time has no zone. */
const isLocal = (at) => !/(?:Z|[+-]\d\d:?\d\d)$/.test(at);

/** Epoch milliseconds of a time of the report; a local time is read as if its wall clock were UTC. */
export const epoch = (at) => Date.parse(isLocal(at) ? `${at}Z` : at);

/** The same on a page that shows all times in a zone: a local time is one of it, by a clock that may be off. */
export const momentOf = (at, offsetMinutes) => epoch(at) - (isLocal(at) ? offsetMinutes * 60000 : 0);

/** Characters that would reorder or hide text, shown as their numbers. */
export const visible = (text) =>
  text.replace(
    /(?![\t\n])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu,
    (sign) => `[U+${sign.codePointAt(0).toString(16).toUpperCase().padStart(4, "0")}]`,
  );

const epochOrNull = (at, local) => {
  const text = at ?? local ?? null;
  return text === null ? null : epoch(text);
};

/** What places the times of a report on its axis: where that is the cluster's time, local ones have no place on it. */
const placing = (report) => (report.window === null ? epochOrNull : (at) => epochOrNull(at));

/** Stages that hold no other one inside themselves: what a row is divided into. */
const leaves = (stages, place) => {
  const spans = stages
    .map((part) => ({
      stage: part.stage,
      from: place(part.from, part.fromLocal),
      to: place(part.to, part.toLocal),
      outcome: part.outcome,
    }))
    .filter((span) => span.from !== null);
  const holds = (outer, inner) => {
    if (outer === inner || outer.to === null || inner.to === null) return outer !== inner && outer.to === null && inner.from >= outer.from;
    return inner.from >= outer.from && inner.to <= outer.to && inner.to - inner.from < outer.to - outer.from;
  };
  return spans.filter((outer) => !spans.some((inner) => holds(outer, inner) && !holds(inner, outer)));
};

/** When a Job was gone at the latest; null where its end was not seen. */
const goneAt = (job) => epochOrNull(job.deletedAt, job.deletedAtRange?.[1]);

/** Up to its end; of one whose end was not seen, as long as anything showed it open. */
const jobSpan = (job, end) => {
  const from = epoch(job.createdAt);
  const gone = goneAt(job);
  const seenUntil = job.openMs === undefined ? Math.max(end, from) : from + job.openMs;
  return { name: job.name, from, to: gone ?? seenUntil, openEnd: gone === null, openStart: job.truncated };
};

/** An investigation as a row; a stage whose end was not seen is drawn up to what could have ended it: its Job, or the next investigation. */
const investigationRow = (entry, { start, next, span, end, place }) => {
  const latest = Math.max(start, span !== null && !span.openEnd ? span.to : (next ?? end));
  const stages = leaves(entry.stages, place).map((part) => ({
    ...part,
    to: part.to ?? Math.max(part.from, latest),
    openEnd: part.to === null,
  }));
  const to = stages.reduce((last, part) => Math.max(last, part.to), place(entry.endedAt, entry.endedAtLocal) ?? start);
  const failed = entry.outcome !== "ok" && entry.outcome !== "running";
  return {
    id: entry.id,
    label: visible(entry.jobId === null ? entry.id : `${entry.id} · ${entry.jobId}`),
    failedAt: failed ? (stages.find((part) => part.outcome === "failed")?.to ?? to) : null,
    from: start,
    to,
    stages,
    job: span,
  };
};

const investigationRows = (report, jobs, end) => {
  const { investigations } = report;
  const place = placing(report);
  const startOf = (entry) => (entry === undefined ? null : place(entry.startedAt, entry.startedAtLocal));
  return investigations.flatMap((entry, index) => {
    const job = entry.jobUid === undefined ? undefined : jobs.get(entry.jobUid);
    const span = job === undefined ? null : jobSpan(job, end);
    // Of one that has no place its Job still has.
    const start = startOf(entry) ?? span?.from ?? null;
    return start === null ? [] : [investigationRow(entry, { start, next: startOf(investigations[index + 1]), span, end, place })];
  });
};

/** Jobs of the run that no investigation has. */
const strayRows = ({ investigations, jobs }, end) => {
  const linked = new Set(investigations.map((entry) => entry.jobUid));
  const strays = jobs.filter((job) => job.ofThisRun && job.role === "serving" && !linked.has(job.uid));
  return strays.map((job) => {
    const span = jobSpan(job, end);
    return { id: null, label: visible(job.name), failedAt: null, from: span.from, to: span.from, stages: [], job: span };
  });
};

/**
 * The report as rows over time: one an investigation with its stages and its Job, and one a Job of the run that no investigation has. For which part of
 * it open Jobs are known is told apart (src/report/known-span.ts).
 */
export const timelineOf = (report) => {
  const { openJobs, documented, window, unwatched } = report.concurrency;
  const spans = [window, report.window, report.windowLocal ?? null].filter((span) => span !== null);
  const from = Math.min(...spans.map((span) => epoch(span.from)));
  const to = Math.max(...spans.map((span) => epoch(span.to)));
  const jobs = new Map(report.jobs.map((job) => [job.uid, job]));
  const rows = [...investigationRows(report, jobs, to), ...strayRows(report, to)].sort((a, b) => a.from - b.from);
  const seen = new Set(rows.flatMap((row) => row.stages.map((span) => span.stage)));
  const measured = window === null ? undefined : openJobs;
  return {
    from,
    to,
    measured: measured?.points ?? null,
    expected: (window === null ? undefined : documented?.fromDisconnect?.points) ?? null,
    counted: (window === null ? undefined : documented?.fromCreation?.points) ?? null,
    // Of what is expected after it the report has nothing.
    expectedUntil: window === null ? to : epoch(window.to),
    unwatched: (unwatched ?? []).map((span) => ({ from: epoch(span.from), to: epoch(span.to) })),
    peak: measured === undefined || measured.peakAt === null ? null : { at: epoch(measured.peakAt), level: measured.peak },
    rows,
    stages: report.stages.map((row) => row.stage).filter((stage) => seen.has(stage)),
    // Shades go by a stage's place in the profile, so that it has the same one in every run.
    order: report.profile.stages ?? report.stages.map((row) => row.stage),
  };
};

/** Rows with anything to see between two moments. */
export const rowsBetween = (timeline, from, to) =>
  timeline.rows.filter((row) => Math.min(row.from, row.job?.from ?? row.from) < to && Math.max(row.to, row.job?.to ?? row.to) > from);

/** Investigations between two moments; of a run that is known by its Jobs alone, those. */
export const countedBetween = (timeline, from, to) => {
  const rows = rowsBetween(timeline, from, to);
  return timeline.rows.some((row) => row.id !== null) ? rows.filter((row) => row.id !== null).length : rows.length;
};
