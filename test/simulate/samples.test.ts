import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { SAMPLES } from "../../src/simulate/sample-list.js";
import { simulateRun } from "../../src/simulate/simulate-run.js";
import { truthDocument } from "../../src/simulate/truth-document.js";

describe("the simulated samples", () => {
  for (const sample of SAMPLES) {
    it(`samples/${sample.name} is what the simulator writes today`, () => {
      const { files, truth } = simulateRun(sample.options);
      for (const name of sample.files) {
        const stored = readFileSync(`samples/${sample.name}/${name}`);
        const text = (name.endsWith(".gz") ? gunzipSync(stored) : stored).toString("utf8");
        // A plain comparison: a difference of megabytes would be of no use to anyone.
        expect(text === files.get(name.replace(/\.gz$/, "")), `${name} differs; run write-samples`).toBe(true);
      }
      expect(readFileSync(`samples/${sample.name}/truth.json`, "utf8") === truthDocument(sample.options, truth)).toBe(true);
    });
  }
});
