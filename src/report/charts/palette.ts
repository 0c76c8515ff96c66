/** Colours of a picture; the same meaning has the same colour on every chart and in report.css. */
export interface Palette {
  readonly ink: string;
  readonly muted: string;
  readonly grid: string;
  readonly measured: string;
  readonly measuredBand: string;
  readonly documented: string;
  readonly ground: string;
}

/** Drawn once, on light ground; the dark theme turns the lightness of the picture over (`--picture-filter` in report.css). */
export const PALETTE: Palette = {
  ink: "#111827",
  muted: "#5b6472",
  grid: "#e8eaef",
  measured: "#1d5fd6",
  measuredBand: "rgba(29,95,214,0.16)",
  documented: "#6b7280",
  ground: "#ffffff",
};
