/** Holds predictions against runs that happen with another delay, and writes the table of that section of docs/calibration.md; argument: cases per class. */
import { type PredictionCase, predictionCase, shareWithin, type Trouble } from "./predict-cases.js";
import { replaceSection } from "./section.js";

const casesPerClass = Number(process.argv[2] ?? 200);

const rows: string[] = [];
for (const trouble of ["at most one kind", "several rare kinds"] as const satisfies readonly Trouble[]) {
  const cases: PredictionCase[] = [];
  for (let number = 0; number < casesPerClass; number += 1) {
    cases.push(await predictionCase(trouble, number));
    if (cases.length % 20 === 0) process.stderr.write(`predictions, ${trouble}: ${cases.length} of ${casesPerClass}\n`);
  }
  rows.push(row(`${trouble} of failure`, cases));
  rows.push(
    row(
      "of these, every kind was seen",
      cases.filter(({ unseen }) => !unseen),
    ),
  );
}
replaceSection("docs/calibration.md", "Predictions", table(rows));

function row(name: string, cases: readonly PredictionCase[]): string {
  const percent = (share: number) => `${(100 * share).toFixed(1)}%`;
  const within = (key: "total" | "mean" | "peak") =>
    [0.9, 0.95].map((share) =>
      percent(
        shareWithin(
          cases.map((one) => one[key]),
          share,
        ),
      ),
    );
  const printed = cases.filter(({ inside }) => inside.peak).length / cases.length;
  return `| ${[name, cases.length, ...within("total"), ...within("mean"), ...within("peak"), percent(printed)].join(" | ")} |`;
}

function table(lines: readonly string[]): string {
  const head = "| failures | cases | total, 90% | total, 95% | mean, 90% | mean, 95% | peak, 90% | peak, 95% | peak, printed 90% |";
  return [head, "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |", ...lines].join("\n");
}
