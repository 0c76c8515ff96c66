/**
 * Robot Framework's output.xml: version 4 to 6 (`starttime="20130913 16:36:59.721"`) and 7 (`start="2023-12-24T16:36:59.721000" elapsed="0.5"`). Tests are
 * results; messages (`<msg>`) are records of a log without logger names, held against the profile's patterns. Times are local without a zone.
 */
import type { TestResult } from "../../model/event.js";
import type { Instant } from "../../model/time.js";
import type { Ingester } from "../ingester.js";
import { LineLedger } from "../line-ledger.js";
import type { CompiledProfile } from "../log/compiled-profile.js";
import { placeEvent, readMessage } from "../log/log-marks.js";
import type { Recorder } from "../recorder.js";
import { parsePrintedStamp } from "../stamps/stamps.js";
import { emitResult, milliseconds, outcomeOf, resultsOnly } from "../test-results.js";
import { readXml, type XmlElement, type XmlHandler } from "./xml-elements.js";

export const robotXml: Ingester = {
  id: "robot-xml",
  matches: (head) => /^\s*</.test(head) && /<robot\s[^<>]{0,500}>/.test(head),
  async read(source, recorder, profile) {
    recorder.clock = "runner";
    const output = new RobotOutput(recorder, profile);
    const { lines, damagedFrom } = await readXml(source, recorder, output);
    output.ledger.end(lines, damagedFrom);
    if (recorder.table.holdsOnly("test-result")) resultsOnly(recorder);
  },
};

class RobotOutput implements XmlHandler {
  readonly ledger: LineLedger;
  /** Names of the open suites and of the test in them. */
  private readonly path: string[] = [];
  private readonly parents: string[] = [];
  private status: Readonly<Record<string, string>> | undefined;

  constructor(
    private readonly recorder: Recorder,
    private readonly profile: CompiledProfile,
  ) {
    this.ledger = new LineLedger(recorder);
  }

  open({ name, attributes }: XmlElement): void {
    if (name === "suite" || name === "test") this.path.push(attributes.name ?? "");
    // Keywords have a status of their own: the test's stands directly below it.
    if (name === "status" && this.parents.at(-1) === "test") this.status = attributes;
    this.parents.push(name);
  }

  close({ name, attributes, line: first }: XmlElement, text: string, last: number): void {
    this.parents.pop();
    if (name === "msg") this.message(attributes, text, first, last);
    else if (name === "test") this.test(first, last);
    if (name === "suite" || name === "test") this.path.pop();
  }

  private message(attributes: XmlElement["attributes"], text: string, first: number, last: number): void {
    const at = instantOf(attributes.timestamp ?? attributes.time);
    if (!at) return;
    this.recorder.see(at.at);
    const reading = { logger: "", variant: "robot", message: text, text };
    const { lineClass, events } = readMessage(reading, first, this.recorder, this.profile);
    for (const event of events) this.recorder.emit(placeEvent(event, at.at, at.resolutionMs));
    this.ledger.mark(lineClass, first, last);
  }

  private test(first: number, last: number): void {
    const status = this.status;
    this.status = undefined;
    const outcome = outcomeOf(status?.status ?? "");
    if (status === undefined || outcome === undefined) return;
    const started = instantOf(status.starttime ?? status.start);
    const ended = instantOf(status.endtime);
    const durationMs = milliseconds(status.elapsed) ?? (started && ended ? ended.at - started.at : undefined);
    const result: TestResult = {
      type: "test-result",
      nodeId: this.path.join("."),
      outcome,
      ...(started ? { started } : {}),
      ...(durationMs === undefined ? {} : { durationMs }),
      evidence: this.recorder.evidence(first),
    };
    if (started) this.recorder.see(started.at);
    emitResult(this.recorder, result);
    this.ledger.mark("matched", last, last);
  }
}

function instantOf(text: string | undefined): Instant | undefined {
  const stamp = text === undefined ? undefined : parsePrintedStamp(text);
  return stamp && { at: stamp.at, resolutionMs: stamp.resolutionMs, clock: "runner" };
}
