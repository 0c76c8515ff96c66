import { describe, expect, it } from "vitest";
import { Handover } from "../../../src/model/collections/handover.js";
import type { PodObservation } from "../../../src/model/event.js";
import { buildTimeline } from "../../../src/timeline/build-timeline.js";
import { arrived, focusServer, pod, sources, T0 } from "../builders.js";

const LASTS_MS = 600_000;

/** A row of the Pod of the Job with this number, created 10 s after the one before. */
const row = (index: number, change: PodObservation["change"], ms: number, fields: Parameters<typeof pod>[2]) => {
  const name = `grpc-job-${index}-${index}`;
  return pod(
    `${name}-a`,
    `p${index}`,
    { createdMs: index * 10_000, ownerUid: `u${index}`, ownerName: name, ...fields },
    { change, received: arrived(ms) },
  );
};
const begun = (index: number) => {
  const ms = index * 10_000;
  return [
    row(index, "ADDED", ms + 10, { resourceVersion: ms }),
    row(index, "MODIFIED", ms + 2_000, { resourceVersion: ms + 2, phase: "Running", node: "a" }),
  ];
};
/** As a list prints it. */
const listed = (index: number, ms: number) => row(index, "ADDED", ms, { resourceVersion: index * 10_000 + 2, phase: "Running", node: "a" });

function build(events: readonly PodObservation[], selfDescribing = false) {
  const files = sources(LASTS_MS).map((source) => (selfDescribing ? { ...source, selfDescribing: true as const } : source));
  const { jobs, diagnostics } = buildTimeline(new Handover(events), files, { profile: focusServer });
  return {
    ends: jobs.map(({ mechanism, censoredAt }) => [mechanism, (censoredAt ?? Number.NaN) - T0]),
    missed: diagnostics.filter(({ id }) => id === "pods-missed").map(({ count }) => count),
  };
}

describe("a Pod that the next list of its watch lacks", () => {
  it("leaves open whether its Job went: it is no longer known to be there", () => {
    const { ends, missed } = build([...begun(1), ...begun(2), listed(2, 200_000), ...begun(30)]);
    expect(ends).toEqual([
      ["unknown", 10_500],
      ["open", LASTS_MS],
      ["open", LASTS_MS],
    ]);
    expect(missed).toEqual([1]);
  });

  it("is none where the watch went on, or says itself what it missed", () => {
    const open = {
      ends: [
        ["open", LASTS_MS],
        ["open", LASTS_MS],
        ["open", LASTS_MS],
      ],
      missed: [],
    };
    expect(build([...begun(1), ...begun(2), ...begun(30)])).toEqual(open);
    expect(build([...begun(1), ...begun(2), listed(2, 200_000), ...begun(30)], true)).toEqual(open);
  });

  it("is none where the list is of another namespace, whose watch writes into the same file", () => {
    const elsewhere = (index: number, ms: number) => {
      const listing = listed(index, ms);
      return { ...listing, pod: { ...listing.pod, namespace: "demo" } };
    };
    expect(build([...begun(1), ...begun(2), elsewhere(4, 40_000), ...begun(30)])).toMatchObject({
      ends: [
        ["open", LASTS_MS],
        ["open", LASTS_MS],
        ["open", LASTS_MS],
        ["open", LASTS_MS],
      ],
      missed: [],
    });
    // A watch of all namespaces, begun again when nothing was left in one of them.
    expect(build([elsewhere(4, 5_000), ...begun(1), ...begun(2), elsewhere(4, 200_000), ...begun(30)]).missed).toEqual([2]);
  });

  it("is none where the rows stand twice in the file", () => {
    expect(build([...begun(1), ...begun(2), ...begun(1), ...begun(2)]).missed).toEqual([]);
  });
});
