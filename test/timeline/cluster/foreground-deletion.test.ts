import { describe, expect, it } from "vitest";
import { crowdFinder, isHeld } from "../../../src/timeline/cluster/foreground-deletion.js";
import { job, pod, T0 } from "../builders.js";

const historyOf = (markedMs: number, finalizers = "foregroundDeletion") => {
  const rows = [job("j", "j"), job("j", "j", { deletionTimestamp: T0 + markedMs, finalizers })];
  return { uid: "j", name: "j", namespace: "default", observations: rows, events: [], pods: [] };
};

describe("a Job that is marked for deletion", () => {
  it("is held by any finalizer that the garbage collector does not take off", () => {
    expect(isHeld(historyOf(0))).toBe(false);
    expect(isHeld(historyOf(0, "orphan"))).toBe(false);
    expect(isHeld(historyOf(0, "argocd.argoproj.io/hook-finalizer foregroundDeletion"))).toBe(true);
    expect(isHeld({ observations: [job("j", "j")] })).toBe(false);
  });

  it("is one of a crowd where five others, or fifteen Pods of others, were marked with it or in the 3 s before", () => {
    const marks = [5_000, 7_000, 7_000, 8_000, 8_000, 8_000, 11_000];
    const isCrowded = crowdFinder(marks.map((ms) => historyOf(ms)));
    expect([4_000, 7_000, 8_000, 11_000, 12_000].map((ms) => isCrowded(T0 + ms, historyOf(ms)))).toEqual([
      false,
      false,
      true,
      false,
      false,
    ]);
    const ofPods = (count: number) => {
      const pods = Array.from({ length: count }, (_, index) => {
        const observations = [pod(`p${index}`, `p${index}`, { deletionTimestamp: T0 + 8_000 })];
        return { uid: `p${index}`, name: `p${index}`, observations, events: [], removes: [] };
      });
      return { uid: "j", name: "j", namespace: "default", observations: [], events: [], pods };
    };
    const one = ofPods(1);
    expect(crowdFinder([one, ofPods(14)])(T0 + 8_000, one)).toBe(false);
    expect(crowdFinder([one, ofPods(15)])(T0 + 8_000, one)).toBe(true);
    // Its own are no others.
    const wide = ofPods(30);
    expect(crowdFinder([one, wide])(T0 + 8_000, wide)).toBe(false);
  });
});
