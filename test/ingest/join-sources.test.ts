import { expect, test } from "vitest";
import type { FileReading } from "../../src/ingest/files/read-file.js";
import { joinSources } from "../../src/ingest/join-sources.js";
import type { ReadingNote } from "../../src/ingest/recorder.js";

const summary = (path: string) => ({
  path,
  sha256: path,
  format: "x",
  encoding: "utf-8",
  bytes: 0,
  lines: 0,
  matched: 0,
  ignored: 0,
  unparsed: 0,
  from: null,
  to: null,
  clock: null,
});
const note = (id: string, source?: number): ReadingNote => ({
  ...(source === undefined ? {} : { source }),
  diagnostic: { id, severity: "info", count: 1, values: {}, examples: source === undefined ? [] : [{ source, line: 1 }] },
});
const reading = (path: string, more: Partial<FileReading> = {}): FileReading => ({
  summary: summary(path),
  contentSha256: path,
  isValidText: true,
  usable: true,
  events: [],
  hints: [],
  diagnostics: [],
  ...more,
});

test("what a written timeline says stands behind the files, in their places, but for what it says of one that was read itself", () => {
  const embedded = {
    sources: [summary("a"), undefined, summary("b")],
    hints: [],
    notes: [note("of-a", 0), note("of-b", 2), note("of-all")],
  };
  const { sources, notes } = joinSources([reading("a"), reading("timeline", { embedded })]);
  expect(sources.map(({ path }) => path)).toEqual(["a", "timeline", "b"]);
  expect(notes).toEqual([note("of-b", 2), note("of-all")]);
});

test("it may say more than a call has arguments", () => {
  const embedded = { sources: [summary("a")], hints: [], notes: Array.from({ length: 150_000 }, () => note("of-a", 0)) };
  expect(joinSources([reading("timeline", { embedded })]).notes).toHaveLength(150_000);
});
