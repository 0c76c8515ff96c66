import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { build } from "esbuild";
import { beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";

const MEMORY_MB = 512;
const program = join(import.meta.dirname, "../../node_modules/.cache/postrun/read-hostile.mjs");
const answerSchema = z.object({
  refused: z.string().optional(),
  events: z.number().optional(),
  source: z.object({ format: z.string(), lines: z.number(), matched: z.number(), ignored: z.number(), unparsed: z.number() }).optional(),
  diagnostics: z.array(z.string()).optional(),
  megabytes: z.number(),
});

beforeAll(async () => {
  // From the sources as they are, not from what was built last.
  await build({
    entryPoints: [join(import.meta.dirname, "read-hostile.ts")],
    outfile: program,
    bundle: true,
    platform: "node",
    format: "esm",
    packages: "external",
    logLevel: "error",
  });
});

/** Reads the input in a process with little memory. */
async function read(name: string): Promise<z.infer<typeof answerSchema>> {
  const { stdout } = await promisify(execFile)(process.execPath, [`--max-old-space-size=${MEMORY_MB}`, program, name], { timeout: 60_000 });
  const answer = answerSchema.parse(JSON.parse(stdout));
  expect(answer.megabytes).toBeLessThan(MEMORY_MB);
  return answer;
}

describe("in less than 512 MB of memory", { timeout: 60_000 }, () => {
  test.each(["gzip-bomb", "line-of-nothing"])("%s of no format is refused, with its beginning", async (name) => {
    expect((await read(name)).refused).toMatch(/not a format that postrun reads; it begins with: aaa/);
  });

  test("a gzip bomb with objects in it gives those before it was stopped, and is told", async () => {
    const { events, source, diagnostics } = await read("gzip-bomb-of-json");
    expect(events).toBeGreaterThan(0);
    expect(source).toMatchObject({ matched: events, ignored: 0 });
    expect(diagnostics).toContain("inflates-beyond-measure");
  });

  test("a line of 200 MB in a log is cut, told, and counted once", async () => {
    const { events, source, diagnostics } = await read("line-in-a-log");
    expect([events, source?.lines]).toEqual([3, 3]);
    expect(diagnostics).toContain("long-line");
  });

  test("a JSON document of 200 MB is passed over, told, and what stands around it is read", async () => {
    const { events, source, diagnostics } = await read("line-of-json");
    expect(events).toBe(2);
    expect(source).toMatchObject({ lines: 3, matched: 2, unparsed: 1 });
    expect(diagnostics).toEqual(["document-too-large"]);
  });

  test("a List of 200 MB that holds no object says nothing, and takes nothing with it", async () => {
    expect((await read("line-of-lists")).events).toBe(1);
  });

  test.each(["line-of-an-audit-log", "line-of-yaml", "line-of-prometheus"])("%s is survived, and told", async (name) => {
    const { refused, diagnostics } = await read(name);
    expect(refused ?? diagnostics?.join(" ")).toMatch(/[a-z]/);
  });

  test("JSON nested 100,000 deep is passed over and told", async () => {
    const { events, source, diagnostics } = await read("deep-json");
    expect(events).toBe(2);
    expect(source).toMatchObject({ matched: 2 });
    expect(diagnostics).toContain("document-too-large");
  });

  test.each(["deep-yaml", "deep-yaml-blocks", "alias-bomb"])("%s is refused with its place", async (name) => {
    expect((await read(name)).refused).toMatch(/nothing usable/);
  });

  test("entities of XML are neither fetched nor multiplied", async () => {
    const answer = await read("xml-entities");
    expect(JSON.stringify(answer)).not.toMatch(/root:|lollol/);
    expect(answer.refused ?? answer.source?.format).toMatch(/nothing usable|junit-xml/);
  });

  test("a pattern that hangs other engines takes linear time", async () => {
    const { events, source } = await read("exponential-pattern");
    expect([events, source?.lines]).toEqual([1, 2]);
  });
});
