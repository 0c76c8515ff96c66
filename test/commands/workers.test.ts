/** The command as it is built: only that has the threads' module. */
import { execFile } from "node:child_process";
import { cp, mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { folderForEachTest } from "../folder-for-each-test.js";

const run = promisify(execFile);
let folder = "";
folderForEachTest("workers", (path) => {
  folder = path;
});

async function analyze(workers: number): Promise<{ report: string; timeline: string; stderr: string }> {
  const [json, timeline] = [join(folder, `${workers}.json`), join(folder, `${workers}.ndjson`)];
  const out = ["-o", join(folder, `${workers}.html`), "--json", json, "--timeline", timeline];
  const given = ["dist/cli.cjs", "analyze", join(folder, "run"), ...out, "--now", "2026-01-01T00:00:00Z", "--workers", String(workers)];
  const { stderr } = await run(process.execPath, given);
  return { report: await readFile(json, "utf8"), timeline: await readFile(timeline, "utf8"), stderr: stderr.replace(/^Report: .*/m, "") };
}

test("threads change no byte, whatever the files are: copies, damaged ones, written timelines, without anything of use", async () => {
  const inputs = join(folder, "run");
  await mkdir(inputs);
  await cp("samples/stress-loop", inputs, { recursive: true });
  const log = await readFile(join(inputs, "test-run.log"));
  // A copy moves the places of all files behind it.
  await writeFile(join(inputs, "a-copy.log.gz"), gzipSync(log));
  await writeFile(join(inputs, "b-cut.json.gz"), (await readFile(join(inputs, "events.json.gz"))).subarray(0, 20_000));
  await writeFile(join(inputs, "c-empty.log"), "");
  await writeFile(join(inputs, "d-notes.txt"), "nothing of use\n\u0000\n");
  const alone = await analyze(1);
  await cp(join(folder, "1.ndjson"), join(inputs, "timeline.ndjson"));
  const withTimeline = await analyze(1);
  expect(JSON.parse(withTimeline.report).jobs).toEqual(JSON.parse(alone.report).jobs);
  expect(await analyze(2)).toEqual(withTimeline);
  expect(await analyze(8)).toEqual(withTimeline);
}, 120_000);

test("what one thread cannot read is said as without threads", async () => {
  const inputs = join(folder, "run");
  await mkdir(inputs);
  await writeFile(join(inputs, "a.log"), "no log\n");
  await writeFile(join(inputs, "b.json"), "{}\n");
  const said = async (workers: number) => analyze(workers).catch(({ code, stderr }) => ({ code, stderr }));
  const alone = await said(1);
  expect(alone).toMatchObject({ code: 3, stderr: expect.stringContaining("nothing usable") });
  expect(await said(2)).toEqual(alone);
});
