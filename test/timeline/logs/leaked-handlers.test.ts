import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { LogMark } from "../../../src/model/event.js";
import { deduplicate } from "../../../src/timeline/logs/deduplicate.js";

let line = 0;
const mark = (at: number, message: string, more: Partial<LogMark> & { resolutionMs?: number } = {}): LogMark => {
  const { resolutionMs = 1, ...rest } = more;
  line += 1;
  return {
    type: "log-mark",
    mark: message.split(" ")[0] ?? "",
    at: { at, resolutionMs, clock: "runner" },
    groups: /port (\d+)/.test(message) ? { port: message.replace(/\D/g, "") } : {},
    logger: "grpc",
    variant: "logging",
    message,
    evidence: { source: 0, line },
    ...rest,
  };
};
const times = (marks: readonly LogMark[]) => marks.map(({ at }) => at.at);

/** Sequential investigations: a record without a key, and one that names a port. */
const run = (count: number, startAt = 0): LogMark[] =>
  Array.from({ length: count }, (_, index) => [
    mark(startAt + index * 1000, "Configuring"),
    mark(startAt + index * 1000 + 300, `Connected port ${12301 + index}`),
  ]).flat();

describe("the same record through two handlers", () => {
  test("in two formats counts once, and the finer stamp stays, although decoration differs and the copies are out of order", () => {
    const fine = run(20);
    const coarse = fine.map(({ at, message }) =>
      mark(Math.floor(at.at / 1000) * 1000, message === "Configuring" ? message : `Γ£à ${message}`, {
        variant: "pytest-live",
        resolutionMs: 1000,
      }),
    );
    const coarseMarks = coarse.map((copy, index) => ({ ...copy, mark: fine[index]?.mark ?? "", groups: fine[index]?.groups ?? {} }));
    expect(deduplicate([...coarseMarks.toReversed(), ...fine])).toEqual({ marks: fine, doubles: 40 });
  });

  test("with stamps that drift apart by a hundred milliseconds counts once, because its neighbours are doubled too", () => {
    const first = run(20);
    const second = first.map((copy, index) => ({
      ...copy,
      at: { ...copy.at, at: copy.at.at + 20 + (index % 9) * 10 },
      evidence: { source: 1, line: index },
    }));
    expect(deduplicate([...second, ...first]).marks).toEqual(first);
  });

  test("two workers that do the same at nearly the same time stay two", () => {
    const first = run(20);
    const second = run(20, 40).map((copy, index) => ({
      ...copy,
      message: copy.message.replace("port 123", "port 124"),
      evidence: { source: 1, line: index },
    }));
    expect(deduplicate([...first, ...second]).doubles).toBe(0);
  });
});

describe("handlers that leak", () => {
  test("print a record once more with every test, hundreds of times at the end, with drifting milliseconds: each counts once", () => {
    const records = run(120);
    const copies = records.flatMap((record, index) =>
      Array.from({ length: 1 + index }, (_, copy) => ({
        ...record,
        at: { ...record.at, at: record.at.at + copy },
        evidence: { source: 0, line: index * 1000 + copy },
      })),
    );
    const { marks, doubles } = deduplicate(copies);
    expect(times(marks)).toEqual(times(records));
    expect(doubles).toBe(copies.length - records.length);
  });

  test("do not swallow investigations that begin in the same moment", () => {
    const begins = [0, 1, 2].map((at) => mark(at, "Configuring"));
    const named = Array.from({ length: 9 }, (_, index) => mark(100 + index * 100, `Connected port ${index}`));
    const doubled = [...begins, ...named].flatMap((record) => [record, { ...record, at: { ...record.at, at: record.at.at + 1 } }]);
    const { marks } = deduplicate(doubled);
    expect(marks.filter((kept) => kept.message === "Configuring")).toHaveLength(3);
    expect(marks.filter((kept) => kept.message !== "Configuring")).toHaveLength(9);
  });
});

