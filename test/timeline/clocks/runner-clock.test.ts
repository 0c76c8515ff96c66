import { describe, expect, it } from "vitest";
import { httpClock, withZoneOfLogs } from "../../../src/timeline/clocks/runner-clock.js";
import { anchoredRunner, mark, sources, T0 } from "../builders.js";

describe("the clock of a server that the runner logs the dates of", () => {
  /** The runner reads 3 s more than the server. */
  const bounds = [0, 10_000, 20_000].map((ms) => ({ at: T0 + ms, lo: 2_900, hi: 3_100 }));

  it("is held against the cluster's through the runner's, and is as uncertain as both", () => {
    const clock = httpClock("server", bounds, anchoredRunner({ offsetMs: 5_000, skewMs: 5_000, uncertaintyMs: 50 }));
    expect(clock).toMatchObject({ id: "http:server", offsetMs: 2_000, zoneOffsetMinutes: 0 });
    expect(clock.uncertaintyMs).toBeCloseTo(150, 0);
  });

  it("is not known where nothing but such dates ties the runner's own", () => {
    expect(httpClock("server", bounds, anchoredRunner({ method: "http-date" }))).toMatchObject({ offsetMs: null, anchors: 3 });
    expect(httpClock("server", bounds, anchoredRunner({ offsetMs: null })).offsetMs).toBeNull();
  });
});

describe("the zone that logs name themselves", () => {
  const [log, other] = [0, 1].map((source) => mark("connected", 0, {}, { evidence: { source, line: 1 } }));
  const marks = [log, other].flatMap((one) => one ?? []);
  const read = (...zones: readonly (number | undefined)[]) =>
    sources(60_000).map((source, index) => {
      const zoneMinutes = zones[index];
      return zoneMinutes === undefined ? source : { ...source, zoneMinutes };
    });

  it("is that of the run if they agree, with what was added to the readings of one that names another", () => {
    expect(withZoneOfLogs(marks, read(120, 120), {}, new Map())).toEqual({ zoneOffsetMinutes: 120 });
    expect(withZoneOfLogs(marks, read(120, 60), {}, new Map([[1, 3_600_000]]))).toEqual({ zoneOffsetMinutes: 120 });
  });

  it("is none where they do not, or one names none, and yields to what is declared", () => {
    expect(withZoneOfLogs(marks, read(120, 60), {}, new Map())).toEqual({});
    expect(withZoneOfLogs(marks, read(120), {}, new Map())).toEqual({});
    expect(withZoneOfLogs(marks, read(120, 120), { zoneName: "Asia/Jerusalem" }, new Map())).toEqual({ zoneName: "Asia/Jerusalem" });
  });
});
