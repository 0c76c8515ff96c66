import type { Verdict } from "../../model/report.js";

/** Colours of a picture; the same meaning has the same colour on every chart and in report.css. */
export interface Palette {
  readonly ink: string;
  readonly muted: string;
  readonly grid: string;
  readonly measured: string;
  readonly measuredBand: string;
  readonly documented: string;
  readonly unwatched: string;
  readonly ground: string;
}

/** Pictures are for tickets and paper: on light ground always. */
export const PALETTE: Palette = {
  ink: "#111827",
  muted: "#5b6472",
  grid: "#e8eaef",
  measured: "#1d5fd6",
  measuredBand: "rgba(29,95,214,0.16)",
  documented: "#6b7280",
  unwatched: "rgba(91,100,114,0.22)",
  ground: "#ffffff",
};

/** Ink and tint of each verdict, as in report.css. */
export const VERDICT_COLOURS: Readonly<Record<Verdict, { readonly ink: string; readonly tint: string }>> = {
  contradicted: { ink: "#b3201c", tint: "#fdeaea" },
  inconclusive: { ink: "#7d5200", tint: "#fdf2da" },
  confirmed: { ink: "#116b37", tint: "#e4f4ea" },
  "not-measured": { ink: "#4f5866", tint: "#eef0f3" },
  "not-applicable": { ink: "#4f5866", tint: "#eef0f3" },
};
