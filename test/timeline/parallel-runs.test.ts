/** Investigations in parallel whose lines have mostly no key, with the truth beside them: nothing may be measured with a line of another. */
import { describe, expect, it } from "vitest";
import { groupBy } from "../../src/model/collections/group-by.js";
import type { LogMark } from "../../src/model/event.js";
import { createRandom, type Random } from "../../src/model/statistics/random.js";
import { correlate } from "../../src/timeline/investigations/correlate.js";
import { endings } from "../../src/timeline/investigations/outcomes.js";
import { focusServer, mark, T0 } from "./builders.js";

const FATES = ["ok", "stream-failed", "reconnected", "hung", "connect-failed", "retried", "configure-failed"] as const;
type Fate = (typeof FATES)[number];

interface Style {
  readonly workers: number;
  readonly headers: boolean;
  /** Share of investigations that do not go well, and how they may not. */
  readonly trouble: number;
  readonly fates: readonly Fate[];
  /** Whether a client whose stream fails disconnects: share of them. */
  readonly disconnecting: number;
  /** Lines that tell of one failure. */
  readonly told: number;
  /** How late the line of the end of a stream may be. */
  readonly lateMs: number;
  readonly reports: boolean;
  /** Another part of the client tells of the end of a stream as well. */
  readonly receives: boolean;
  /** The answer to a request says whose it is. */
  readonly keyed: boolean;
  readonly resolutionMs: number;
  /** The log ends while investigations go on. */
  readonly cut: boolean;
}

interface Run {
  readonly marks: readonly LogMark[];
  /** Investigation of each line. */
  readonly ownerOf: ReadonlyMap<number, string>;
  readonly fates: ReadonlyMap<string, Fate>;
}

function styleOf(random: Random): Style {
  const pick = <T>(...values: readonly T[]) => values[random.integer(0, values.length - 1)] as T;
  return {
    workers: pick(2, 2, 3, 5, 8),
    headers: pick(true, false),
    trouble: pick(0, 0.1, 0.3),
    fates: pick<readonly Fate[]>(["stream-failed"], ["stream-failed", "reconnected"], FATES.slice(1)),
    disconnecting: pick(0, 0, 1, 0.5),
    told: pick(1, 1, 2),
    lateMs: pick(1, 20, 45, 200),
    reports: pick(true, true, false),
    receives: pick(true, false, false),
    keyed: pick(true, false),
    resolutionMs: pick(1, 1, 1, 1000),
    cut: pick(true, false, false),
  };
}

function runOf(style: Style, random: Random): Run {
  const { resolutionMs } = style;
  const lines: { readonly ms: number; readonly one: LogMark }[] = [];
  const ownerOf = new Map<number, string>();
  const fates = new Map<string, Fate>();
  const free = Array.from({ length: style.workers }, (_, worker) => worker * random.integer(0, 80));
  for (let index = 0; index < 30; index += 1) {
    const worker = free.indexOf(Math.min(...free));
    let ms = (free[worker] ?? 0) + random.integer(0, 600);
    const jobId = `${(index % 30) + 1}-${1730 + index}`;
    const key = { host: "h", port: String(12_301 + (index % 30)) };
    const isBad = random.between(0, 1) < style.trouble;
    const fate: Fate = isBad ? (style.fates[random.integer(0, style.fates.length - 1)] as Fate) : "ok";
    fates.set(jobId, fate);
    const log = (id: string, groups: Record<string, string> = {}) => {
      const one = mark(id, Math.floor(ms / resolutionMs) * resolutionMs, groups, { resolutionMs });
      ownerOf.set(one.evidence.line, jobId);
      lines.push({ ms, one });
    };
    const pass = (from: number, to: number) => {
      ms += random.integer(from, to);
    };
    const answered = () => {
      if (style.keyed) log("job-body", { jobId, port: key.port });
      else log("configured");
      pass(0, 1);
      if (!style.keyed) log("tracked", { jobId });
    };
    const stream = () => {
      log("connecting", key);
      pass(1_500, 3_000);
      log("connected", key);
      log("stream-start");
      const from = ms;
      pass(6_200, 6_800);
      return ms - from;
    };
    const failed = () => {
      for (let told = 0; told < style.told; told += 1) {
        log("stream-failed", { error: "Stream error" });
        pass(0, 3);
      }
    };
    const disconnect = () => {
      log("disconnecting");
      pass(60, 140);
      log("disconnected");
    };
    const end = (lastedMs: number) => {
      pass(0, style.lateMs);
      log("stream-ended", style.reports ? { frames: "500", seconds: (lastedMs / 1000).toFixed(2) } : { frames: "500" });
      if (style.receives) log("frames-received", { frames: "500", ...(style.reports ? { seconds: (lastedMs / 1000).toFixed(2) } : {}) });
      pass(0, 2);
      disconnect();
    };
    if (style.headers) log("investigation-header", { index: String(index + 1), total: "30" });
    log("configure-start");
    pass(200, 450);
    if (fate === "configure-failed") log("configure-failed", { error: "503" });
    else {
      answered();
      pass(7_000, 11_000);
    }
    if (fate === "connect-failed" || fate === "retried") {
      log("connecting", key);
      pass(500, 2_000);
      log("connect-failed", { ...key, error: "refused" });
      pass(1_000, 1_100);
    }
    if (fate === "stream-failed" || fate === "reconnected") {
      stream();
      ms -= random.integer(500, 4_000);
      failed();
      if (fate === "stream-failed" && random.between(0, 1) < style.disconnecting) {
        pass(0, random.integer(0, 1) * 300);
        disconnect();
      }
      pass(100, 1_000);
    }
    if (fate === "hung") stream();
    if (fate === "ok" || fate === "retried" || fate === "reconnected") end(stream());
    free[worker] = ms + 2_000;
  }
  lines.sort((a, b) => a.ms - b.ms);
  const marks = lines.map(({ one }) => one);
  return { marks: style.cut ? marks.slice(0, random.integer(marks.length >> 1, marks.length)) : marks, ownerOf, fates };
}

