import type { Verdict } from "../../model/report.js";
import { type Html, html } from "../templates/markup.js";

/** Strokes in a box of 12; drawn, because not every font has the signs. */
export const SIGN_STROKES: Readonly<Record<Verdict, string>> = {
  confirmed: "M2 6.5l2.8 3L10 3",
  contradicted: "M2.5 2.5l7 7M9.5 2.5l-7 7",
  inconclusive: "M3.4 4.1a2.6 2.6 0 1 1 3.7 2.4C6.3 6.9 6 7.3 6 8.1M6 10.4v.2",
  "not-measured": "M2 6h8",
  "not-applicable": "M6 1.5a4.5 4.5 0 1 0 .01 0M2.8 9.2l6.4-6.4",
};

/** The sign of a verdict beside its word. */
export function signSvg(verdict: Verdict): Html {
  return html(`<svg class="sign" width="12" height="12" viewBox="0 0 12 12" aria-hidden="true"><path d="${SIGN_STROKES[verdict]}"/></svg>`);
}
