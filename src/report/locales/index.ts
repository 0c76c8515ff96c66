import type { Report } from "../../model/report.js";
import { isOfJobsAlone } from "../../model/reports/run-jobs.js";
import { type Catalog, en } from "./en.js";
import { enEnding } from "./en-ending.js";
import { enJobs } from "./en-jobs.js";
import { he } from "./he.js";
import { heEnding } from "./he-ending.js";
import { heJobs } from "./he-jobs.js";

export type Language = "en" | "he";

export interface Locale {
  readonly language: Language;
  /** The name of the language in itself, as the switch shows it. */
  readonly name: string;
  readonly direction: "ltr" | "rtl";
  /** BCP 47 tag for Intl; Hebrew dates and numbers with Western digits. */
  readonly intl: string;
  readonly catalog: Catalog;
}

/** Every language of the reports; another one is one more line here. */
export const LOCALES: Readonly<Record<Language, Locale>> = {
  en: { language: "en", name: "English", direction: "ltr", intl: "en-GB", catalog: en },
  he: { language: "he", name: "עברית", direction: "rtl", intl: "he-IL", catalog: he },
};
export const LANGUAGES: readonly Language[] = ["en", "he"];

/** The same in other words: sentences of their own, since words put into others break in Hebrew. */
function reworded(
  locales: Readonly<Record<Language, Locale>>,
  words: Readonly<Record<Language, Partial<Catalog>>>,
): Readonly<Record<Language, Locale>> {
  const own = (language: Language): Locale => ({
    ...locales[language],
    catalog: { ...locales[language].catalog, ...words[language] },
  });
  return { en: own("en"), he: own("he") };
}

/** For systems whose work ends without a disconnect. */
const WITHOUT_DISCONNECT = reworded(LOCALES, { en: enEnding, he: heEnding });

const OF_JOBS_ALONE = { en: enJobs, he: heJobs } as const;
const [JOBS_ALONE, JOBS_WITHOUT_DISCONNECT] = [reworded(LOCALES, OF_JOBS_ALONE), reworded(WITHOUT_DISCONNECT, OF_JOBS_ALONE)];

/**
 * The language in the words of what a report is about: of its system, and of Jobs where no log tells of investigations. Reports of old do not tell their
 * stages: those keep the words they had.
 */
export function localeOf(report: Pick<Report, "profile" | "investigations" | "jobs" | "pooled">, language: Language): Locale {
  const { stages } = report.profile;
  const hasDisconnect = stages === undefined || stages.includes("disconnect");
  if (isOfJobsAlone(report)) return (hasDisconnect ? JOBS_ALONE : JOBS_WITHOUT_DISCONNECT)[language];
  return (hasDisconnect ? LOCALES : WITHOUT_DISCONNECT)[language];
}

export type { Catalog, MessageKey } from "./en.js";
