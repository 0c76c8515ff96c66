import { describe, expect, it } from "vitest";
import type { Report } from "../../src/model/report.js";
import { renderHtml } from "../../src/report/html.js";
import { type Catalog, LOCALES } from "../../src/report/locales/index.js";
import { fixtureReport, type Variant } from "./fixture.js";

const MARK = "\u00A7";

/** Every sentence between marks, its placeholders as they were. */
function marked(catalog: Catalog): Catalog {
  const wrap = (text: string): string => text.replace(/[^{}]+|\{\w+\}/g, (part) => (part.startsWith("{") ? part : `${MARK}${part}${MARK}`));
  return Object.fromEntries(
    Object.entries(catalog).map(([key, message]) => [
      key,
      typeof message === "string"
        ? wrap(message)
        : Object.fromEntries(Object.entries(message).map(([form, text]) => [form, form === "plural" ? text : wrap(String(text))])),
    ]),
  ) as Catalog;
}

/** Texts of a report: what may stand in the page without a locale. */
function textsOf(data: unknown): string[] {
  if (typeof data === "string") return [data];
  if (data === null || typeof data !== "object") return [];
  return Object.entries(data).flatMap(([key, value]) => [key, ...textsOf(value)]);
}

/** Words of a page outside of marks; words inside pictures and attributes among them. */
function unmarked(html: string, report: Report): string[] {
  const own = new Set(
    textsOf(report)
      .flatMap((text) => text.match(/\p{L}+/gu) ?? [])
      .map((word) => word.toLowerCase()),
  );
  const body = html.slice(html.indexOf("<body"), html.indexOf('<script type="application/json"'));
  const attributes = [
    ...body.matchAll(
      / (?:aria-label|alt|title|placeholder|data-label|data-done|data-shown-text|data-at-text|data-unwatched-text|data-loading)="([^"]*)"/g,
    ),
  ].map((match) => match[1] ?? "");
  const text = `${body.replace(/<[^>]*>/g, "\n")}\n${attributes.join("\n")}`;
  const bare = text
    .replace(/&[#\w]+;/g, " ")
    .replace(new RegExp(`${MARK}[^${MARK}]*${MARK}`, "g"), " ")
    .replace(/\{\w+\}/g, " ");
  const words = (bare.match(/\p{L}{2,}/gu) ?? []).filter((word) => !own.has(word.toLowerCase()));
  return [...new Set(words)];
}

describe("a language made of marked sentences", () => {
  it.each(["contradicted", "no-cluster", "capture-ended", "every-failed"] as const)(
    "shows that every word of the page (%s) is a sentence of the locale or data of the report",
    async (variant: Variant) => {
      const report = fixtureReport(variant);
      const before = LOCALES.en.catalog;
      Object.assign(LOCALES.en, { catalog: marked(before) });
      try {
        const html = await renderHtml(report, { languages: ["en"] });
        expect(html.split(MARK).length).toBeGreaterThan(200);
        expect(unmarked(html.replaceAll(MARK, ""), report).length).toBeGreaterThan(50);
        // What has no language: the name of a hash, of a zone, and of a month, which comes from Intl.
        const known = ["SHA", "UTC", "December"];
        expect(unmarked(html, report).filter((word) => !known.includes(word))).toEqual([]);
      } finally {
        Object.assign(LOCALES.en, { catalog: before });
      }
    },
  );
});
