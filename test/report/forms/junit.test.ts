import fc from "fast-check";
import { SaxesParser } from "saxes";
import { describe, expect, it } from "vitest";
import { escapeXml } from "../../../src/model/text/xml.js";
import { renderJunit } from "../../../src/report/forms/junit.js";
import { LANGUAGES } from "../../../src/report/locales/index.js";
import { fixtureReport, VARIANTS } from "../fixture.js";

interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  text: string;
}

/** Elements in document order, each with the text right inside it. Throws on anything that is not well-formed. */
function elementsOf(xml: string): readonly Element[] {
  const elements: Element[] = [];
  const open: Element[] = [];
  const parser = new SaxesParser();
  parser.on("opentag", ({ name, attributes }) => {
    const element = { name, attributes, text: "" };
    elements.push(element);
    open.push(element);
  });
  parser.on("text", (text) => {
    const last = open.at(-1);
    if (last !== undefined) last.text += text;
  });
  parser.on("closetag", () => open.pop());
  parser.on("error", (error) => {
    throw error;
  });
  parser.write(xml).close();
  return elements;
}

describe("the claims as JUnit XML", () => {
  const elements = elementsOf(renderJunit(fixtureReport(), "en"));
  const named = (name: string): readonly Element[] => elements.filter((element) => element.name === name);

  it("has one suite, named postrun, and a test case a claim", () => {
    expect(named("testsuite").map(({ attributes }) => attributes.name)).toEqual(["postrun"]);
    expect(named("testcase").map(({ attributes }) => attributes.classname)).toEqual(
      fixtureReport().claims.map(({ id }) => `postrun.${id}`),
    );
  });

  it("fails a contradicted claim with the reason, both values, the place and the proposed wording", () => {
    const failure = named("failure")[0];
    expect(failure?.attributes.message).toMatch(/^contradicted: The whole interval, from 58/);
    expect(failure?.text).toMatch(/Documented: about 50 s\nMeasured: 59\.2 s\nProposed wording: The Job is deleted about 59 s/);
    expect(failure?.text).toContain("docs/07_infrastructure/JOB_DELETION_TIMELINE.md:21-53");
  });

  it("skips what was not decided, not measured or not applicable, each with its reason", () => {
    expect(named("skipped").map(({ attributes }) => attributes.message)).toEqual([
      expect.stringMatching(/^not applicable: Holds only for/),
      expect.stringMatching(/^not measured: No CPU samples/),
    ]);
  });

  it("counts what it holds, for every kind of run in each language", () => {
    for (const variant of VARIANTS) {
      for (const language of LANGUAGES) {
        const all = elementsOf(renderJunit(fixtureReport(variant), language));
        const count = (name: string): string => String(all.filter((element) => element.name === name).length);
        const suite = all.find(({ name }) => name === "testsuite");
        expect(suite?.attributes, variant).toMatchObject({
          tests: count("testcase"),
          failures: count("failure"),
          skipped: count("skipped"),
          errors: "0",
        });
      }
    }
  });

  it("carries the labels as properties", () => {
    expect(named("property").map(({ attributes }) => attributes)).toContainEqual({ name: "label.build", value: "4812" });
  });

  it("holds any text at all and stays XML", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        const inside = escapeXml(text);
        const [element] = elementsOf(`<a b="${inside}">${inside}</a>`);
        expect(element?.text.length).toBeLessThanOrEqual(text.length);
      }),
    );
  });
});
