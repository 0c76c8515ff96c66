import { describe, expect, it } from "vitest";
import type { LogMark } from "../../../src/model/event.js";
import type { Pattern } from "../../../src/model/profile.js";
import { splitRuns } from "../../../src/timeline/investigations/runs.js";
import { focusServer, investigationMarks, mark, patterns } from "../builders.js";

const HOUR = 3_600_000;
const header = (ms: number, index: number) => mark("investigation-header", ms, { index: String(index), total: "3" });
const one = (ms: number, index: number) => [header(ms - 10, index), ...investigationMarks(ms, `1-${index}`, "12301")];

describe("telling runs apart", () => {
  it("by the header of a session", () => {
    const runs = splitRuns([mark("run-start", 0), ...one(100, 1), mark("run-start", 60_000), ...one(61_000, 1)], patterns, []);
    expect(runs.map((run) => run.length)).toEqual([11, 11]);
  });

  it("by numbers that begin again", () => {
    const runs = splitRuns([...one(100, 1), ...one(30_000, 2), ...one(60_000, 1)], patterns, []);
    expect(runs.map((run) => run.length)).toEqual([20, 10]);
  });

  it("by a silence of more than an hour", () => {
    expect(splitRuns([...one(100, 1), ...one(2 * HOUR, 2)], patterns, [])).toHaveLength(2);
    expect(splitRuns([...one(100, 1), ...one(HOUR - 1_000, 2)], patterns, [])).toHaveLength(1);
  });

  it("leaves out sessions in which nothing was begun", () => {
    expect(splitRuns([mark("run-start", 0), mark("run-start", 10), ...one(100, 1)], patterns, [])).toHaveLength(1);
    expect(splitRuns([mark("run-start", 0)], patterns, [])).toEqual([]);
    expect(splitRuns([], patterns, [])).toEqual([]);
  });

  it("not where threads that begin together print number 2 before number 1", () => {
    const together = [header(0, 2), header(60, 1), ...investigationMarks(100, "1-1", "12301"), ...one(30_000, 3)];
    expect(splitRuns(together, patterns, [])).toHaveLength(1);
    expect(splitRuns([header(0, 3), header(20, 2), header(60, 1)], patterns, [])).toHaveLength(1);
  });

  it("by number 1 after others had ended, or after numbers that no start of a run has", () => {
    expect(splitRuns([...one(100, 2), ...one(30_000, 1)], patterns, [])).toHaveLength(2);
    expect(splitRuns([header(0, 3), header(60, 1)], patterns, [])).toHaveLength(2);
    expect(splitRuns([header(0, 1), header(60, 1)], patterns, [])).toHaveLength(2);
  });

  it("does not begin again at a number that is skipped or repeated later on", () => {
    expect(splitRuns([...one(100, 2), ...one(30_000, 2), ...one(60_000, 3)], patterns, [])).toHaveLength(1);
  });

  it("keeps every mark, in order", () => {
    const marks = [...one(100, 1), ...one(30_000, 1), ...one(60_000, 1)];
    expect(splitRuns(marks, patterns, []).flat()).toEqual(marks);
  });
});

const MINUTE = 60_000;
const made = ({ id, ...fields }: Partial<Pattern> & Pick<Pattern, "id">): [string, Pattern] => {
  const [first] = focusServer.patterns.filter((pattern) => pattern.id === "frame");
  return [id, { ...(first as Pattern), ignore: false, ...fields, id, message: id }];
};
/** Loads that take hours, each line with the id of its load or none with one. */
const loads = new Map([
  made({ id: "begin", opens: true }),
  made({ id: "assigned", after: ["begin"] }),
  made({ id: "step", after: ["begin", "assigned", "step"] }),
  made({ id: "phase", after: ["assigned", "phase"] }),
  made({ id: "end", closes: true, after: ["begin", "step"] }),
  made({ id: "broken", fails: true }),
  made({ id: "alive", standalone: true }),
]);
const at = (id: string, minutes: number, jobId?: string) => mark(id, minutes * MINUTE, jobId === undefined ? {} : { jobId });
const lengths = (marks: LogMark[], of: ReadonlyMap<string, Pattern> = loads) => splitRuns(marks, of, []).map((run) => run.length);

