import { describe, expect, it } from "vitest";
import { ArrivalPrecision, arrivalStamp } from "../../../src/ingest/kubernetes/arrival-stamps.js";
import { kubernetesJson } from "../../../src/ingest/readers/kubernetes-json.js";
import { resolutionOf } from "../../../src/ingest/stamps/stamps.js";
import { readWith } from "../support.js";

const AT = Date.UTC(2026, 0, 5, 8, 0, 3);

describe("a time of arrival", () => {
  it.each([
    ["2026-01-05T08:00:03Z", 0, 1000],
    ["2026-01-05T08:00:03.5Z", 500, 100],
    ["2026-01-05T10:00:03.521+02:00", 521, 1],
    ["2026-01-05T08:00:03,521123456+00:00", 521.123456, 0.001],
    [AT / 1000, 0, 1000],
    [AT / 1000 + 0.5, 500, 100],
    [AT + 521, 521, 1],
    [`${AT / 1000}.521123456`, 521.123456, 0.001],
    [`${AT / 1000}`, 0, 1000],
    [`${AT + 521}000000`, 521, 0.001],
  ])("%s is as fine as it is printed", (value, afterMs, resolutionMs) => {
    const stamp = arrivalStamp(value);
    expect((stamp?.at ?? Number.NaN) - AT).toBeCloseTo(afterMs, 3);
    expect(stamp?.resolutionMs).toBe(resolutionMs);
  });

  it.each([["2026-01-05T08:00:03.521"], ["08:00:03.521Z"], ["yesterday"], [12], [1e25], [true], [""]])("%s is none", (value) => {
    expect(arrivalStamp(value)).toBeUndefined();
  });
});

describe("how fine the arrivals of a source are", () => {
  const common = (...counts: readonly (readonly [decimals: number, count: number])[]) => {
    const precision = new ArrivalPrecision();
    for (const [decimals, count] of counts)
      for (let index = 0; index < count; index += 1) precision.add({ at: AT, resolutionMs: resolutionOf(decimals) });
    return [precision.commonMs, precision.wholeSeconds];
  };

  it("is what all of them have, and a few with fewer digits have lost zeros at their end", () => {
    expect(common([0, 40])).toEqual([1000, 40]);
    expect(common([3, 40])).toEqual([1, 0]);
    expect(common([3, 900], [2, 90], [1, 9], [0, 1])).toEqual([1, 0]);
    expect(common([6, 40], [0, 1])).toEqual([0.001, 0]);
  });

  it("is not common where more are coarse than lost zeros explain", () => {
    expect(common([0, 40], [3, 3])).toEqual([undefined, 0]);
    expect(common([6, 500], [3, 500])).toEqual([undefined, 0]);
    expect(common()).toEqual([undefined, 0]);
  });
});

describe("rows of a watch", () => {
  const row = (received: unknown, number: number) =>
    JSON.stringify({
      received,
      type: "ADDED",
      object: {
        apiVersion: "batch/v1",
        kind: "Job",
        metadata: { name: `grpc-job-1-${number}`, namespace: "default", uid: `uid-${number}`, creationTimestamp: "2026-01-05T08:00:03Z" },
      },
    });
  const read = async (stamps: readonly unknown[]) => {
    const { events, diagnostics } = await readWith(kubernetesJson, `${stamps.map(row).join("\n")}\n`);
    const arrivals = events.map((event) => (event.type === "job" ? event.received?.resolutionMs : undefined));
    return { arrivals, notes: diagnostics.map(({ id, count, values }) => [id, count, values.text ?? values.rows]) };
  };

  it("have the resolution of their source", async () => {
    const fine = ["2026-01-05T08:00:03.123Z", "2026-01-05T08:00:04Z", "2026-01-05T08:00:04.456Z"];
    expect(await read(fine)).toEqual({ arrivals: [1, 1, 1], notes: [] });
    const whole = ["2026-01-05T08:00:03Z", "2026-01-05T08:00:04Z"];
    expect(await read(whole)).toEqual({ arrivals: [1000, 1000], notes: [["arrivals-whole-seconds", 1, 2]] });
  });

  it("say how many of their stamps cannot be read, and what one looks like", async () => {
    const { arrivals, notes } = await read(["2026-01-05T08:00:03.123", "2026-01-05T08:00:04.123", AT / 1000 + 0.25]);
    expect(arrivals).toEqual([undefined, undefined, 10]);
    expect(notes).toEqual([["arrivals-unread", 2, "2026-01-05T08:00:03.123"]]);
  });
});
