import { describe, expect, it } from "vitest";
import { WatchDisplay } from "../../src/commands/watch-display.js";
import type { AgedJob, LiveView } from "../../src/live/live-jobs.js";
import { Terminal } from "./terminal.js";

const T0 = Date.UTC(2025, 11, 7, 8, 51);
const aged = (id: number, ageMs: number, name = `grpc-job-${id}-173${id}`): AgedJob => ({
  uid: `u${id}`,
  name,
  namespace: "default",
  createdAt: T0,
  ageMs,
});

function viewOf(open: number, fields: Partial<LiveView> = {}): LiveView {
  const oldest = Array.from({ length: open }, (_, index) => aged(index + 1, 60_000 - index * 5000));
  return {
    at: T0 + 90_000,
    from: T0,
    open,
    peak: 7,
    peakAt: T0,
    mean: 2.5,
    expected: 3,
    oldest,
    overdue: [],
    created: 9,
    gone: 9 - open,
    ...fields,
  };
}

const display = (terminal: Terminal, environment: NodeJS.ProcessEnv = {}, source = "staging"): WatchDisplay =>
  new WatchDisplay(terminal, source, 70_000, environment);

describe("the live view on a terminal", () => {
  it("is drawn anew in its place, and leaves nothing of the drawing before", () => {
    const terminal = new Terminal(80, 24);
    const live = display(terminal);
    live.show(viewOf(7), 0);
    const high = terminal.shown.length;
    live.show(viewOf(1), 2);
    expect(terminal.shown.length).toBeLessThan(high);
    expect(terminal.shown[0]).toBe("08:52:30Z  staging (and 2 other Jobs) for 1 min 30 s");
    expect(terminal.shown.filter((line) => line.includes("open now"))).toEqual(["open now       1   peak 7 at 08:51:00Z   mean 2.50"]);
    expect(terminal.shown.join("\n")).not.toContain("grpc-job-2");
  });

  it("is the same for the same state, whatever was there before", () => {
    const [one, other] = [new Terminal(60, 24), new Terminal(60, 24)];
    display(one).show(viewOf(2), 0);
    const live = display(other);
    for (const open of [0, 7, 3]) live.show(viewOf(open), 0);
    live.show(viewOf(2), 0);
    expect(other.shown).toEqual(one.shown);
  });

  it.each([20, 33, 60])("fits into %i columns: no line wraps", (columns) => {
    const terminal = new Terminal(columns, 24);
    const name = "任务-".repeat(20);
    const overdue = [aged(1, 99_000, name)];
    display(terminal, {}, "/a/very/long/path/to/the/capture/of/a/run/capture.ndjson.gz").show(viewOf(2, { overdue, oldest: overdue }), 0);
    expect(terminal.shown).toHaveLength(8);
    expect(terminal.shown[0]).toMatch(/…$/);
    expect(terminal.shown.at(-1)).toMatch(/…$/);
  });

  it("is never higher than the terminal, so that it can be taken away again", () => {
    const terminal = new Terminal(80, 6);
    const live = display(terminal);
    for (const open of [9, 8, 7]) live.show(viewOf(open), 0);
    expect(terminal.shown).toHaveLength(5);
  });

  it("goes away whole on a terminal that became narrower", () => {
    const terminal = new Terminal(80, 24);
    const live = display(terminal);
    live.show(viewOf(3), 0);
    terminal.resize(30);
    live.show(viewOf(3), 0);
    expect(terminal.shown.filter((line) => line.includes("open now"))).toHaveLength(1);
    expect(terminal.shown[0]).toMatch(/^08:52:30Z/);
  });

  it("goes away whole when somebody typed meanwhile", () => {
    const terminal = new Terminal(160, 24);
    const live = display(terminal);
    live.show(viewOf(3), 0);
    terminal.write("^C");
    live.end(viewOf(1));
    expect(terminal.shown).toEqual([expect.stringMatching(/^2025-12-07T08:52:30Z open 1/)]);
  });

  it("keeps alarms and notes above, each once", () => {
    const terminal = new Terminal(160, 24);
    const live = display(terminal);
    live.show(viewOf(3), 0);
    live.alarm({ kind: "max-age", at: T0, open: 3, limit: 12_000, job: aged(1, 12_540) });
    live.show(viewOf(2), 0);
    live.say("the watch was interrupted");
    live.show(viewOf(1), 0);
    expect(terminal.shown.slice(0, 2)).toEqual([
      "2025-12-07T08:51:00Z ALARM: default/grpc-job-1-1731 has been open for 12.5 s, longer than 12 s",
      "the watch was interrupted",
    ]);
    expect(terminal.shown[2]).toMatch(/^08:52:30Z/);
    live.end(viewOf(1));
    expect(terminal.shown).toHaveLength(3);
    expect(terminal.shown[2]).toBe(
      "2025-12-07T08:52:30Z open 1, peak 7, mean 2.50, documented 3, oldest default/grpc-job-1-1731 1 min 0 s",
    );
  });

  it("cannot be steered by a name or a path, and has colour only where it may", () => {
    const ESC = String.fromCharCode(27);
    const hostile = `x${ESC}[2J${ESC}]0;title\u0007\nnext\u202e`;
    const overdue = [aged(1, 99_000, hostile)];
    const draw = (environment: NodeJS.ProcessEnv): Terminal => {
      const terminal = new Terminal(200, 24);
      display(terminal, environment, hostile).show(viewOf(1, { overdue, oldest: overdue }), 0);
      return terminal;
    };
    const coloured = draw({});
    expect(coloured.written.match(new RegExp(`${ESC}\\[3?[19]m`, "g"))).toHaveLength(4);
    expect(coloured.shown.at(-1)).toContain("x[U+001B][2J[U+001B]]0;title[U+0007] next[U+202E]");
    expect(draw({ NO_COLOR: "1" }).written).not.toContain(ESC);
    expect(draw({ NO_COLOR: "1" }).shown).toEqual(coloured.shown);
  });

  it("says what it waits for instead of counting nothing", () => {
    const terminal = new Terminal(40, 24);
    const live = display(terminal);
    for (let turn = 0; turn < 3; turn++) live.waiting("capture.ndjson: waiting for it, there is no such file yet");
    expect(terminal.shown).toEqual(["capture.ndjson: waiting for it, there i…"]);
    live.show(viewOf(1), 0);
    expect(terminal.shown[0]).toMatch(/^08:52:30Z/);
  });

  it("becomes lines on a terminal that cannot go back", () => {
    const terminal = new Terminal(200, 24);
    const live = display(terminal, { TERM: "dumb" });
    for (const open of [1, 1, 2]) live.show(viewOf(open), 0);
    expect(terminal.shown.map((line) => line.slice(21, 27))).toEqual(["open 1", "open 2"]);
    expect(terminal.written).not.toContain(String.fromCharCode(27));
  });
});
