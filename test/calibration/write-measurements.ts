/** Adds up tallies and writes their section of docs/calibration.md: reads `{n, tally}` as a JSON array from standard input. */
import { readFileSync } from "node:fs";
import { calibrationTable } from "./document.js";
import { replaceSection } from "./section.js";
import { added, type Tally } from "./tally.js";

const parts: readonly { readonly n: number; readonly tally: Tally }[] = JSON.parse(readFileSync(0, "utf8"));
const classes = new Map(
  [...new Set(parts.map(({ n }) => n))].map((n) => [n, added(parts.filter((part) => part.n === n).map(({ tally }) => tally))]),
);
replaceSection("docs/calibration.md", "Measurements", calibrationTable(classes));
for (const [n, { suspects }] of classes) {
  if (suspects.length > 0) process.stderr.write(`n = ${n}:\n  ${suspects.slice(0, 20).join("\n  ")}\n`);
}
