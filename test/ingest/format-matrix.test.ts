import { readdirSync, readFileSync } from "node:fs";
import { beforeAll, describe, expect, test } from "vitest";
import { openTextSource } from "../../src/ingest/bytes/text-source.js";
import { detectFormat } from "../../src/ingest/detect.js";
import { FORMATS } from "../../src/ingest/formats.js";
import { type CompiledProfile, compileProfile } from "../../src/ingest/log/compiled-profile.js";
import { Recorder } from "../../src/ingest/recorder.js";
import { OTHER_OUTPUT, UNUSABLE } from "../../src/ingest/unusable.js";
import { loadProfile } from "../../src/profiles/load-profile.js";
import { encode } from "./encodings.js";
import { ENCODINGS, FORMAT_MATRIX, withFormatTable } from "./format-matrix.js";
import { inSteps, physicalLines } from "./support.js";

let profile: CompiledProfile;
beforeAll(async () => {
  profile = compileProfile((await loadProfile("focus-server")).profile);
});

async function read(bytes: Buffer) {
  const source = await openTextSource("sample", inSteps(bytes, 1000));
  const format = detectFormat(source.head, profile);
  const recorder = new Recorder(0, "sample");
  await format.read(source, recorder, profile);
  const { counts, events, diagnostics, from, to } = recorder;
  return { format: format.id, counts, events, diagnostics, from, to };
}

describe.each(FORMAT_MATRIX)("$format: $envelope ($sample)", ({ format, sample, events }) => {
  const text = readFileSync(`samples/${sample}`, "utf8");

  test("is recognised by its content, and all of it is read", async () => {
    const found = await read(Buffer.from(text));
    expect(found.format).toBe(format);
    if (events === "some") expect(found.events).not.toEqual([]);
    else expect(found.events).toHaveLength(events);
    expect(found.counts.lines).toBe(physicalLines(text));
    expect(found.counts.matched + found.counts.ignored + found.counts.unparsed).toBe(found.counts.lines);
  });

  test.each(ENCODINGS)("says the same in %s", async (encoding) => {
    expect(await read(encode(text, encoding))).toEqual(await read(Buffer.from(text)));
  });
});

test("every reader has a row, and every sample of an envelope is in one", () => {
  const formats = new Set(FORMAT_MATRIX.map(({ format }) => format));
  // A report is made by the report's own tests, what is packed is no text (unusable.test.ts); what nobody knows has no format.
  const others = ["postrun-report", "archive", "compressed"];
  const readers = [...FORMATS, ...UNUSABLE, ...OTHER_OUTPUT].map(({ id }) => id).filter((id) => !others.includes(id));
  expect(readers.filter((id) => !formats.has(id))).toEqual([]);
  const samples = new Set(FORMAT_MATRIX.map(({ sample }) => sample));
  const stored = readdirSync("samples/envelopes").filter((name) => name !== "README.md");
  expect(stored.filter((name) => !samples.has(`envelopes/${name}`))).toEqual([]);
});

test("the table in docs/formats.md is the one of this list", () => {
  const document = readFileSync("docs/formats.md", "utf8");
  expect(withFormatTable(document) === document, "run node scripts/write-format-table.mjs").toBe(true);
});
