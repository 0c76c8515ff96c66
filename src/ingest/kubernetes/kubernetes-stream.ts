import type { Observation } from "../../model/event.js";
import type { Evidence } from "../../model/source.js";
import { isObject, type JsonObject } from "../../model/text/json-object.js";
import type { Instant } from "../../model/time.js";
import type { LineRange } from "../json/document-handler.js";
import { asNumber, asText } from "../json/json-fields.js";
import { LineLedger } from "../line-ledger.js";
import type { LineClass, Recorder } from "../recorder.js";
import { ArrivalPrecision } from "./arrival-stamps.js";
import { CaptureRows } from "./capture-rows.js";
import { declaredLoss, isLogRow } from "./declared-losses.js";
import { type Enclosed, type EnclosedObject, openEnvelope } from "./kubernetes-envelope.js";
import { readKubernetesObject } from "./kubernetes-kinds.js";
import { isPodMetrics, readPodMetrics } from "./kubernetes-metrics.js";

/** A time of arrival as it can be read, for those who stamp otherwise. */
const READABLE = "2026-01-05T08:00:00.123Z";
/** Of a stamp that cannot be read, so much is shown [characters]. */
const MOST_SHOWN = 40;

/** Documents of one source as events, and each of its lines as counted; the same for JSON and YAML. */
export class KubernetesStream {
  private readonly ledger: LineLedger;
  private readonly capture: CaptureRows;
  private readonly arrivals = new ArrivalPrecision();
  private losses = 0;
  /** Last line of a document that could not be read; 0 where there was none. */
  private unreadUntil = 0;

  /** @param parse reads the text of one document; null where it cannot be read */
  constructor(
    private readonly recorder: Recorder,
    private readonly parse: (text: string) => JsonObject | null,
  ) {
    recorder.clock = "cluster";
    this.ledger = new LineLedger(recorder);
    this.capture = new CaptureRows(recorder);
  }

  document(text: string, first: number, last: number, listKind?: string, foreign: readonly LineRange[] = []): void {
    const lineClass = this.classify(this.parse(text), text, first, last, listKind);
    let from = first;
    for (const range of foreign) {
      this.ledger.mark(lineClass, from, range.first - 1);
      this.unreadable("noise", range.first, range.last);
      from = range.last + 1;
    }
    this.ledger.mark(lineClass, from, last);
  }

  parsed(object: JsonObject, first: number, last: number, listKind?: string): void {
    this.ledger.mark(this.classifyObject(object, first, listKind), first, last);
  }

  listStart(line: number): void {
    this.ledger.listStart(line);
  }

  listEnd(line: number, isWhole: boolean): void {
    // A whole List says something even where it is empty; one that breaks off says what its items do.
    if (isWhole) this.recorder.usable = true;
    this.ledger.listEnd(line);
  }

  empty(line: number): void {
    this.recorder.usable = true;
    this.ledger.mark("ignored", line, line);
  }

  unreadable(why: "noise" | "limit" | "cut", first: number, last: number): void {
    this.ledger.mark("unparsed", first, last);
    if (why !== "noise") this.unreadUntil = last;
    const id = { noise: "text-between-documents", limit: "document-too-large", cut: "cut-document" }[why];
    this.recorder.diagnose(id, why === "noise" ? "info" : "warning", { line: first }, this.recorder.evidence(first));
  }

  end(lines: number): void {
    this.ledger.end(lines);
    this.capture.end();
    this.recorder.table.settleArrivals(this.arrivals.commonMs);
    const { wholeSeconds } = this.arrivals;
    if (wholeSeconds > 0) this.recorder.diagnose("arrivals-whole-seconds", "warning", { rows: wholeSeconds });
    if (this.losses > 0) this.recorder.diagnose("declared-losses", "warning", { count: this.losses });
    const { table, counts } = this.recorder;
    // Of a document that could not be read, nobody knows that it listed nothing.
    if (table.length === 0 && this.unreadUntil > 0) this.recorder.usable = false;
    if (!this.recorder.usable) this.recorder.diagnose("no-used-object", "warning", { lines: counts.lines });
    else if (table.length === 0) this.recorder.diagnose("nothing-listed", "info", { lines: counts.lines });
  }

  private classify(parsed: JsonObject | null, text: string, line: number, last: number, listKind: string | undefined): LineClass {
    if (!parsed) {
      this.unreadUntil = last;
      this.recorder.diagnose("unreadable-document", "warning", { line }, this.recorder.evidence(line, text));
      return "unparsed";
    }
    return this.classifyObject(parsed, line, listKind);
  }

  private classifyObject(parsed: JsonObject, line: number, listKind: string | undefined): LineClass {
    if (listKind === undefined && isLogRow(parsed)) {
      this.losses += declaredLoss(parsed);
      return "ignored";
    }
    let lineClass: LineClass = "ignored";
    const found = openEnvelope(parsed, listKind);
    this.checkArrival(parsed, found, line);
    for (const enclosed of found) if (this.take(enclosed, line) === "matched") lineClass = "matched";
    return lineClass;
  }

  /** A row of a watch says when it arrived, but not in a form that tells the moment. */
  private checkArrival({ received, object }: JsonObject, [first]: readonly Enclosed[], line: number): void {
    if (received === undefined || received === null || first === undefined || first.received !== undefined || !isObject(object)) return;
    const text = typeof received === "string" ? received : (JSON.stringify(received) ?? "");
    this.recorder.diagnose("arrivals-unread", "warning", { text: text.slice(0, MOST_SHOWN), form: READABLE }, this.recorder.evidence(line));
  }

  private take(enclosed: Enclosed, line: number): LineClass {
    if (enclosed.type === "capture") {
      this.capture.take(enclosed.row, enclosed.received, line);
      return "matched";
    }
    if (enclosed.received) {
      this.capture.arrive(enclosed.received, enclosed.type === "object" ? enclosed.object : undefined);
      this.arrivals.add(enclosed.received);
    }
    if (enclosed.type === "error") this.watchError(enclosed.status, line);
    if (enclosed.type !== "object") return "ignored";
    const { object, listKind } = enclosed;
    if (isPodMetrics(object)) {
      const samples = readPodMetrics(object, this.recorder.evidence(line));
      for (const sample of samples) this.recorder.emit(sample);
      return samples.length > 0 ? "matched" : "ignored";
    }
    const observation = observationOf(enclosed, this.recorder.evidence(line));
    const event = readKubernetesObject(object, listKind, observation, this.recorder);
    if (!event) return "ignored";
    this.recorder.emit(event);
    if (this.unreadUntil > 0 && enclosed.change !== "listed" && enclosed.change !== "unknown") this.recorder.lostLine = this.unreadUntil;
    return "matched";
  }

  /** The server ended the watch: 410 Gone means that changes were missed. */
  private watchError(status: JsonObject, line: number): void {
    const message = asText(status.message);
    const values = { code: asNumber(status.code) ?? 0, message, line };
    this.recorder.diagnose("watch-error", "warning", values, this.recorder.evidence(line, message));
  }
}

/** With the row's arrival, if that says when what it tells happened; of a deletion that came late at least since when it can have happened. */
function observationOf({ change, received, since, listed }: EnclosedObject, evidence: Evidence): Observation {
  if (received === undefined || listed || (since !== undefined && change !== "DELETED")) {
    return { change, evidence };
  }
  const arrival: Instant = { at: received.at, resolutionMs: received.resolutionMs, clock: "collector" };
  if (since === undefined) return { change, received: arrival, evidence };
  return { change, received: arrival, delayedSince: { at: since.at, resolutionMs: since.resolutionMs, clock: "collector" }, evidence };
}
