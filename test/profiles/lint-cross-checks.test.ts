import { describe, expect, it } from "vitest";
import type { CrossCheckDefinition } from "../../src/model/profile.js";
import { lintProfile } from "../../src/profiles/lint-profile.js";
import { focusServer } from "../timeline/builders.js";

const title = { en: "a", he: "א" };
const ofLine = { id: "own", title, operator: "exactly" as const, mark: "stream-ended", group: "fps", expected: "frames / seconds" };
const ofRun = { id: "own", title, operator: "at-least" as const, group: "slot", expected: "peak-open-jobs" };

function problems(check: CrossCheckDefinition): string[] {
  return lintProfile({ ...focusServer, crossChecks: [check] }).map(({ place, message, hint }) => `${place}: ${message} (${hint})`);
}

describe("cross-checks that could find nothing are refused", () => {
  it.each([
    [ofLine, []],
    [ofRun, []],
    [{ ...ofLine, expected: "between(open-jobs, all-open-jobs) + 1" }, []],
    [{ ...ofLine, mark: "stream-ende" }, ['crossChecks.0.mark: unknown pattern "stream-ende" (did you mean stream-ended?)']],
    [{ ...ofLine, group: "fsp" }, ['crossChecks.0.group: unknown group of stream-ended "fsp" (did you mean fps?)']],
    [
      { ...ofLine, expected: "frames / second" },
      ['crossChecks.0.expected: unknown group of stream-ended, or quantity, "second" (did you mean seconds?)'],
    ],
    [{ ...ofRun, group: "slots" }, ['crossChecks.0.group: unknown group of jobId "slots" (did you mean slot?)']],
    [
      { ...ofRun, expected: "open-jobs" },
      [
        'crossChecks.0.expected: unknown quantity of the run "open-jobs" (known: peak-open-jobs, peak-all-open-jobs, peak-connected-investigations)',
      ],
    ],
    [{ ...ofLine, expected: "frames > 3" }, ['crossChecks.0.expected: ">" has no place in a number (expected + - * /)']],
  ])("%j", (check, expected) => {
    expect(problems(check)).toEqual(expected);
  });

  it("and ids that are used twice", () => {
    const twice = lintProfile({ ...focusServer, crossChecks: [ofLine, { ...ofRun, id: "own" }] });
    expect(twice).toMatchObject([{ place: "crossChecks.own", message: "this id is used twice" }]);
  });
});
