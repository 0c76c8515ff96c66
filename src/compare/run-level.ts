import type { BandedValue, Report, RunLevelComparison } from "../model/report.js";

/** Mean and peak of open Jobs and the length of the run, where both reports have them. Those of a part of a run are held against nothing. */
export function compareRunLevel(older: Report, newer: Report): RunLevelComparison[] {
  const ofPart = [older, newer].some(({ concurrency }) => concurrency.part !== undefined);
  return QUANTITIES.flatMap(({ quantity, unit, of }) => {
    const [before, after] = [of(older), of(newer)];
    if (before === undefined || after === undefined) return [];
    const [low, high] = ends(before);
    const [newLow, newHigh] = ends(after);
    const differenceRange = [rounded(newLow - high), rounded(newHigh - low)] as const;
    return [
      {
        ...{ quantity, unit, before, after },
        difference: rounded(after.value - before.value),
        ...(differenceRange[0] < differenceRange[1] ? { differenceRange } : {}),
        finding: ofPart && unit === "jobs" ? "part" : findingOf(before, after),
      },
    ];
  });
}

const QUANTITIES: readonly (Pick<RunLevelComparison, "quantity" | "unit"> & {
  readonly of: (report: Report) => BandedValue | undefined;
})[] = [
  {
    quantity: "mean-open-jobs",
    unit: "jobs",
    of: ({ concurrency: { openJobs } }) => openJobs && { value: openJobs.mean, band: openJobs.meanRange },
  },
  {
    quantity: "peak-open-jobs",
    unit: "jobs",
    of: ({ concurrency: { openJobs } }) => openJobs && { value: openJobs.peak, ...(openJobs.peakRange && { band: openJobs.peakRange }) },
  },
  { quantity: "run-duration", unit: "s", of: ({ runDuration }) => runDuration },
];

function rounded(value: number): number {
  return Math.round(value * 1e6) / 1e6;
}

function ends({ value, band }: BandedValue): readonly [number, number] {
  return band ?? [value, value];
}

function findingOf(before: BandedValue, after: BandedValue): RunLevelComparison["finding"] {
  const [low, high] = ends(before);
  const [newLow, newHigh] = ends(after);
  if (newLow > high) return "larger";
  if (newHigh < low) return "smaller";
  return low === high && newLow === newHigh ? "equal" : "overlapping";
}
