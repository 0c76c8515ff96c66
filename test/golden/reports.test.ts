import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { Report } from "../../src/model/report.js";
import { analyze } from "../../src/postrun.js";
import { renderHtml } from "../../src/report/html.js";
import { parseReport, serializeReport } from "../../src/report/json.js";
import { renderMarkdown } from "../../src/report/forms/markdown.js";
import { fixedFrame } from "../postrun/frame.js";

/** Every sample whose whole report is kept; `npm run golden` writes the files anew, and that diff is read as code is. */
const samples = ["277-investigations", "30-investigations", "stress-loop", "kubernetes-run"];

function reportOf(sample: string): Promise<Report> {
  const claims = `samples/${sample}/claims.yaml`;
  return analyze({ inputs: [`samples/${sample}`], ...(existsSync(claims) ? { claims } : {}), frame: fixedFrame });
}

/** Styles and scripts have tests of their own and stand in templates/; packed data depend on the version of zlib. Their places are held, not their bytes. */
function withoutAssets(html: string): string {
  return html
    .replace(/(<style[^>]*>)[^]*?(<\/style>)/g, "$1$2")
    .replace(/(<script[^>]*>)[^]*?(<\/script>)/g, "$1$2")
    .replace(/'sha256-[\w+/=]+'/g, "'sha256-'");
}

describe.each(samples)("the report of samples/%s", (sample) => {
  it.each(["en", "he"] as const)("says in Markdown (%s) what it said before", async (language) => {
    await expect(renderMarkdown(await reportOf(sample), language)).toMatchFileSnapshot(`files/${sample}.${language}.md`);
  });
});

describe("the report of samples/30-investigations", () => {
  it("is the same report.json as before", async () => {
    await expect(serializeReport(await reportOf("30-investigations"))).toMatchFileSnapshot("files/30-investigations.report.json");
  });

  it("is the same page as before", async () => {
    await expect(withoutAssets(await renderHtml(await reportOf("30-investigations")))).toMatchFileSnapshot("files/30-investigations.html");
  });

  it("comes out of the page again as the same report, and renders to the same bytes", async () => {
    const report = await reportOf("30-investigations");
    const html = await renderHtml(report);
    const again = parseReport(html);
    expect(serializeReport(again)).toBe(serializeReport(report));
    const hash = (text: string) => createHash("sha256").update(text).digest("hex");
    expect(hash(await renderHtml(again))).toBe(hash(html));
  });
});
