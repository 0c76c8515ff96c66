import { withoutAbsent } from "../model/collections/without-absent.js";
import { PostrunError } from "../model/errors.js";
import type { PredictionOptions } from "../predict/predict.js";
import { allowsColor } from "./color.js";
import { type LanguageFlag, pageLanguages, textLanguage } from "./language.js";
import { assertOutputs, STDOUT, writeTarget } from "./output.js";
import { packageVersion } from "./package-version.js";
import { readSavedReport } from "./saved-report.js";

export interface PredictFlags {
  readonly n?: number;
  readonly delay?: readonly number[];
  readonly maxOpen?: number;
  readonly seed?: number;
  readonly json?: string;
  readonly output?: string;
  readonly lang?: LanguageFlag;
  readonly force?: boolean;
}

/** What if: simulates the run of a saved report with other delays or another size. Throws a PostrunError (input) where the report cannot tell. */
export async function predictCommand(path: string, flags: PredictFlags): Promise<void> {
  const force = flags.force === true;
  await assertOutputs(
    [flags.json, flags.output].flatMap((target) => (target === undefined ? [] : [{ path: target, force }])),
    [path],
  );
  const report = await readSavedReport(path);
  const { predictRun } = await import("../predict/predict.js");
  const { n, delay, maxOpen, seed } = flags;
  const prediction = predictRun(report, withoutAbsent<PredictionOptions>({ n, delaysMs: delay, maxOpen, seed }));
  if ("notPredictable" in prediction) {
    const { refusalText } = await import("../report/words/prediction-words.js");
    const { key, values } = prediction.notPredictable;
    throw new PostrunError(
      "input",
      `${path}: ${refusalText(key, values)}`,
      "give the report of a finished run whose investigations came one after the other",
    );
  }
  if (flags.json !== undefined) {
    const { title, generatedAt, window } = report;
    const body = {
      schemaVersion: 1,
      tool: { name: "postrun", version: packageVersion() },
      report: { title, generatedAt, window },
      ...prediction,
    };
    await writeTarget({ path: flags.json, force }, `${JSON.stringify(body, null, 2)}\n`);
  }
  if (flags.output !== undefined) {
    const { renderPredictionPage } = await import("../report/prediction-page.js");
    const page = renderPredictionPage(report, prediction, pageLanguages(flags.lang));
    await writeTarget({ path: flags.output, force }, page);
    if (flags.output !== STDOUT) process.stderr.write(`Prediction: ${flags.output}\n`);
  }
  if (flags.json === STDOUT || flags.output === STDOUT) return;
  const { renderPredictionText } = await import("../report/forms/prediction-text.js");
  process.stdout.write(renderPredictionText(prediction, { lang: textLanguage(flags.lang), color: allowsColor(process.stdout) }));
}
