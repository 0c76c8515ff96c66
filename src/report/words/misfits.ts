import type { Report } from "../../model/report.js";
import type { Locale, MessageKey } from "../locales/index.js";
import { join, ltr, type Phrase, plain, say } from "./phrase.js";
import { diagnosticPhrase, filesBeside } from "./reasons.js";
import { timesOf } from "./times.js";

/** What is said after a diagnostic: what to do next; null where its own sentence says that, or the commands for what is missing do. */
type Next = Extract<MessageKey, `misfit.${string}`> | null;

/** What was captured is of other Jobs than those that the profile or the log names. */
const OTHER_JOBS: Readonly<Record<string, Next>> = { "no-job-of-profile": "misfit.profile", "no-job-of-run": "misfit.capture" };

/** Part of what was given was not read, whatever else is there. */
const PART_UNREAD: Readonly<Record<string, Next>> = {
  "cut-document": "misfit.whole",
  "damaged-gzip": "misfit.whole",
  "unreadable-document": "misfit.format",
  "document-too-large": null,
  "inflates-beyond-measure": null,
};

/** A file of which nothing could be read, in place of whatever is missing. */
const UNREAD: Readonly<Record<string, Next>> = {
  "empty-source": "misfit.format",
  "error-text-source": "misfit.format",
  "unknown-format": "misfit.format",
  "archive-source": null,
  "compressed-source": null,
};

/** The same of a log, and of what comes from the cluster. */
const UNREAD_LOG: Readonly<Record<string, Next>> = {
  ...UNREAD,
  "no-recognised-line": "misfit.patterns",
  "marks-without-time": "misfit.patterns",
  "unread-times": "misfit.patterns",
  "test-results-only": null,
};
const UNREAD_CAPTURE: Readonly<Record<string, Next>> = {
  ...UNREAD,
  "no-used-object": "misfit.format",
  "nothing-listed": "misfit.capture",
  "table-source": null,
};

/**
 * Of what was given, that which is not what was expected: Jobs of another system, a file that was read in part, or one that says nothing where a log or
 * Jobs are missing. In sentences, with what to do next; none where all of it fits.
 */
export function misfitPhrases(report: Report, locale: Locale): readonly Phrase[] {
  const isMissing = (key: string): boolean => report.missing.some((piece) => piece.key === key);
  const next: Readonly<Record<string, Next>> = {
    ...OTHER_JOBS,
    ...PART_UNREAD,
    ...(isMissing("missing-log") ? UNREAD_LOG : {}),
    ...(isMissing("missing-jobs") ? UNREAD_CAPTURE : {}),
  };
  return report.diagnostics.flatMap((diagnostic) => {
    const then = next[diagnostic.id];
    if (then === undefined) return [];
    const what = diagnosticPhrase(locale, timesOf(report, locale), report, diagnostic);
    const files = filesBeside(what, diagnostic);
    const said = then === null ? what : join([what, say(locale, then, { profile: ltr(report.profile.id) })], " ");
    return [files === undefined ? said : [...said, ...plain(" ("), ...ltr(files), ...plain(")")]];
  });
}
