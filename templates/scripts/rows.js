import { filled } from "./data.js";
import { momentText } from "./draw-curve.js";
import { momentOf, visible } from "./timeline-data.js";

const element = (name, attributes, ...children) => {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) if (value !== undefined) made.setAttribute(key, value);
  made.append(...children.filter((child) => child !== undefined));
  return made;
};
const isolated = (text) => element("bdi", { dir: "ltr" }, text);
const code = (text) => element("bdi", { dir: "ltr", class: "code" }, visible(text));
const second = (at, words) => momentText(momentOf(at, words.offset), words.offset, words.day);
const seconds = (ms, words, decimals = ms < 1000 ? 2 : 1) =>
  (ms / 1000).toLocaleString(words.locale, { minimumFractionDigits: decimals, maximumFractionDigits: decimals });
const duration = (ms, words) =>
  ms === null || ms === undefined
    ? element("td", { class: "num", "data-key": "" }, "–")
    : element("td", { class: "num", "data-key": ms }, isolated(seconds(ms, words)));

/** A row of the table of investigations, as the page's template makes it. */
const investigationCells = (entry, { language, words, jobs }) => {
  const job = entry.jobUid === undefined ? undefined : jobs.get(entry.jobUid);
  const start = entry.startedAt ?? entry.startedAtLocal ?? null;
  const place = `${language}-investigation-${entry.id}`;
  const name = entry.jobId === null ? undefined : code(entry.jobId);
  const attempts = entry.attempts > 1 ? ` (${filled(words.attempts, { n: entry.attempts })})` : "";
  return element(
    "tr",
    { id: place, class: entry.outcome === "ok" ? undefined : "bad" },
    element("th", { scope: "row", class: "num", "data-key": entry.id }, element("a", { href: `#${place}` }, entry.id)),
    element("td", {}, job === undefined ? name : element("a", { href: `#${language}-job-${job.uid}` }, name ?? "")),
    element("td", {}, words.outcomes[entry.outcome] + attempts),
    element(
      "td",
      { class: "num", "data-key": start === null ? "" : momentOf(start, words.offset) },
      start === null ? "–" : second(start, words),
    ),
    ...words.stages.map((stage) => duration(entry.stages.find((part) => part.stage === stage)?.durationMs, words)),
    duration(job?.cleanupMs, words),
  );
};

const goneCell = (job, words) => {
  if (job.deletedAtRange !== undefined) return code(job.deletedAtRange.map((at) => second(at, words)).join("–"));
  if (job.deletedAt !== undefined) return code(second(job.deletedAt, words));
  return job.mechanism === "open" ? words.stillOpen : words.unknown;
};

/** A row of the table of Jobs. */
const jobCells = (job, { language, words }) => {
  const resolution = job.resolutionMs >= 1000 ? 0 : 3;
  const name = code(job.name);
  const link = job.investigationId === undefined ? name : element("a", { href: `#${language}-investigation-${job.investigationId}` }, name);
  const quiet = (text) => (text === undefined ? undefined : element("span", { class: "quiet" }, " ", text));
  return element(
    "tr",
    { id: `${language}-job-${job.uid}` },
    element("th", { scope: "row" }, link, quiet(job.ofThisRun ? undefined : words.notOfThisRun)),
    element("td", {}, words.roles[job.role]),
    element("td", { class: "num" }, second(job.createdAt, words)),
    element("td", { class: job.deletedAtRange === undefined && job.deletedAt === undefined ? "two" : "nb two" }, goneCell(job, words)),
    element(
      "td",
      { class: "num" },
      job.openMs === undefined ? "–" : isolated(`${seconds(job.openMs, words, 1)}${job.censored ? "+" : ""}`),
    ),
    element("td", { class: "two" }, words.mechanisms[job.mechanism], quiet(job.deletedBy === undefined ? undefined : code(job.deletedBy))),
    element("td", { class: "num quiet" }, filled(words.seconds, { x: seconds(job.resolutionMs, words, resolution) })),
  );
};

/** What each table shows: its items in the report, a row of one, its place in the address, and what a search looks at. */
export const TABLES = {
  investigations: {
    items: (report) => report.investigations,
    row: investigationCells,
    place: (entry) => `investigation-${entry.id}`,
    text: (entry, { words, jobs }) =>
      [entry.id, entry.jobId ?? "", words.outcomes[entry.outcome], entry.error ?? "", jobs.get(entry.jobUid)?.name ?? ""].join(" "),
    key: (entry, index, { words, jobs }) => {
      const first = [Number(entry.id), entry.jobId ?? "", words.outcomes[entry.outcome], entry.startedAt ?? entry.startedAtLocal];
      if (index === 3) return first[3] === null || first[3] === undefined ? "" : momentOf(first[3], words.offset);
      if (index < 3) return first[index];
      const stage = words.stages[index - 4];
      return (
        (stage === undefined ? jobs.get(entry.jobUid)?.cleanupMs : entry.stages.find((part) => part.stage === stage)?.durationMs) ?? ""
      );
    },
  },
  jobs: {
    items: (report) => report.jobs,
    row: jobCells,
    place: (job) => `job-${job.uid}`,
    text: (job) => job.name,
    key: (job) => job.name,
  },
};
