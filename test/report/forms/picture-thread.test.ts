/** As it is compiled: only that has the thread's module. */
import { expect, test } from "vitest";
import { fixtureReport } from "../fixture.js";

const compiled = (name: string): string => new URL(`../../../dist/report/forms/${name}.js`, import.meta.url).href;
const { renderPngs }: typeof import("../../../src/report/forms/png.js") = await import(compiled("png"));
const { prepareDrawing }: typeof import("../../../src/report/forms/picture-thread.js") = await import(compiled("picture-thread"));

test("a thread draws the pictures that are drawn without one", async () => {
  const report = fixtureReport("no-cluster");
  const draw = prepareDrawing();
  const pictures = await draw(report);
  const alone = await renderPngs(report);
  expect([...pictures.keys()]).toEqual([...alone.keys()]);
  for (const [name, bytes] of alone) expect(Buffer.from(bytes).equals(Buffer.from(pictures.get(name) ?? [])), name).toBe(true);
}, 60_000);

test("what goes wrong in the thread goes wrong for whoever asked", async () => {
  const draw = prepareDrawing();
  const { profile: _, ...rest } = fixtureReport("no-cluster");
  await expect(draw(rest as ReturnType<typeof fixtureReport>)).rejects.toThrow(/undefined/);
}, 60_000);
