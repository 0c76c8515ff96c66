import { describe, expect, it } from "vitest";
import type { Report } from "../../../src/model/report.js";
import { isoFromEpoch } from "../../../src/model/time.js";
import { LANGUAGES, LOCALES } from "../../../src/report/locales/index.js";
import { leadKinds, leadPhrases } from "../../../src/report/words/lead.js";
import { toText } from "../../../src/report/words/phrase.js";
import { timesOf } from "../../../src/report/words/times.js";
import { afterwordPhrase } from "../../../src/report/words/title.js";
import { fixtureReport, VARIANTS, type Variant } from "../fixture.js";

const lead = (variant: Variant, language: "en" | "he"): string =>
  leadPhrases(fixtureReport(variant), LOCALES[language]).map(toText).join(" ");

/** What the first sentence must say in each case, in each language. */
const EXPECTED: Record<Variant, readonly [kind: string, en: RegExp, he: RegExp]> = {
  contradicted: [
    "contradicted",
    /^The Job stays open 59\.2 s after the disconnect \(median\), not about 50 s as documented\./,
    /^ה-Job נשאר פתוח 59\.2 שנ׳ אחרי הניתוק \(חציון\), ולא כ-50 כפי שמופיע בתיעוד\./,
  ],
  confirmed: [
    "confirmed",
    /^The Job stays open 50\.\d s .* as documented\. All 6 claims/,
    /^ה-Job נשאר פתוח 50\.\d שנ׳ .*כפי שמופיע בתיעוד\. כל 6 הטענות/,
  ],
  inconclusive: ["inconclusive", /^Not decided yet: the Job stays open/, /^עדיין לא הוכרע: ה-Job נשאר פתוח/],
  "no-cluster": ["no-cluster", /^How long Jobs stay open was not measured/, /^משך הזמן שבו ה-Jobs נשארים פתוחים לא נמדד/],
  "every-failed": [
    "every-failed",
    /^All 24 investigations failed, each with “Connection timeout after 30\.0s”\./,
    /^כל 24 החקירות נכשלו, כולן עם השגיאה Connection timeout after 30\.0s\./,
  ],
  stopped: [
    "stopped",
    /^The run stopped after 143 of 277 investigations\. The Job stays open/,
    /^הריצה נעצרה אחרי 143 חקירות מתוך 277\. ה-Job/,
  ],
  "capture-ended": [
    "capture-ended",
    /^The capture ended at 11:5\d, before the run did \(12:\d\d\)/,
    /^איסוף הנתונים הסתיים ב-11:5\d, לפני סוף הריצה \(12:\d\d\)/,
  ],
  overlapping: ["overlapping", /^Investigations overlapped, up to \d at once/, /^החקירות חפפו זו לזו, עד \d בבת אחת/],
  "no-claims": ["no-claims", /^277 investigations were measured; there are no claims/, /^נמדדו 277 חקירות, ואין טענות/],
};

