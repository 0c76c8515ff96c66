import { repairMojibake } from "./mojibake.js";

/** What a reader is shown of a line [characters]. */
export const MOST_SHOWN = 300;

/** Repairing makes text shorter: four characters of a wrong code page are one at the most. */
const LONGEST_REPAIRED = 4;

/** The beginning of a line as a reader is shown it, repaired where it was stored in the wrong code page. */
export function shownText(text: string): string {
  return repairMojibake(text.slice(0, LONGEST_REPAIRED * MOST_SHOWN)).slice(0, MOST_SHOWN);
}
