import { describe, expect, it } from "vitest";
import type { Bounds } from "../../../src/model/time.js";
import type { TryBounds } from "../../../src/timeline/investigations/creation-windows.js";
import type { Draft } from "../../../src/timeline/investigations/draft.js";
import type { LinkableJob } from "../../../src/timeline/links/candidate-jobs.js";
import { createdBetween } from "../../../src/timeline/links/created-between.js";
import { linkById, type Named } from "../../../src/timeline/links/link-by-id.js";
import { anchoredRunner, T0 } from "../builders.js";

const made = (uid: string, ms: number): LinkableJob => {
  const at = T0 + ms;
  const created = { at, lo: at, hi: at, how: "watch-received", bracket: false } as const;
  return { uid, name: "nb-erin", namespace: "hub", role: "serving", jobId: "erin", created };
};

const placed = ({ lo, hi, ...more }: TryBounds): TryBounds => ({ lo: T0 + lo, hi: T0 + hi, ...more });

function named(tries: readonly TryBounds[], within: Bounds): Named {
  const draft = { jobId: "erin", port: null, points: [], announcedIndex: null } as unknown as Draft;
  return {
    draft,
    jobId: "erin",
    spans: { tries: tries.map(placed), within: placed(within) },
    clock: anchoredRunner({ uncertaintyMs: 50 }),
  };
}

/** Asked for at 0 and failed at 2 s, so a Job may be made for it as much as a minute later. */
const failed = named(
  [
    { lo: 0, hi: 100 },
    { lo: 2_000, hi: 62_000, late: true },
  ],
  { lo: 0, hi: 62_000 },
);
const next = named([{ lo: 45_000, hi: 45_100 }], { lo: 45_000, hi: 60_000 });

function linked(jobs: readonly LinkableJob[]): readonly (string | undefined)[] {
  const candidates = { jobs, by: "job-id" as const, familyOf: () => 0, ownFamily: () => 0 };
  return [failed, next].map((own) => linkById(own, [failed, next], candidates, createdBetween(jobs), () => true)?.jobUid);
}

describe("a Job whose name is used again before the investigation ends, without a try", () => {
  it("leaves open which of the two served: both are of the run", () => {
    const own = named([{ lo: 0, hi: 100 }], { lo: 0, hi: 60_000 });
    const linkOf = (jobs: readonly LinkableJob[]) =>
      linkById(own, [own], { jobs, by: "job-id", familyOf: () => 0, ownFamily: () => 0 }, createdBetween(jobs), () => true);
    expect(linkOf([made("a", 50)])).toEqual({ by: "job-id", jobUid: "a" });
    expect(linkOf([made("a", 50), made("b", 30_000)])).toEqual({ by: "job-id", companions: ["a", "b"] });
    expect(linkOf([made("a", 50), made("b", 70_000)])).toEqual({ by: "job-id", jobUid: "a" });
  });
});

describe("a Job whose name is used again soon after a failure", () => {
  it("is of the next request, also where the clock lets it seem to be made just beside that", () => {
    expect(linked([made("a", 50), made("b", 45_117)])).toEqual(["a", "b"]);
  });

  it("is of the one that failed where no request is near", () => {
    expect(linked([made("late", 20_000), made("b", 45_050)])).toEqual(["late", "b"]);
  });
});
