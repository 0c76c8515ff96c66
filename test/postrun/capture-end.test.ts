/** A capture that ends before the log, and one that outlives it: the first sentence and the curve of the page go by one end. */
import { describe, expect, it } from "vitest";
import type { Report } from "../../src/model/report.js";
import { isoFromEpoch } from "../../src/model/time.js";
import { renderHtml } from "../../src/report/html.js";
import { LOCALES } from "../../src/report/locales/index.js";
import { leadKinds, leadPhrases } from "../../src/report/words/lead.js";
import { toText } from "../../src/report/words/phrase.js";
import { timesOf } from "../../src/report/words/times.js";
import type { SimulationOptions } from "../../src/simulate/index.js";
import { analyzeSimulation } from "./simulated.js";

const SIX_MINUTES_MS = 360_000;

async function analyzed(settings: SimulationOptions): Promise<{ report: Report; axisEnd: number; knownEnd: number }> {
  const { report } = await analyzeSimulation({ seed: "capture-end", investigations: 24, ...settings }, ["jobs-watch-received.jsonl"]);
  const page = await renderHtml(report, { languages: ["en"] });
  const told = (name: string): number => Number(new RegExp(` data-${name}="(\\d+)"`).exec(page)?.[1]);
  return { report, axisEnd: told("to"), knownEnd: told("known-to") };
}

const firstSentence = (report: Report): string | undefined => leadPhrases(report, LOCALES.en).map(toText)[0];

describe("a watch of Jobs that ends before the log", () => {
  it("is the first thing that is said, with the end at which the curve stops", async () => {
    const { report, axisEnd, knownEnd } = await analyzed({ capture: { watchEndsMs: SIX_MINUTES_MS } });
    expect(leadKinds(report)[0]).toBe("capture-ended");
    expect(knownEnd).toBe(Date.parse(report.concurrency.window?.to ?? ""));
    expect(axisEnd).toBeGreaterThan(knownEnd + 60_000);
    expect(firstSentence(report)).toContain(`The capture ended at ${timesOf(report, LOCALES.en).minute(isoFromEpoch(knownEnd))},`);
  });

  it("is told to the second where both ends are in one minute", async () => {
    const { report, knownEnd } = await analyzed({ capture: { watchEndsMs: SIX_MINUTES_MS } });
    const { second } = timesOf(report, LOCALES.en);
    const started = report.investigations.find(({ startedAt }) => Date.parse(startedAt ?? "") > knownEnd);
    const to = isoFromEpoch(Math.floor(knownEnd / 60_000) * 60_000 + 59_900);
    const short = { ...report, window: { from: report.window?.from ?? "", to } };
    expect(started).toBeDefined();
    expect(firstSentence(short)).toContain(`${second(isoFromEpoch(knownEnd))}, before the run did (${second(to)})`);
  });

  it("is not said to have ended where nothing was begun since, which it would have shown; the curve stops all the same", async () => {
    const whole = await analyzed({});
    const last = whole.report.investigations.at(-1)?.startedAt ?? "";
    const capture = { watchEndsMs: Date.parse(last) - Date.parse(whole.report.window?.from ?? "") + 8_000 };
    const { report, axisEnd, knownEnd } = await analyzed({ capture });
    expect(report.jobs.some(({ censored }) => censored)).toBe(true);
    expect(knownEnd).toBeLessThan(axisEnd);
    expect(leadKinds(report)).not.toContain("capture-ended");
  });
});

describe("a watch of Jobs that outlives the log", () => {
  it("ends nothing: open Jobs are known to the end of the axis", async () => {
    const { report, axisEnd, knownEnd } = await analyzed({ capture: { logEndsMs: SIX_MINUTES_MS } });
    expect(report.investigations.length).toBeLessThan(24);
    expect(knownEnd).toBe(axisEnd);
    expect(axisEnd).toBeGreaterThan(Date.parse(report.window?.to ?? ""));
    expect(leadKinds(report)[0]).toBe("incomplete");
    expect(leadKinds(report)).not.toContain("capture-ended");
  });
});