describe("a silence inside an investigation", () => {
  it("parts nothing where a line with its id follows", () => {
    expect(lengths([at("begin", 0, "1"), at("end", 70, "1"), at("begin", 75, "2"), at("end", 150, "2")])).toEqual([4]);
    expect(lengths([at("begin", 0, "1"), at("step", 300, "1"), at("step", 600, "1"), at("end", 900, "1")])).toEqual([4]);
  });

  it("parts nothing where a line without an id may only be its own", () => {
    expect(lengths([at("begin", 0), at("end", 70), at("begin", 75), at("step", 150), at("end", 220)])).toEqual([5]);
    expect(lengths([at("begin", 0), at("broken", 70), at("begin", 75), at("end", 150)])).toEqual([4]);
  });

  it("parts nothing where the first line behind it is the run's", () => {
    expect(lengths([at("begin", 0), at("alive", 70), at("end", 71), at("begin", 75), at("alive", 150), at("end", 151)])).toEqual([6]);
  });

  it("parts nothing where its id is first told behind it, or it was only announced before", () => {
    expect(lengths([at("begin", 0), at("assigned", 70, "1"), at("end", 140, "1")])).toEqual([3]);
    const announced = [header(0, 1), ...investigationMarks(2 * HOUR, "1-1", "12301")];
    expect(lengths(announced, patterns)).toEqual([10]);
  });

  it("parts nothing where others began in the meantime", () => {
    const beside = [at("begin", 0, "1"), at("begin", 70, "2"), at("begin", 140, "3"), at("end", 210, "1"), at("end", 280, "2")];
    expect(lengths(beside)).toEqual([5]);
    const withoutId = [
      at("begin", 0),
      at("assigned", 1, "1"),
      at("begin", 70),
      at("phase", 71, "1"),
      at("assigned", 72, "2"),
      at("end", 150, "1"),
    ];
    expect(lengths(withoutId)).toEqual([6]);
  });

  it("parts nothing where a port tells whose the line is", () => {
    const slow = investigationMarks(0, "1-1", "12301").map((one, index) => ({
      ...one,
      at: { ...one.at, at: one.at.at + index * 2 * HOUR },
    }));
    expect(lengths(slow, patterns)).toEqual([9]);
    const namesNoId = slow.filter(({ groups }) => groups.jobId === undefined);
    expect(lengths(namesNoId, patterns)).toEqual([8]);
  });
});

describe("a silence between two runs", () => {
  it("parts them where the first was cut, or its last investigation never ended", () => {
    expect(lengths([at("begin", 0, "1"), at("end", 1, "1"), at("begin", 2, "2"), at("begin", 500, "3"), at("end", 501, "3")])).toEqual([
      3, 2,
    ]);
    expect(lengths([at("begin", 0), at("step", 1), at("begin", 500), at("step", 501), at("end", 502)])).toEqual([2, 3]);
  });

  it("parts them where the second uses the same ids and ports", () => {
    const same = [at("begin", 0, "1"), at("end", 1, "1"), at("begin", 2, "2"), at("step", 3, "2")];
    const later = same.map((one) => ({ ...one, at: { ...one.at, at: one.at.at + 8 * HOUR } }));
    expect(lengths([...same, ...later])).toEqual([4, 4]);
    for (let cut = 1; cut <= 9; cut += 1) {
      const before = [...investigationMarks(0, "1-1", "12301"), ...investigationMarks(20_000, "2-2", "12302").slice(0, cut)];
      const after = [...investigationMarks(8 * HOUR, "2-2", "12302"), ...investigationMarks(8 * HOUR + 20_000, "1-1", "12301")];
      expect(lengths([...before, ...after], patterns)).toEqual([9 + cut, 18]);
    }
  });

  it("parts them where the second begins two at once and uses the id of one that never ended", () => {
    const before = [at("begin", 0), at("assigned", 1, "7")];
    const after = [at("begin", 500), at("begin", 501), at("assigned", 502, "6"), at("assigned", 503, "7"), at("end", 504), at("end", 505)];
    expect(lengths([...before, ...after])).toEqual([2, 6]);
  });

  it("parts them where the second uses the id of one that never ended, with a line that cannot follow where that one stood", () => {
    const before = [at("begin", 0), at("assigned", 1, "7"), at("step", 2, "7")];
    const after = [at("begin", 500), at("step", 501), at("assigned", 502, "7"), at("end", 503, "7")];
    expect(lengths([...before, ...after])).toEqual([3, 4]);
  });

  it("parts them where no line is known to begin anything, by the first line of an investigation", () => {
    const ids = new Map([made({ id: "got" }), made({ id: "done", closes: true })]);
    expect(lengths([at("got", 0, "1"), at("done", 1, "1"), at("got", 2, "2"), at("got", 500, "2"), at("done", 501, "2")], ids)).toEqual([
      3, 2,
    ]);
    expect(lengths([at("got", 0, "1"), at("done", 1, "1"), at("done", 500, "1")], ids)).toEqual([2, 1]);
  });

  it("parts them before the first line behind it, whatever that tells", () => {
    expect(lengths([at("begin", 0), at("end", 1), at("alive", 500), at("begin", 501), at("end", 502)])).toEqual([2, 3]);
  });

  it("is none where nothing begins behind it", () => {
    expect(lengths([at("begin", 0), at("end", 1), at("alive", 500)])).toEqual([3]);
  });
});
