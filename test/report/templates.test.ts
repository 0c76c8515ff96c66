import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { PostrunError } from "../../src/model/errors.js";
import { renderHtml } from "../../src/report/html.js";
import { sizeWarnings } from "../../src/report/size-warnings.js";
import { PARTIALS, templateText } from "../../src/report/template-files.js";
import { pageScript } from "../../src/report/templates/page-script.js";
import { fixtureReport } from "./fixture.js";

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "postrun-templates-"));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

const report = fixtureReport("inconclusive");
function rendered(files: Readonly<Record<string, string>>): Promise<string> {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(directory, name)), { recursive: true });
    writeFileSync(join(directory, name), text);
  }
  return renderHtml(report, { languages: ["en"], templates: directory });
}

describe("templates of the user's own", () => {
  it("stand in for the package's; what is not there stays as it is", async () => {
    const page = await rendered({
      "partials/claims.hbs": '<section class="mine">{{t "claims.heading"}}: {{claims.rows.length}}</section>',
      "own.css": ".mine { color: var(--measured); }",
    });
    expect(page).toContain(`<section class="mine">Documented and measured: ${report.claims.length}</section>`);
    expect(page).toContain(".mine { color: var(--measured); }</style>");
    expect(page).toContain('id="en-curve"');
  });

  it("may be copies of the package's, each of them, and the logo of docs/report.md", async () => {
    const names = [...PARTIALS.map((partial) => `partials/${partial}.hbs`), "document.hbs", "part.hbs", "report.css"];
    const copies = Object.fromEntries(names.map((name) => [name, templateText(name)]));
    expect(await rendered(copies)).toBe(await renderHtml(report, { languages: ["en"] }));
    const documented = readFileSync(new URL("../../docs/report.md", import.meta.url), "utf8").match(/```css\n([\s\S]*?)```/)?.[1] ?? "";
    for (const logo of [documented, documented.replaceAll('"', "'"), documented.replace(/url\("(.*)"\)/, "url( $1 )")])
      expect(await rendered({ "own.css": logo })).toContain("data:image/svg+xml");
  });

  it("change nothing when the folder is empty", async () => {
    expect(await rendered({})).toBe(await renderHtml(report, { languages: ["en"] }));
  });

  it("are refused with the file, the line and the reason", async () => {
    const cases: readonly (readonly [string, string, RegExp])[] = [
      ["partials/claims.hbs", "{{#if claims}}", /partials\/claims\.hbs: .*Parse error/],
      ["partials/claims.hbs", "<p>\n{{{claims.rows.0.title}}}", /claims\.hbs, line 2: markup without escaping/],
      ["partials/claims.hbs", "{{& claims}}", /without escaping/],
      ["partials/life.hbs", "<script>alert(1)</script>", /an element that the page's security policy forbids/],
      ["partials/life.hbs", '<img src="x" onerror="alert(1)">', /an event handler/],
      ["partials/life.hbs", '<p style="color:red">', /a style attribute/],
      ["partials/life.hbs", '<a href="https://example.com/">', /an address outside of the page/],
      ["partials/life.hbs", "{{> claim}}", /claim/],
      ["partials/life.hbs", "{{> life}}", /a partial that holds itself/],
      ["partials/life.hbs", '{{t "no-such"}}', /there is no sentence "no-such"/],
      ["partials/lives.hbs", "", /there is no template of this name/],
      ["own.css", "@import 'https://example.com/x.css';", /asks for nothing/],
      ["own.css", "a{background:url(https://example.com/x.png)}", /asks for nothing/],
      ["own.css", "a{background:url( 'https://example.com/data:')}", /asks for nothing/],
      ["own.css", "</style><p>", /style element/],
    ];
    for (const [name, text, message] of cases) {
      await expect(rendered({ [name]: text }), text).rejects.toThrow(message);
      await expect(rendered({ [name]: text }), text).rejects.toThrow(PostrunError);
      rmSync(join(directory, name));
    }
    await expect(renderHtml(report, { templates: join(directory, "none") })).rejects.toThrow(/expected a folder of templates/);
  });

  it("are all named in the documentation", () => {
    const text = readFileSync(new URL("../../docs/report.md", import.meta.url), "utf8");
    for (const name of [...PARTIALS.map((partial) => `partials/${partial}.hbs`), "document.hbs", "report.css", "own.css"])
      expect(text, name).toContain(name);
  });
});

describe("the script of the page", () => {
  it("is one function that parses, with no import left", () => {
    const script = pageScript();
    expect(() => new Function(script)).not.toThrow();
    expect(script).not.toMatch(/^\s*(?:import|export)\b/m);
    expect(script.toLowerCase()).not.toContain("</script");
    expect(script).not.toMatch(/\bfetch\(|XMLHttpRequest|https?:|\beval\(/);
  });
});

describe("the size of a page", () => {
  it("is worth a word beyond what trackers take", () => {
    expect(sizeWarnings("x.html", 10 * 1024 * 1024, "pack it")).toEqual([]);
    expect(sizeWarnings("x.html", 26 * 1024 * 1024, "pack it")).toEqual([expect.stringMatching(/^x\.html has 26\.0 MB.*: pack it$/)]);
  });
});
