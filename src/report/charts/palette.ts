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
export type Theme = "light" | "dark";

export const PALETTES: Readonly<Record<Theme, Palette>> = {
  light: {
    ink: "#111827",
    muted: "#5b6472",
    grid: "#e8eaef",
    measured: "#1d5fd6",
    measuredBand: "rgba(29,95,214,0.16)",
    documented: "#6b7280",
    ground: "#ffffff",
  },
  dark: {
    ink: "#e7eaf0",
    muted: "#9aa4b2",
    grid: "#262d38",
    measured: "#6ba4ff",
    measuredBand: "rgba(107,164,255,0.22)",
    documented: "#9aa4b2",
    ground: "#0f1319",
  },
};
