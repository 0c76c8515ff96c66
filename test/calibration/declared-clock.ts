/**
 * Holds the interval of the cleanup alone against its method: the offset of the runner's clock is declared as it was made, so that nothing is added for what
 * clocks leave open. Writes the table of that section of docs/calibration.md; arguments: runs per class, then the classes of n.
 */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { analyze } from "../../src/postrun.js";
import { loadProfile } from "../../src/profiles/load-profile.js";
import { simulateRun } from "../../src/simulate/index.js";
import { fixedFrame } from "../postrun/frame.js";
import { coverageCell } from "./document.js";
import { type DrawnRun, drawRun } from "./draw-run.js";
import { replaceSection } from "./section.js";
import { countCleanupInterval, emptyTally, type Tally } from "./tally.js";

const [runs = Number.NaN, ...sizes] = process.argv.slice(2).map(Number);
const profile = await loadProfile("focus-server");
const lines: string[] = [];
for (const n of sizes) {
  const tally = emptyTally();
  for (let number = 0; tally.runs < runs; number += 1) {
    const drawn = drawRun(n, number);
    if (!isPlain(drawn)) continue;
    await count(tally, drawn);
    if (tally.runs % 100 === 0) process.stderr.write(`declared clock, n = ${n}: ${tally.runs} of ${runs}\n`);
  }
  const line = `| ${n} | ${coverageCell(tally, "cleanup, all seen")} |`;
  process.stderr.write(`${line}\n`);
  lines.push(line);
}
replaceSection("docs/calibration.md", "With the clock declared", ["| n | cleanup, all seen |", "| ---: | ---: |", ...lines].join("\n"));

/** A life whose median is known, every end seen and known to a few milliseconds. */
function isPlain({ cleanupMedianMs, trouble, captureKind }: DrawnRun): boolean {
  const isSeen = trouble === "none" || trouble === "failures";
  return cleanupMedianMs !== null && isSeen && (captureKind === "audit log" || captureKind === "arrival times");
}

async function count(tally: Tally, drawn: DrawnRun): Promise<void> {
  // What is declared is one offset, so the clock keeps it.
  const { files, truth } = simulateRun({ ...drawn.options, driftPpm: 0 });
  const folder = mkdtempSync(join(tmpdir(), "postrun-declared-"));
  try {
    for (const [name, text] of files) writeFileSync(join(folder, name), text);
    const declaredClock = { zoneOffsetMinutes: truth.clock.zoneOffsetMinutes, skewMs: truth.clock.skewMs };
    const report = await analyze({ inputs: [folder], profile, frame: fixedFrame, whatIf: false, declaredClock });
    tally.runs += 1;
    countCleanupInterval(tally, report, drawn);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
