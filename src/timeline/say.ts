import type { Diagnostic, Evidence } from "../model/source.js";

/** Notes a diagnostic. */
export type Say = (
  id: string,
  severity: Diagnostic["severity"],
  count: number,
  values?: Diagnostic["values"],
  examples?: readonly Evidence[],
) => void;
