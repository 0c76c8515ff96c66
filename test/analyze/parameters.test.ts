import { describe, expect, it } from "vitest";
import { resolveParameters, toldByLog } from "../../src/analyze/parameters.js";
import { stageIntervals } from "../../src/analyze/stages/stage-intervals.js";
import { focusServer } from "../timeline/builders.js";
import { investigation, point, regularRun, timeline } from "./builders.js";

const run = { ...regularRun(4, () => 50_000), runLines: new Map([[0, { lo: 100, hi: 200 }]]) };
const hint = (value: string, line: number, source = 0) => ({ parameter: "test", value, evidence: { source, line } });

function resolve(given: Record<string, string | number>, hints: readonly ReturnType<typeof hint>[], profile = focusServer) {
  return resolveParameters({ profile, given, hints, timeline: run }, stageIntervals(run, profile), {});
}

describe("parameters", () => {
  const withDefault = {
    ...focusServer,
    parameters: {
      ...focusServer.parameters,
      test: { ...focusServer.parameters.test, default: "other" } as (typeof focusServer.parameters)[string],
    },
  };

  it("are what was given, else detected, else the default, else measured", () => {
    expect(resolve({ test: "30" }, [hint("277", 150)], withDefault).parameters.test).toEqual({ value: "30", origin: "given" });
    expect(resolve({}, [hint("277", 150)], withDefault).parameters.test).toEqual({ value: "277", origin: "detected" });
    expect(resolve({}, [], withDefault).parameters.test).toEqual({ value: "other", origin: "default" });
    expect(resolve({}, []).parameters).toMatchObject({
      test: { value: null, origin: "unknown" },
      delay: { value: 10, origin: "measured" },
    });
  });

  it("have what was counted in the run where nothing else says it", () => {
    const counted = (given: Record<string, number>) =>
      resolveParameters({ profile: focusServer, given, hints: [], timeline: run }, stageIntervals(run, focusServer), {
        investigations: 277,
      }).parameters.investigations;
    expect(counted({})).toEqual({ value: 277, origin: "detected" });
    expect(counted({ investigations: 5 })).toEqual({ value: 5, origin: "given" });
  });

  it("are told by a log alone where they are found in it or measured by it", () => {
    const { delay, test } = focusServer.parameters;
    if (delay === undefined || test === undefined) throw new Error("the profile has lost a parameter");
    const silent = { ...focusServer, parameters: { test, delay: { ...delay, detect: [] }, cluster: { ...test, detect: [] } } };
    expect([...toldByLog(silent, ["investigations"])].sort()).toEqual(["delay", "investigations", "test"]);
  });

  it("ignore what another run of the log says, and take a file's name for all of it", () => {
    expect(resolve({}, [hint("30", 50), hint("277", 150)]).parameters.test?.value).toBe("277");
    expect(resolve({}, [hint("30", 0)]).parameters.test?.value).toBe("30");
  });

  it("say that hints disagree rather than choose one", () => {
    const found = resolve({}, [hint("30", 120), hint("277", 150), hint("277", 160)]);
    expect(found.parameters.test).toEqual({ value: null, origin: "unknown" });
    expect(found.diagnostics).toMatchObject([{ id: "parameter-ambiguous", count: 2, values: { found: "30, 277" } }]);
    expect(resolve({ test: "30" }, [hint("30", 120), hint("277", 150)]).diagnostics).toEqual([]);
  });
});

describe("stages", () => {
  it("count a retry from the first start to the final success", () => {
    const points = [
      point("configure-start", 0),
      point("configured", 300),
      point("connecting", 2_000),
      point("connect-failed", 4_000),
      point("connecting", 5_000),
      point("connected", 6_000),
    ];
    const one = investigation(1, 0, { points, attempts: 2 });
    const found = stageIntervals(timeline([one], []), focusServer).get(one) ?? [];
    const durations = Object.fromEntries(found.map(({ stage, durationMs }) => [stage, durationMs]));
    expect(durations).toMatchObject({ configure: 300, connect: 5_700, "connect-wait": 1_700, "connect-dial": 4_000 });
  });

  it("end with the failure, or are cut off by the end of the log", () => {
    const failure = point("connect-failed", 4_000);
    const begun = [point("configure-start", 0), point("configured", 300), point("connecting", 2_000)];
    const failed = investigation(1, 0, { outcome: "failed", failure, points: [...begun, failure] });
    const running = investigation(2, 0, { outcome: "running", points: begun });
    const dial = (one: typeof failed) =>
      stageIntervals(timeline([one], []), focusServer)
        .get(one)
        ?.find(({ stage }) => stage === "connect-dial");
    expect(dial(failed)).toMatchObject({ outcome: "failed", durationMs: 2_000 });
    expect(dial(running)).toMatchObject({ outcome: "censored", durationMs: null });
  });

  it("between investigations exist only in sequential runs", () => {
    const parallel = { ...regularRun(2, () => 1), sequential: false };
    const stages = [...stageIntervals(parallel, focusServer).values()].flat().map(({ stage }) => stage);
    expect(stages).not.toContain("delay");
  });
});
