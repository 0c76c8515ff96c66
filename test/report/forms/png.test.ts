import { describe, expect, it } from "vitest";
import { canvasText } from "../../../src/report/forms/drawn-page.js";
import { renderPngs } from "../../../src/report/forms/png.js";
import { fixtureReport } from "../fixture.js";

/** Width and height from the header of a PNG. */
const sizeOf = (png: Uint8Array): readonly [number, number] => {
  const view = new DataView(png.buffer, png.byteOffset);
  return [view.getUint32(16), view.getUint32(20)];
};

describe("the pictures of a report", () => {
  it("are the first screen and each chart in both languages, 1200 pixels wide with two points each", async () => {
    const pictures = await renderPngs(fixtureReport());
    expect([...pictures.keys()]).toEqual(
      ["en", "he"].flatMap((language) =>
        ["first-screen", "job-life", "open-jobs-share", "open-jobs", "cleanup", "connect-over-run"].map(
          (name) => `${name}.${language}.png`,
        ),
      ),
    );
    for (const [name, bytes] of pictures) {
      const [width, height] = sizeOf(bytes);
      expect(width, name).toBe(2400);
      expect(height, name).toBeGreaterThan(800);
    }
  }, 60_000);

  it("leave out charts that the report has no data for", async () => {
    expect([...(await renderPngs(fixtureReport("no-cluster"))).keys()]).toEqual([
      "first-screen.en.png",
      "connect-over-run.en.png",
      "first-screen.he.png",
      "connect-over-run.he.png",
    ]);
  }, 60_000);

  it("are the same bytes for the same report", async () => {
    const [first, second] = [await renderPngs(fixtureReport("no-cluster")), await renderPngs(fixtureReport("no-cluster"))];
    for (const [name, bytes] of first) expect(Buffer.from(bytes).equals(Buffer.from(second.get(name) ?? [])), name).toBe(true);
  }, 60_000);
});

describe("a phrase for a canvas", () => {
  it("isolates what runs left to right, and does not break inside it", () => {
    expect(canvasText([{ text: "נשאר פתוח " }, { text: "a b", isolate: "ltr" }, { text: " שנ׳" }])).toBe(
      "נשאר פתוח \u2066a\u00A0b\u2069 שנ׳",
    );
  });
});
