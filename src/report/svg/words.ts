import { escapeHtml } from "../templates/markup.js";

/** Right-to-left isolate and its end (Unicode Standard Annex 9); in SVG they order a run without moving its anchor, which `direction` would. */
const ISOLATE = ["\u2067", "\u2069"] as const;

/** Words inside a picture that runs left to right: a first Hebrew letter makes them a right-to-left run of their own. */
export function wordsSvg(text: string): string {
  const escaped = escapeHtml(text);
  return /^[^A-Za-z]*[\u0590-\u05FF]/.test(text) ? `${ISOLATE[0]}${escaped}${ISOLATE[1]}` : escaped;
}
