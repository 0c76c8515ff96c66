/** Holds predictions against runs that happen with another delay, and writes the figures as a section of docs/calibration.md; argument: cases per class. */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { type PredictionCase, predictionCase, shareWithin, type Trouble } from "./predict-cases.js";

const casesPerClass = Number(process.argv[2] ?? 200);
const DOCUMENT = "docs/calibration.md";
const HEADING = "## Predictions";

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
const before = existsSync(DOCUMENT) ? readFileSync(DOCUMENT, "utf8") : "# Calibration\n";
writeFileSync(DOCUMENT, `${before.split(`\n${HEADING}\n`)[0]?.trimEnd()}\n\n${section(rows)}`);

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

function section(lines: readonly string[]): string {
  return `${HEADING}

Two runs of the same system are simulated: one is captured, analyzed and predicted from, the other happens with another delay (1 to 10 s) and size. Both have 30
to 277 investigations, and Jobs end by polling, by polling an average, or after 20 to 80 s; each investigation fails with a probability, so that also the number of failures varies.
The table says how often the number of the run that happened lies inside the 90% and the 95% range of its prediction.

- *total*, *mean*: total time and mean of open Jobs.
- *peak*: a peak is a whole number, and its range ends on whole numbers, so the range as printed holds it more often than it says (last column). To test the prediction rather than the
  rounding, the place of the peak among equal simulated ones is drawn at random (a randomised test).
- *every kind was seen*: without the cases in which the run that happened met a kind of failure that the measured run had not. No method knows what was not seen; a prediction
  without any failure says what share may fail unseen.

| failures | cases | total, 90% | total, 95% | mean, 90% | mean, 95% | peak, 90% | peak, 95% | peak, printed 90% |
| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |
${lines.join("\n")}
`;
}
