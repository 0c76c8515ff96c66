/** Writes the simulated samples into `samples/` (or the folder given): the same bytes each time. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { SAMPLES, type Sample } from "./sample-list.js";
import { simulateRun } from "./simulate-run.js";
import { truthDocument } from "./truth-document.js";

/** Names and texts of a sample's files; a name that ends in .gz is compressed, without a time stamp in its header. */
function sampleFiles(sample: Sample): Map<string, Buffer> {
  const { files, truth } = simulateRun(sample.options);
  const written = new Map<string, Buffer>();
  for (const name of sample.files) {
    const text = files.get(name.replace(/\.gz$/, ""));
    if (text === undefined) {
      throw new Error(`the simulator makes no ${name}; it makes ${[...files.keys()].join(", ")}`);
    }
    written.set(name, name.endsWith(".gz") ? gzipSync(text, { level: 9 }) : Buffer.from(text));
  }
  return written.set("truth.json", Buffer.from(truthDocument(sample.options, truth)));
}

const [folder = "samples"] = process.argv.slice(2);
for (const sample of SAMPLES) {
  const target = join(folder, sample.name);
  mkdirSync(target, { recursive: true });
  for (const [name, bytes] of sampleFiles(sample)) {
    writeFileSync(join(target, name), bytes);
  }
}
