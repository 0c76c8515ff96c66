import { describe, expect, test } from "vitest";
import { inputOf } from "../../scripts/fuzz/mutations.mjs";
import { fuzz } from "../../scripts/fuzz/session.mjs";
import { startingPoints } from "../../scripts/fuzz/starts.mjs";
import { makeSubject } from "../../scripts/fuzz/subject.mjs";
import { openTextSource } from "../../src/ingest/bytes/text-source.js";
import { detectFormat } from "../../src/ingest/detect.js";
import { compileProfile } from "../../src/ingest/log/compiled-profile.js";
import { Recorder } from "../../src/ingest/recorder.js";
import { PostrunError } from "../../src/model/errors.js";
import { analyze } from "../../src/postrun.js";
import { loadProfile } from "../../src/profiles/load-profile.js";

const starts = startingPoints("samples");

describe("the fuzzer", () => {
  test("makes the same input of the same seed and number, and another of another", () => {
    const { bytes, applied } = inputOf(starts, 7, 3);
    expect(inputOf(starts, 7, 3)).toEqual({ bytes, applied });
    expect(inputOf(starts, 8, 3).bytes.equals(bytes)).toBe(false);
  });

  test("finds nothing in 500 inputs: no crash, no hang, no line lost or counted twice", async () => {
    const subject = await makeSubject({ openTextSource, detectFormat, Recorder, compileProfile, loadProfile, analyze, PostrunError });
    const { findings, formats } = await fuzz({ starts, seed: 277, from: 0, count: 500, analyzeEvery: 10, subject });
    expect(findings.map(({ number, what, applied }) => `${number} (${applied.join(", ")}): ${what}`)).toEqual([]);
    expect(Object.keys(formats).length).toBeGreaterThan(5);
  }, 120_000);

  test("would tell of a crash and of a lost line", async () => {
    const subject = {
      read: () => Promise.reject(new TypeError("no such property")),
      analyze: () => Promise.resolve(),
    };
    const { findings } = await fuzz({ starts, seed: 1, from: 0, count: 2, analyzeEvery: 1, subject });
    expect(findings.map(({ number }) => number)).toEqual([0, 1]);
    expect(findings[0]?.what).toContain("no such property");
  });
});
