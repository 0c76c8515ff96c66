import { z } from "zod";
import { documented, verdict } from "./claims.js";
import { banded, bilingual, duration, iso, list, local, number, object, pair, reasonShape, text, unit } from "./shapes.js";

const sample = object({
  n: number,
  failed: number,
  censored: number,
  medianMs: duration.exactOptional(),
  ci95Ms: pair.exactOptional(),
});
const nameChange = object({ name: text, before: text.nullable(), after: text.nullable() });

export const comparedRun = {
  runTitle: text.nullable(),
  generatedAt: iso,
  window: object({ from: iso, to: iso }).nullable(),
  windowLocal: object({ from: local, to: local }).exactOptional(),
  investigations: number,
  ok: number,
  jobs: object({ count: number, ok: number }).exactOptional(),
};

export const comparison = object({
  baseline: object(comparedRun),
  durations: list(
    object({
      stage: text,
      title: bilingual,
      before: sample,
      after: sample,
      finding: z.enum(["longer", "shorter", "no-change-seen", "not-compared"]),
      shiftMs: duration.exactOptional(),
      ci95Ms: pair.exactOptional(),
      detectableMs: duration.exactOptional(),
      reason: object(reasonShape).exactOptional(),
    }),
  ),
  runLevel: list(
    object({
      quantity: z.enum(["mean-open-jobs", "peak-open-jobs", "run-duration"]),
      unit,
      before: banded,
      after: banded,
      difference: number,
      differenceRange: pair.exactOptional(),
      finding: z.enum(["larger", "smaller", "equal", "overlapping", "part"]),
    }),
  ),
  verdicts: list(object({ id: text, title: bilingual, before: verdict, after: verdict, direction: z.enum(["worse", "better", "other"]) })),
  documented: list(object({ id: text, title: bilingual, before: documented, after: documented })),
  claimsAdded: list(text),
  claimsRemoved: list(text),
  labels: list(nameChange),
  parameters: list(nameChange),
});
