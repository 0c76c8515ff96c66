import { z } from "zod";
import { bilingual, evidence, list, number, object, pair, reasonShape, text, unit } from "./shapes.js";

export const documented = object({
  value: number.exactOptional(),
  low: number.exactOptional(),
  high: number.exactOptional(),
  unit,
  operator: z.enum(["about", "between", "exactly", "at-most", "at-least"]),
  tolerance: number.exactOptional(),
  from: text.exactOptional(),
  to: text.exactOptional(),
});

export const verdict = z.enum(["confirmed", "contradicted", "inconclusive", "not-measured", "not-applicable"]);

export const claim = object({
  id: text,
  title: bilingual,
  statement: bilingual,
  documented,
  measured: object({
    value: number,
    ci95: pair.nullable(),
    intervalKind: z.enum(["confidence", "band", "none"]),
    n: number,
    failed: number,
    censored: number,
    unknown: number.exactOptional(),
    statistic: text,
    unit,
    samples: list(number),
    extremes: pair.exactOptional(),
    resolution: number,
    range: pair.exactOptional(),
    outliers: number.exactOptional(),
    atLeast: number.exactOptional(),
  }).exactOptional(),
  settings: object({
    documented: number.exactOptional(),
    deployed: list(text).exactOptional(),
    behaved: pair.exactOptional(),
  }).exactOptional(),
  condition: bilingual.exactOptional(),
  verdict,
  reason: object(reasonShape),
  suggestion: bilingual.exactOptional(),
  evidenceClass: z.enum(["code", "documentation", "estimated", "computed"]),
  source: object({ file: text, lines: text, quote: text.exactOptional() }),
  lookup: object({
    status: z.enum(["found", "moved", "changed", "gone"]),
    file: text.exactOptional(),
    line: number.exactOptional(),
  }).exactOptional(),
  evidence: list(evidence),
});

const holds = z.enum(["yes", "no", "depends"]);
export const relation = object({
  id: text,
  statement: bilingual,
  documented: object({ left: pair, right: pair }),
  measured: object({ left: pair, right: pair, holds, tolerance: number.exactOptional() }).exactOptional(),
  relation: text,
  claims: list(text).exactOptional(),
  holds,
  dependsOn: bilingual.exactOptional(),
  explanation: bilingual,
});
