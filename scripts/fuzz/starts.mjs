/** Starting points of the fuzzer: the samples, whole where they are small, else a slice of some lines. */
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";

const SLICE = 6000;
const NOT_INPUT = /README|truth\.json|claims\.yaml|\.py$/;

/** @param {string} folder @returns {string[]} */
function filesUnder(folder) {
  return readdirSync(folder)
    .sort()
    .flatMap((name) => {
      const path = join(folder, name);
      return statSync(path).isDirectory() ? filesUnder(path) : [path];
    });
}

/** @param {string} folder the samples @returns {Buffer[]} */
export function startingPoints(folder) {
  return filesUnder(folder)
    .filter((path) => !NOT_INPUT.test(path))
    .flatMap((path) => {
      const stored = readFileSync(path);
      const bytes = path.endsWith(".gz") ? gunzipSync(stored) : stored;
      if (bytes.length <= 2 * SLICE) return [bytes];
      // The beginning and a piece of the middle, each from the start of a line.
      const middle = bytes.indexOf("\n", Math.floor(bytes.length / 2)) + 1;
      return [bytes.subarray(0, SLICE), bytes.subarray(middle, middle + SLICE)];
    });
}