describe("the lead", () => {
  for (const variant of VARIANTS) {
    it(`is about a report that is ${variant}`, () => {
      const [kind, en, he] = EXPECTED[variant];
      expect(leadKinds(fixtureReport(variant))[0]).toBe(kind);
      expect(lead(variant, "en")).toMatch(en);
      expect(lead(variant, "he")).toMatch(he);
    });
  }

  it("names the commonest error of a run in which every investigation failed, and how often it came", () => {
    const report = fixtureReport("every-failed");
    const investigations = report.investigations.map((entry, index) => (index < 3 ? { ...entry, error: "refused" } : entry));
    const said = (language: "en" | "he"): string =>
      leadPhrases({ ...report, investigations }, LOCALES[language])
        .map(toText)
        .join(" ");
    expect(said("en")).toBe("All 24 investigations failed, most often with “Connection timeout after 30.0s” (21 times).");
    expect(said("he")).toBe("כל 24 החקירות נכשלו, לרוב עם השגיאה Connection timeout after 30.0s (21 פעמים).");
  });

  it("calls no error the commonest where each investigation ended with another", () => {
    const report = fixtureReport("every-failed");
    const investigations = report.investigations.map((entry) => ({ ...entry, error: `refused ${entry.id}` }));
    expect(leadPhrases({ ...report, investigations }, LOCALES.en).map(toText)).toEqual([
      "All 24 investigations failed, each with another error.",
    ]);
  });

  it("says both of two investigations that failed", () => {
    const report = fixtureReport("every-failed");
    const said = (investigations: Report["investigations"]) => leadPhrases({ ...report, investigations }, LOCALES.en).map(toText)[0];
    const two = report.investigations.slice(0, 2).map((entry) => ({ ...entry, error: "refused" }));
    expect(said(two)).toBe("Both investigations failed, each with “refused”.");
    expect(said(two.map((entry, index) => ({ ...entry, error: `refused ${index}` })))).toBe(
      "Both investigations failed, each with another error.",
    );
  });

  it("says that the log holds a part of the run, not that the run stopped, where its last investigation is there", () => {
    const report = fixtureReport("stopped");
    const investigations = report.investigations.slice(-11);
    const last = { ...report, investigations, run: { ...report.run, lastNumber: 277 } };
    expect(leadKinds(last)[0]).toBe("incomplete");
    expect(leadPhrases(last, LOCALES.en).map(toText)[0]).toBe("The log holds 11 of the 277 investigations of the run.");
    expect(leadPhrases(last, LOCALES.he).map(toText)[0]).toBe("בלוג נמצאות 11 חקירות מתוך 277 החקירות של הריצה.");
    const one = { ...report, investigations: investigations.slice(0, 1) };
    expect(leadPhrases(one, LOCALES.he).map(toText)[0]).toBe("הריצה נעצרה אחרי חקירה אחת מתוך 277.");
  });

  it("says that the log holds a part of the run where nothing shows that it ended: a capture that goes on, or none", () => {
    const { concurrency, ...report } = fixtureReport("stopped");
    const { openJobs: _, ...unseen } = concurrency;
    for (const goesOn of [{ ...concurrency, part: "log" as const }, { ...concurrency, part: "capture" as const }, unseen])
      expect(leadKinds({ ...report, concurrency: goesOn })[0]).toBe("incomplete");
  });

  describe("of a run of which one source stops early", () => {
    /** Its Pods were watched for a while. */
    const stopsEarly = (report: Report): Report => ({
      ...report,
      sources: report.sources.map((source, index) => ({ ...source, endsEarly: index === report.sources.length - 1 })),
    });

    it("says nothing of an end of the capture where other sources show all Jobs to their end", () => {
      expect(leadKinds(stopsEarly(fixtureReport("confirmed")))).toEqual(["confirmed"]);
    });

    it("names the end of what is known of the Jobs, not that of the source that stopped first", () => {
      const report = fixtureReport("capture-ended");
      const earlier = report.sources.map((source) => (source.endsEarly ? { ...source, to: report.window?.from ?? null } : source));
      const [first] = leadPhrases({ ...report, sources: earlier }, LOCALES.en).map(toText);
      expect(first).toContain(`ended at ${timesOf(report, LOCALES.en).minute(report.concurrency.window?.to ?? "")}`);
    });

    it("says so where an investigation begun since has no Job, though all that were seen are gone", () => {
      const report = stopsEarly(fixtureReport("confirmed"));
      const { window } = report.concurrency;
      const later = isoFromEpoch(Date.parse(window?.to ?? "") + 600_000);
      const longer = { ...report, window: { from: report.window?.from ?? "", to: later } };
      expect(leadKinds(longer)).toEqual(["confirmed"]);
      const investigations = report.investigations.map(({ jobUid, ...entry }, index) =>
        index < report.investigations.length - 1 && jobUid !== undefined ? { ...entry, jobUid } : { ...entry, startedAt: later },
      );
      const missed = { ...longer, investigations, concurrency: { ...report.concurrency, part: "capture" as const } };
      expect(leadKinds(missed)[0]).toBe("capture-ended");
    });
  });

  it("holds the mean of a part of the run against no document", () => {
    const { concurrency, ...report } = fixtureReport("stopped");
    const claims = report.claims.map((claim) =>
      claim.id.startsWith("mean-open-jobs")
        ? { ...claim, verdict: "not-measured" as const, reason: { key: "mean-of-part", values: {} } }
        : claim,
    );
    const said = leadPhrases({ ...report, claims, concurrency: { ...concurrency, part: "log" } }, LOCALES.en).map(toText);
    expect(said.at(-1)).toMatch(/^On average \d\.\d+ Jobs were open, at the peak \d+\.$/);
    expect(lead("stopped", "en")).toMatch(/documented: about \S+ on average\.$/);
  });

  describe("of a run of which fewer than six investigations ended well", () => {
    const whole = fixtureReport("confirmed");
    const failed = whole.investigations.map((entry, index) =>
      index < 5 ? { ...entry, outcome: "ok" as const } : { ...entry, outcome: "failed" as const },
    );
    const contradicted = whole.claims.map((claim) =>
      claim.id.startsWith("mean-open-jobs") ? { ...claim, verdict: "contradicted" as const } : claim,
    );
    const few = { ...whole, investigations: failed, claims: contradicted };

    it("corrects no document by its numbers, and holds none against them", () => {
      expect(leadKinds(few)).toEqual(["too-few"]);
      const said = leadPhrases(few, LOCALES.en).map(toText);
      expect(said[0]).toBe("Too few investigations of this run ended well for the documents to be corrected by it.");
      expect(said[1]).toMatch(/^On average \d\.\d+ Jobs were open, at the peak \d+\.$/);
      expect(toText(afterwordPhrase(few, LOCALES.en))).not.toMatch(/sentence|Nothing to correct/);
      expect(leadKinds({ ...whole, claims: contradicted })).toEqual(["contradicted"]);
    });

    it("says of the cleanup that it is not decided, where that is so", () => {
      const claims = contradicted.map((claim) =>
        claim.id === "cleanup-after-disconnect" ? { ...claim, verdict: "inconclusive" as const } : claim,
      );
      expect(leadKinds({ ...few, claims })).toEqual(["inconclusive"]);
    });
  });

  it("begins with the number of open Jobs, said once, where the documents have that wrong and the cleanup right", () => {
    const report = fixtureReport("contradicted");
    const claims = report.claims.map((claim) =>
      claim.id === "cleanup-after-disconnect" ? { ...claim, verdict: "confirmed" as const } : claim,
    );
    const sentences = leadPhrases({ ...report, claims }, LOCALES.en).map(toText);
    expect(sentences[0]).toMatch(/^On average \d\.\d+ Jobs were open, not about \S+ as documented; at the peak \d+\.$/);
    expect(sentences.slice(1).join(" ")).not.toMatch(/on average/i);
    expect(leadPhrases({ ...report, claims }, LOCALES.he).map(toText)[0]).toMatch(
      /^בממוצע היו פתוחים .* ולא כ-\S+ כפי שמופיע בתיעוד, ובשיא \d+\.$/,
    );
  });

  it("says what the documents have wrong even where nothing came from the cluster", () => {
    const report = fixtureReport("no-cluster");
    const claims = report.claims.map((claim, index) => (index === 1 ? { ...claim, verdict: "contradicted" as const } : claim));
    expect(
      leadPhrases({ ...report, claims }, LOCALES.en)
        .map(toText)
        .join(" "),
    ).toMatch(/no Jobs of the cluster\. .*, not .* as documented\.$/);
  });

  it("tells Jobs that nothing dates from an input without any, as the sentence about what was left does", () => {
    const none = fixtureReport("no-cluster");
    const undated = { id: "creation-unknown", severity: "warning" as const, count: 3, values: { count: 3 }, examples: [] };
    const said = (report: Report) => [leadPhrases(report, LOCALES.en)[0] ?? [], afterwordPhrase(report, LOCALES.en)].map(toText);
    for (const text of said(none)) expect(text).toMatch(/: the input has no Jobs of the cluster\./);
    const withUndated = said({ ...none, diagnostics: [...none.diagnostics, undated] });
    for (const text of withUndated) expect(text).toMatch(/: the input does not tell when its Jobs were created\./);
  });

  it("says the same numbers in both languages", () => {
    for (const variant of VARIANTS) {
      const numbers = LANGUAGES.map((language) => (lead(variant, language).match(/\d+(?:[.:]\d+)*/g) ?? []).sort());
      const [english, hebrew] = numbers;
      expect([...new Set(hebrew)], variant).toEqual([...new Set(english)]);
    }
  });

  it("leaves no placeholder unfilled", () => {
    for (const variant of VARIANTS) for (const language of LANGUAGES) expect(lead(variant, language)).not.toMatch(/[{}]/);
  });

  it("says how many open Jobs the documents allow at the peak, where they speak of such a run", () => {
    const report = fixtureReport();
    const bounded: Report = { ...report, concurrency: { ...report.concurrency, documentedLimit: 13 } };
    const of = (language: "en" | "he") => leadPhrases(bounded, LOCALES[language]).map(toText).join(" ");
    expect(of("en")).toMatch(/at the peak \d; documented: about 2 on average, up to 13 at the peak\.$/);
    expect(of("he")).toMatch(/ובשיא \d\. לפי התיעוד: כ-2 בממוצע, ועד 13 בשיא\.$/);
    const mean: Report = { ...bounded, claims: bounded.claims.filter(({ id }) => id.startsWith("mean-open-jobs")) };
    expect(leadPhrases(mean, LOCALES.en).map(toText).join(" ")).toMatch(
      /not about 2 as documented; at the peak \d, documented: up to 13\./,
    );
  });
});
