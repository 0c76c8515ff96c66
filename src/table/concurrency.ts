import type { Report, StepCurve } from "../model/report.js";
import { isoFromEpoch } from "../model/time.js";
import { type Columns, layOut, type TableRows } from "./rows.js";

interface Step {
  readonly curve: string;
  readonly at: number;
  readonly open: number;
}

/** One row a step: from this moment on so many are open. Without an anchored clock the moments stand in `atLocal`. */
export function concurrencyRows(report: Report): TableRows {
  const { window, openJobs, allJobs, runningPods, connected, documented } = report.concurrency;
  const columns: Columns<Step> = {
    curve: (row) => row.curve,
    at: (row) => (window === null ? null : isoFromEpoch(row.at)),
    atLocal: (row) => (window === null ? isoFromEpoch(row.at).replace("Z", "") : null),
    open: (row) => row.open,
  };
  return layOut(columns, [
    ...steps("openJobs", openJobs),
    ...steps("allJobs", allJobs),
    ...steps("runningPods", runningPods),
    ...steps("connected", connected),
    ...steps("documentedFromDisconnect", documented?.fromDisconnect),
    ...steps("documentedFromCreation", documented?.fromCreation),
  ]);
}

function steps(name: string, curve: StepCurve | undefined): readonly Step[] {
  return curve === undefined ? [] : curve.points.map(([at, open]) => ({ curve: name, at, open }));
}
