import { type Catalog, en } from "./en.js";
import { he } from "./he.js";

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
export type { Catalog, MessageKey } from "./en.js";
