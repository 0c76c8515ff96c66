import { describe, expect, it } from "vitest";
import { claimReasonKeys } from "../../src/analyze/claims/reasons.js";
import { measureReasonKeys } from "../../src/analyze/measure-reasons.js";
import { LANGUAGES, LOCALES, localeOf, type MessageKey } from "../../src/report/locales/index.js";
import type { Message } from "../../src/report/locales/message.js";
import { fixtureReport } from "./fixture.js";

const keys = Object.keys(LOCALES.en.catalog) as MessageKey[];
const forms = (message: Message): string[] =>
  typeof message === "string" ? [message] : [message.one, message.two, message.other].filter((form) => form !== undefined);
const hebrew = keys.flatMap((key) => forms(LOCALES.he.catalog[key]).map((text) => [key, text] as const));
const placeholders = (text: string): string[] => [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? "").sort();
const words = (text: string): string => text.replace(/\{\w+\}/g, "");

const DIAGNOSTICS = [
  ...["duplicate-input", "input-not-data", "empty-source", "error-text-source", "table-source", "unknown-format", "no-recognised-line"],
  ...["cut-document", "damaged-gzip", "watch-error", "zone-in-log", "cut-line", "unmatched-marks", "ambiguous-marks", "doubled-records"],
  ...["several-runs", "source-ends-early", "clock-unanchored", "clock-bounds-disagree", "clock-drift"],
  ...["jobs-of-others", "leaked-jobs", "job-censored", "parameter-contradicted", "job-not-linked", "deletion-brackets"],
  ...["long-line", "no-used-object", "unreadable-document", "parameter-ambiguous", "all-runs"],
];
const MISSING = [
  ...["missing-deletions", "missing-log", "missing-clock-anchor", "missing-jobs", "missing-pods", "missing-cpu-samples"],
  ...["missing-events", "missing-audit", "missing-full-coverage"],
];

describe("the sentences of the report", () => {
  it("say of every inconclusive verdict what would settle it, or that no number of samples would", () => {
    const open = [
      "interval-crosses-limit",
      "value-on-limit",
      "range-crosses-limit",
      "band-crosses-limit",
      "too-few-samples",
      "setting-varies",
    ] as const;
    for (const key of [...open, "ambiguous-fit", "fit-leaves-range"] as const) {
      for (const text of forms(LOCALES.en.catalog[`reason.${key}`])) expect(text, key).toMatch(/would (not )?settle it|are needed/);
      for (const text of forms(LOCALES.he.catalog[`reason.${key}`])) expect(text, key).toMatch(/יכריע|תכריע|דרוש/);
    }
  });

  it("speak of a disconnect only for a profile that has one, with the same values", () => {
    const { investigations, jobs } = fixtureReport();
    const shop = { investigations, jobs, profile: { id: "shop", title: { en: "Shop", he: "חנות" } } };
    const withStages = (...stages: readonly string[]) => ({ ...shop, profile: { ...shop.profile, stages } });
    for (const language of LANGUAGES) {
      const own = LOCALES[language].catalog;
      expect(localeOf(shop, language).catalog).toBe(own);
      expect(localeOf(withStages("disconnect"), language).catalog).toBe(own);
      const { catalog } = localeOf(withStages("life"), language);
      for (const key of keys) {
        const [neutral, known] = [catalog[key], own[key]].map((message) => forms(message as Message));
        if (key !== "part.disconnect") expect(neutral?.join(" "), key).not.toMatch(/disconnect(?!\w*\.)|ניתוק|התנתק/i);
        expect(placeholders(neutral?.at(-1) ?? ""), key).toEqual(placeholders(known?.at(-1) ?? ""));
      }
    }
  });

  it("speak of no investigation where a run is known by its Jobs alone, with the same values", () => {
    const { jobs, profile } = fixtureReport();
    for (const stages of [["disconnect"], ["life"]])
      for (const language of LANGUAGES) {
        const known = localeOf({ profile: { ...profile, stages }, investigations: fixtureReport().investigations, jobs }, language).catalog;
        const { catalog } = localeOf({ profile: { ...profile, stages }, investigations: [], jobs }, language);
        const other = keys.filter((key) => catalog[key] !== known[key]);
        expect(other.length).toBeGreaterThan(10);
        for (const key of other) {
          expect(forms(catalog[key]).join(" "), key).not.toMatch(/investigation|חקיר/i);
          expect(placeholders(forms(catalog[key]).at(-1) ?? ""), key).toEqual(placeholders(forms(known[key]).at(-1) ?? ""));
        }
      }
  });

  it("have the same keys in both languages", () => {
    expect(Object.keys(LOCALES.he.catalog).sort()).toEqual([...keys].sort());
  });

  it("say the same values in both languages", () => {
    for (const key of keys) {
      const [english, other] = [LOCALES.en.catalog[key], LOCALES.he.catalog[key]].map((message) => forms(message as Message).at(-1) ?? "");
      expect(placeholders(other ?? ""), key).toEqual(placeholders(english ?? ""));
    }
  });

  it("exist for every reason of a verdict, every known diagnostic and every missing piece", () => {
    const wanted = [
      ...[...claimReasonKeys, ...measureReasonKeys].map((key) => `reason.${key}`),
      ...DIAGNOSTICS.map((key) => `diagnostic.${key}`),
      ...MISSING.map((key) => `missing.${key}`),
    ];
    expect(wanted.filter((key) => !Object.hasOwn(LOCALES.en.catalog, key))).toEqual([]);
  });

  it("do not hold a direction mark or another invisible character in any language", () => {
    for (const key of keys)
      for (const text of [...forms(LOCALES.en.catalog[key]), ...forms(LOCALES.he.catalog[key])])
        expect(text, key).not.toMatch(/[\p{Cc}\p{Cf}]/u);
  });
});

describe("the Hebrew sentences", () => {
  it("start with a Hebrew letter", () => {
    for (const [key, text] of hebrew) {
      const first = words(text).match(/\p{L}/u)?.[0];
      if (first !== undefined) expect(first, key).toMatch(/[\u05D0-\u05EA]/);
    }
  });

  it("say approximately, at most and at least in words", () => {
    for (const [key, text] of hebrew) expect(text, key).not.toMatch(/[~≈≤≥]/);
  });

  it("put no dash between two numbers or placeholders", () => {
    for (const [key, text] of hebrew) expect(text, key).not.toMatch(/[\d}]\s*[-–—]\s*[\d{]/);
  });

  it("write abbreviations with geresh and gershayim, not with quotation marks", () => {
    for (const [key, text] of hebrew) expect(text, key).not.toMatch(/[\u05D0-\u05EA]['’"”](?![\u05D0-\u05EA]*\s*")/);
  });

  it("quote with plain quotation marks, around whole words", () => {
    for (const [key, text] of hebrew) {
      expect(text, key).not.toMatch(/[“”„«»]/);
      expect((text.match(/"/g) ?? []).length % 2, key).toBe(0);
    }
  });

  it("use plural forms only for whole counts", () => {
    const dual = keys.filter((key) => typeof LOCALES.he.catalog[key] !== "string");
    for (const key of dual) expect(typeof LOCALES.en.catalog[key], key).toBe("object");
  });
});
