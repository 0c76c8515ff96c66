import type { ReportClaim } from "../../model/report.js";
import type { Locale } from "../locales/index.js";
import { ltr, type Phrase, say } from "./phrase.js";

/** Where the citation of a claim stands in the documents that were given; undefined where none were. */
export function citationPhrase({ lookup, source }: ReportClaim, locale: Locale): Phrase | undefined {
  if (lookup === undefined) return undefined;
  const { status, line, file = source.file } = lookup;
  if (status === "gone") return say(locale, "citation.gone");
  if (status === "changed") return say(locale, "citation.changed");
  // A line is known wherever the text was found.
  const at = ltr(String(line ?? source.lines));
  if (status === "found") return say(locale, "citation.found", { line: at });
  return file === source.file
    ? say(locale, "citation.moved", { line: at })
    : say(locale, "citation.moved-file", { line: at, file: ltr(file) });
}
