import type { Report } from "../../model/report.js";
import { type Catalog, en } from "./en.js";
import { enEnding } from "./en-ending.js";
import { he } from "./he.js";
import { heEnding } from "./he-ending.js";

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

/** The same for systems whose work ends without a disconnect. */
const WITHOUT_DISCONNECT: Readonly<Record<Language, Locale>> = {
  en: { ...LOCALES.en, catalog: { ...en, ...enEnding } as Catalog },
  he: { ...LOCALES.he, catalog: { ...he, ...heEnding } as Catalog },
};

/** The language in the words of the system that a report is about. Reports of old do not tell their stages: those keep the words they had. */
export function localeOf({ profile: { stages } }: Pick<Report, "profile">, language: Language): Locale {
  return stages === undefined || stages.includes("disconnect") ? LOCALES[language] : WITHOUT_DISCONNECT[language];
}
export type { Catalog, MessageKey } from "./en.js";