describe("a try that is repeated within one second", () => {
  const second = 1000;
  const whole = (at: number, message: string) => mark(at, message, { resolutionMs: second });
  /** Investigations, a few seconds each; in every third one the first try to connect is refused at once. */
  const tries = (count: number) =>
    Array.from({ length: count }, (_, index) => {
      const at = index * 20 * second;
      const refused = index % 3 === 2 ? [whole(at, `Connecting port ${index}`), whole(at, `Failed port ${index}`)] : [];
      return [...refused, whole(at, `Connecting port ${index}`), whole(at + second, `Connected port ${index}`)];
    }).flat();
  const printed = (records: readonly LogMark[], copies: number) =>
    records.flatMap((record) => Array.from({ length: copies }, () => mark(record.at.at, record.message, { resolutionMs: second })));

  test("counts as often as it was made, although the stamp is the same", () => {
    const records = tries(9);
    expect(deduplicate(records)).toEqual({ marks: records, doubles: 0 });
  });

  test.each([2, 3, 7])("counts as often through %i handlers", (handlers) => {
    const records = tries(9);
    const { marks, doubles } = deduplicate(printed(records, handlers));
    expect(marks.map(({ message }) => message)).toEqual(records.map(({ message }) => message));
    expect(doubles).toBe((handlers - 1) * records.length);
  });

  test("counts twice without a word between, where the records around it stand once", () => {
    const [refused, failed, ...others] = tries(3).slice(4);
    const records = [...tries(2), refused, ...others].flatMap((record) => record ?? []);
    expect(failed?.message).toBe("Failed port 2");
    expect(deduplicate(records)).toEqual({ marks: records, doubles: 0 });
  });

  test("is told from handlers that leak with every test, and from those of the last test alone", () => {
    const records = Array.from({ length: 60 }, (_, index) => whole(index * 2 * second, `Connected port ${index}`));
    const leaking = records.flatMap((record, index) => printed([record], 1 + index));
    expect(times(deduplicate(leaking).marks)).toEqual(times(records));
    const [one, other] = [tries(1), tries(2).slice(2)];
    expect(deduplicate([...one, ...printed(other, 2)])).toMatchObject({ marks: [...one, ...other].map(({ at }) => ({ at })), doubles: 2 });
  });

  test("is told from two handlers whose copies come in turn", () => {
    const records = Array.from({ length: 8 }, (_, index) => whole(Math.floor(index / 2) * second, `Connected port ${index}`));
    const inTurn = [0, 2, 4, 6].flatMap((from) => [0, 1].flatMap(() => printed(records.slice(from, from + 2), 1)));
    expect(deduplicate(inTurn)).toMatchObject({ doubles: 8 });
  });
});

test("without doubles nothing is lost: parallel records of one text in one millisecond all stay", () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 500 }), { maxLength: 40 }), (starts) => {
      const marks = [
        ...starts.map((at) => mark(at, "Configuring")),
        ...starts.map((at, index) => mark(at + 50, `Connected port ${index}`)),
      ];
      const result = deduplicate(marks);
      expect(result.doubles).toBe(0);
      expect(result.marks).toHaveLength(marks.length);
    }),
  );
});

test("any log that is doubled as a whole gives itself", () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.integer({ min: 0, max: 10_000 }), { minLength: 1, maxLength: 40 }),
      fc.integer({ min: 0, max: 4 }),
      (starts, drift) => {
        const marks = starts
          .toSorted((a, b) => a - b)
          .flatMap((at, index) => [mark(at * 30, "Configuring"), mark(at * 30 + 10, `Connected port ${index}`)]);
        const copies = marks.map((record) => ({
          ...record,
          at: { ...record.at, at: record.at.at + drift },
          variant: "other",
          evidence: { source: 1, line: record.evidence.line },
        }));
        expect(deduplicate([...marks, ...copies]).marks).toHaveLength(marks.length);
      },
    ),
  );
});
