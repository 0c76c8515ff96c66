import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { analyze } from "../../src/postrun.js";
import { fixedFrame } from "./frame.js";

/** How a document states each claim, at the lines that the claims file cites. */
const STATED: Readonly<Record<string, readonly (readonly [line: number, text: string])[]>> = {
  "docs/04_testing/analysis/277_INVESTIGATIONS_LOAD_ANALYSIS.md": [
    [11, "Creating the Job: ~0.3 seconds"],
    [15, "gRPC connection: ~12s"],
    [19, "500 frames: 6-7 seconds"],
    [23, "Disconnect: ~100 ms"],
    [33, "One investigation: ~20 seconds"],
    [71, "50 / 20 = ~2.5 Jobs"],
    [105, "277 x 20 s = 5,540 s"],
  ],
  "docs/07_infrastructure/JOB_DELETION_TIMELINE.md": [[21, "deleted ~50 seconds after the disconnect"]],
};

test("what the documents state where the built-in claims cite them is found there", async () => {
  const docs = await mkdtemp(join(tmpdir(), "postrun-citations-"));
  for (const [path, stated] of Object.entries(STATED)) {
    const lines: string[] = Array(120).fill("");
    for (const [line, text] of stated) lines[line - 1] = text;
    await mkdir(dirname(join(docs, path)), { recursive: true });
    await writeFile(join(docs, path), lines.join("\n"));
  }
  const { claims } = await analyze({ inputs: ["samples/30-investigations/test-run.log"], frame: fixedFrame, docs });
  await rm(docs, { recursive: true });
  const found = claims.flatMap(({ id, lookup }) => (lookup?.status === "found" ? [[id, lookup.line]] : []));
  expect(Object.fromEntries(found)).toMatchObject({
    ...{ "configure-duration": 11, "connect-duration": 15, "frames-duration": 19, "disconnect-duration": 23, "investigation-duration": 33 },
    ...{ "mean-open-jobs": 71, "total-run-277": 105, "cleanup-after-disconnect": 21, "unopened-job-deleted": 21 },
  });
});
