import type { Language } from "../report/locales/index.js";

/** What `--lang` asks for. */
export type LanguageFlag = Language | "both";

/** The language of what has but one. */
export function textLanguage(lang: LanguageFlag | undefined): Language {
  return lang === "he" ? "he" : "en";
}

/** A page always holds both languages; the flag says which one it opens in. */
export function pageLanguages(lang: LanguageFlag | undefined): readonly [Language, Language] {
  return lang === "he" ? ["he", "en"] : ["en", "he"];
}