/** How each investigation ended as far as its lines tell; those of which nothing tells may still go on. */
function endOf(jobId: string, { marks, ownerOf, fates }: Run, isCut: boolean): readonly string[] {
  const own = marks.filter(({ evidence }) => ownerOf.get(evidence.line) === jobId).map((one) => one.mark);
  const failedAt = own.findLastIndex((id) => id.endsWith("-failed"));
  if (failedAt >= 0 && !own.slice(failedAt).includes("connecting")) return ["failed"];
  if (own.includes("disconnected")) return ["ok"];
  return isCut ? ["running", "failed", "unopened"] : [fates.get(jobId) === "hung" ? "failed" : "none"];
}

/** How many of those that have begun have neither an id nor a failure by the end of the log. */
function unanswered({ marks, ownerOf }: Run): number {
  const begun = groupBy(marks, ({ evidence }) => ownerOf.get(evidence.line));
  const answers = ["tracked", "job-body", "configure-failed"];
  return [...begun.values()].filter((own) => !own.some((one) => answers.includes(one.mark))).length;
}

describe("investigations in parallel", () => {
  const told = { ended: 0, known: 0 };

  it.each(Array.from({ length: 12 }, (_, batch) => batch))("measure nothing with another's line (runs %i × 25)", (batch) => {
    for (let seed = batch * 25; seed < (batch + 1) * 25; seed += 1) {
      const random = createRandom(`parallel ${seed}`);
      const style = styleOf(random);
      const run = runOf(style, random);
      const { drafts } = correlate(run.marks, focusServer);
      const hi = (run.marks.at(-1)?.at.at ?? T0) + (style.cut ? 0 : 300_000);
      const ends = endings(drafts, false, hi, focusServer);
      const waiting = drafts.filter(
        ({ jobId }, index) => jobId === null && ends[index]?.outcome !== "failed" && ends[index]?.uncertain !== true,
      );
      expect([seed, style, waiting.length], `run ${seed}`).toSatisfy(() => waiting.length <= unanswered(run));
      for (const [index, { jobId, points }] of drafts.entries()) {
        const certain = points.filter((point) => point.uncertain !== true);
        const owners = new Set(certain.map((point) => run.ownerOf.get(point.evidence.line)));
        if (jobId !== null) owners.add(jobId);
        const end = ends[index];
        const isTrue = jobId === null || end?.uncertain === true || endOf(jobId, run, style.cut).includes(end?.outcome ?? "");
        expect([seed, style, jobId, [...owners], end], `run ${seed}`).toSatisfy(() => owners.size <= 1 && isTrue);
        if (end?.outcome !== "ok" || !style.reports || style.lateMs > 45 || style.resolutionMs > 1) continue;
        told.ended += 1;
        if (certain.some((point) => point.mark === "disconnected")) told.known += 1;
      }
    }
  });

  it("are told apart for the most part where streams say at once how long they lasted", () => {
    expect(told.known / told.ended).toBeGreaterThan(0.75);
  });
});
