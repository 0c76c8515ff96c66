import { describe, expect, it } from "vitest";
import { loadClaims, loadProfile } from "../../src/profiles/load-profile.js";

/** Every `he` text in a value, with its path. */
function hebrewTexts(value: unknown, path = ""): [string, string][] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]): [string, string][] =>
    key === "he" && typeof inner === "string" ? [[path, inner]] : hebrewTexts(inner, `${path}.${key}`),
  );
}

/** What is wrong with a Hebrew text for a right-to-left reader; the reasons are those of the report's rules. */
function problems(text: string): string[] {
  const found: string[] = [];
  const firstStrong = /\p{L}/u.exec(text)?.[0] ?? "";
  if (!/[\u05d0-\u05ea]/.test(firstStrong)) found.push("the first letter is not Hebrew");
  if (/^[\d{]/.test(text)) found.push("starts with a number");
  if (/[~≈≤≥<>=]/.test(text)) found.push("a sign that mirrors");
  if (/[\d}] ?[-–—] ?[\d{]/.test(text)) found.push("a range with a dash");
  if (/['’"]/.test(text.replaceAll(/(?<=^|[\s(])"[^"]+"(?=$|[\s),.:])/g, "")))
    found.push("an apostrophe or quote for a geresh or gershayim");
  if (/[\d}] ?(?:s|sec|שנ)(?=$|[\s,.)])/.test(text)) found.push("seconds without שנ׳");
  if (/[\u200e\u200f\u202a-\u202e\u2066-\u2069]/.test(text)) found.push("a bidi control character");
  if (/[\d}] [/*+×÷] [\d{]/.test(text)) found.push("a formula");
  return found;
}

describe("Hebrew of profile and claims", async () => {
  const { profile, claims } = await loadProfile("focus-server");
  const sample = await loadClaims("samples/kubernetes-run/claims.yaml", profile);
  const batch = await loadProfile("batch-jobs");
  const texts = [
    ...hebrewTexts(profile, "profile"),
    ...hebrewTexts(claims, "claims"),
    ...hebrewTexts(sample, "sample"),
    ...hebrewTexts(batch, "batch"),
  ];

  it("is there at all", () => expect(texts.length).toBeGreaterThan(150));

  it.each(texts)("reads from right to left: %s", (_path, text) => expect(problems(text)).toEqual([]));

  it("finds what it looks for", () => {
    expect(problems("Job פתוח")).toHaveLength(1);
    expect(problems("נמשך בין 5-6 שנ׳")).toEqual(["a range with a dash"]);
    expect(problems("נמשך 5 שנ'")).not.toEqual([]);
    expect(problems("נמשך ≈5")).toEqual(["a sign that mirrors"]);
  });
});
