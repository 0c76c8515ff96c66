/**
 * JUnit XML in its dialects (pytest, Ant, Surefire, mocha, Jest). A test case has a duration and no start: none is made up by adding durations. The
 * suite's `timestamp` has no zone (older pytest), a zone (newer), or is RFC 1123 (mocha); it says when the report's time begins, in nobody's known
 * clock, so it is not used.
 */
import type { TestResult } from "../../model/event.js";
import type { Ingester } from "../ingester.js";
import { LineLedger } from "../line-ledger.js";
import type { Recorder } from "../recorder.js";
import { emitResult, milliseconds, resultsOnly } from "../test-results.js";
import { readXml, type XmlElement, type XmlHandler } from "./xml-elements.js";

const OUTCOMES: Readonly<Record<string, TestResult["outcome"]>> = { failure: "failed", error: "error", skipped: "skipped" };

export const junitXml: Ingester = {
  id: "junit-xml",
  matches: (head) => /^\s*</.test(head) && /<testsuites?[\s/>]/.test(head),
  async read(source, recorder) {
    const cases = new TestCases(recorder);
    const { lines, damagedFrom } = await readXml(source, recorder, cases);
    cases.ledger.end(lines, damagedFrom);
    resultsOnly(recorder);
  },
};

class TestCases implements XmlHandler {
  readonly ledger: LineLedger;
  private outcome: TestResult["outcome"] = "passed";
  private inCase = false;

  constructor(private readonly recorder: Recorder) {
    this.ledger = new LineLedger(recorder);
  }

  open({ name }: XmlElement): void {
    if (name === "testcase") {
      this.inCase = true;
      this.outcome = "passed";
    } else if (this.inCase) this.outcome = OUTCOMES[name] ?? this.outcome;
  }

  close({ name, attributes, line: first }: XmlElement, _text: string, last: number): void {
    if (name !== "testcase") return;
    this.inCase = false;
    const nodeId = [attributes.classname, attributes.name].filter((part) => part !== undefined && part !== "").join(".");
    const durationMs = milliseconds(attributes.time);
    emitResult(this.recorder, {
      type: "test-result",
      nodeId,
      outcome: this.outcome,
      ...(durationMs === undefined ? {} : { durationMs }),
      evidence: this.recorder.evidence(first),
    });
    this.ledger.mark("matched", first, last);
  }
}
