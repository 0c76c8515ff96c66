import { expect, test } from "vitest";
import { READ_ALL } from "../../../src/ingest/json/json-skeleton.js";
import { WholeDocuments } from "../../../src/ingest/json/whole-documents.js";

test("a line without end is searched for its end a few times, not once for each of its thousands of documents", () => {
  const whole = new WholeDocuments(new Set(["items"]), { characters: 1 << 24, brackets: 500 }, READ_ALL);
  const text = '{"a":[]}'.repeat(40_000);
  const answers = Array.from({ length: 40_000 }, (_, index) => whole.read(text, index * 8, false));
  expect(answers.filter((answer) => answer === "cut").length).toBeLessThan(10);
});
