/** Counts a part of a class of runs and prints the tally as JSON: N FROM TO. scripts/calibrate.mjs starts several at a time. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { analyze } from "../../src/postrun.js";
import { loadProfile } from "../../src/profiles/load-profile.js";
import { simulateRun } from "../../src/simulate/index.js";
import { fixedFrame } from "../postrun/frame.js";
import { drawRun } from "./draw-run.js";
import { count, emptyTally } from "./tally.js";

const [n = Number.NaN, from = Number.NaN, to = Number.NaN] = process.argv.slice(2).map(Number);
const profile = await loadProfile("focus-server");
const tally = emptyTally();
const folder = mkdtempSync(join(tmpdir(), "postrun-calibrate-"));
try {
  for (let number = from; number < to; number += 1) {
    const drawn = drawRun(n, number);
    const { files, truth } = simulateRun(drawn.options);
    const inputs = [...files].map(([name, text]) => {
      const path = join(folder, name);
      writeFileSync(path, text);
      return path;
    });
    count(tally, await analyze({ inputs, profile, frame: fixedFrame, whatIf: false }), truth, drawn);
    for (const path of inputs) rmSync(path);
  }
} finally {
  rmSync(folder, { recursive: true });
}
process.stdout.write(JSON.stringify(tally));
