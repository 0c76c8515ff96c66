import type { Report } from "../model/report.js";
import { embeddedText } from "./embed.js";
import { parseReport } from "./json.js";

/** The report that an HTML page of postrun carries; throws where there is none. */
export function extractReport(html: string): Report {
  return parseReport(embeddedText(html));
}
