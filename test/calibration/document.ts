import { middle, type Tally } from "./tally.js";

/** The table of docs/calibration.md: a line for each class of n. */
export function calibrationTable(classes: ReadonlyMap<number, Tally>): string {
  const rows = [...classes].map(([n, tally]) => [
    String(n),
    String(tally.runs),
    share(tally.skewHeld, tally.runs),
    share(tally.rangesHeld, tally.ranges),
    coverageCell(tally, "stages"),
    coverageCell(tally, "cleanup, all seen"),
    coverageCell(tally, "cleanup, some cut off"),
    bias(tally, ["audit log", "arrival times"]),
    bias(tally, ["Job watch and Events", "Pod watch"]),
    String(tally.cleanupOutside),
    `${tally.wrongVerdicts} of ${tally.clearVerdicts}`,
    String(tally.outcomesWrong),
  ]);
  const header = [
    "n",
    "runs",
    "skew held",
    "ranges hold",
    "stages",
    "cleanup, all seen",
    "cleanup, some cut off",
    "bias, audit or arrival",
    "bias, whole seconds",
    "outside",
    "wrong verdicts",
    "wrong outcomes",
  ];
  return [header, header.map(() => "---:"), ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}

function share(part: number, whole: number): string {
  if (whole === 0) return "-";
  return `${part === whole ? "100%" : `${((100 * part) / whole).toFixed(2)}%`} of ${whole}`;
}

/** Observed beside exact coverage, and how many standard errors lie between them. */
export function coverageCell(tally: Tally, name: string): string {
  const found = tally.coverage[name];
  if (found === undefined || found.given === 0) return "-";
  const { given, held, expected, variance } = found;
  const errors = (held - expected) / Math.sqrt(variance);
  return `${((100 * held) / given).toFixed(1)}% (${((100 * expected) / given).toFixed(1)}%, ${errors >= 0 ? "+" : "−"}${Math.abs(errors).toFixed(1)} SE, ${given})`;
}

function bias(tally: Tally, kinds: readonly string[]): string {
  const errors = kinds.flatMap((kind) => tally.cleanupErrorsMs[kind] ?? []);
  return errors.length === 0 ? "-" : `${middle(errors).toFixed(0)} ms (${errors.length})`;
}
