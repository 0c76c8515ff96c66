/** What the fuzzer runs each input through. The modules come from outside: dist/ for the script, src/ for the tests. */
import { Readable } from "node:stream";

/**
 * @typedef {object} Modules
 * @property {typeof import("../../src/ingest/bytes/text-source.js").openTextSource} openTextSource
 * @property {typeof import("../../src/ingest/detect.js").detectFormat} detectFormat
 * @property {typeof import("../../src/ingest/recorder.js").Recorder} Recorder
 * @property {typeof import("../../src/ingest/log/compiled-profile.js").compileProfile} compileProfile
 * @property {typeof import("../../src/profiles/load-profile.js").loadProfile} loadProfile
 * @property {typeof import("../../src/postrun.js").analyze} analyze
 * @property {typeof import("../../src/model/errors.js").PostrunError} PostrunError
 */

/** A log that shares its Job with the samples, so that an analysis has two sides. */
const COMPANION = "samples/envelopes/runner.log";
/** @type {import("../../src/postrun.js").AnalyzeOptions["frame"]} */
const FRAME = {
  tool: { name: "postrun", version: "fuzz" },
  generatedAt: "2026-01-01T00:00:00.000Z",
  title: null,
  labels: {},
  command: "fuzz",
};

/** @param {Buffer} bytes */
async function* stored(bytes) {
  for (let at = 0; at < bytes.length; at += 5000) yield bytes.subarray(at, at + 5000);
}

/** @param {Modules} modules */
export async function makeSubject({ openTextSource, detectFormat, Recorder, compileProfile, loadProfile, analyze, PostrunError }) {
  const profile = await loadProfile("focus-server");
  const compiled = compileProfile(profile.profile);

  /** Physical lines of the decoded text. @param {Buffer} bytes */
  async function physicalLines(bytes) {
    const source = await openTextSource("fuzz", stored(bytes));
    let lines = 0;
    let open = false;
    for await (const chunk of source.chunks) {
      for (let at = chunk.indexOf("\n"); at !== -1; at = chunk.indexOf("\n", at + 1)) lines += 1;
      if (chunk !== "") open = !chunk.endsWith("\n");
    }
    return lines + (open ? 1 : 0);
  }

  return {
    /** Reads an input; throws where its lines are not all counted once. @param {Buffer} bytes @returns {Promise<string>} the format */
    async read(bytes) {
      const source = await openTextSource("fuzz", stored(bytes));
      const format = detectFormat(source.head, compiled);
      const recorder = new Recorder(0, "fuzz");
      await format.read(source, recorder, compiled);
      const { lines, matched, ignored, unparsed } = recorder.counts;
      const expected = await physicalLines(bytes);
      if (lines !== expected || matched + ignored + unparsed !== lines || Math.min(matched, ignored, unparsed) < 0) {
        throw new Error(`${format.id}: counts ${JSON.stringify(recorder.counts)} for ${expected} lines`);
      }
      return format.id;
    },
    /** The whole analysis; only an expected problem may be thrown, and is swallowed. @param {Buffer} bytes */
    async analyze(bytes) {
      try {
        const stdin = Readable.from(stored(bytes));
        const { sources } = await analyze({ inputs: ["-", COMPANION], stdin, profile, frame: FRAME });
        for (const { path, lines, matched, ignored, unparsed } of sources) {
          if (matched + ignored + unparsed !== lines) throw new Error(`${path}: ${matched} + ${ignored} + ${unparsed} is not ${lines}`);
        }
      } catch (error) {
        if (!(error instanceof PostrunError)) throw error;
      }
    },
  };
}
