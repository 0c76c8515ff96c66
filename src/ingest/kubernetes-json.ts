/**
 * Kubernetes objects as JSON, as kubectl and the API write them (1.8 to 1.32): Lists, typed lists, bare arrays, single objects, documents one
 * after the other, and watch rows `{type, object}`, also with the time of arrival (`{received, type, object}`).
 * Used: Jobs (batch), Pods, Events (core and events.k8s.io). Other kinds, `managedFields` and bookmarks are ignored on purpose.
 */
import type { Observation, TimelineEvent } from "../model/event.js";
import type { EpochMs } from "../model/time.js";
import type { Ingester } from "./ingester.js";
import { type DocumentHandler, JsonDocumentSplitter } from "./json-documents.js";
import { asNumber, asObject, asStamp, asText, isObject, type JsonObject, parseObject } from "./json-fields.js";
import { readClusterEvent } from "./kubernetes-event.js";
import { readJob } from "./kubernetes-job.js";
import { readPod } from "./kubernetes-pod.js";
import { LineLedger } from "./line-ledger.js";
import { startsWithStamp } from "./log-record.js";
import type { LineClass, Recorder } from "./recorder.js";

type ObjectReader = (object: JsonObject, observation: Observation, recorder: Recorder) => TimelineEvent | null;

/** By kind; the group keeps other kinds of the same name away. */
const READERS: ReadonlyMap<string, { readonly group: RegExp; readonly read: ObjectReader }> = new Map([
  ["Job", { group: /^batch\//, read: readJob }],
  ["Pod", { group: /^v1$/, read: readPod }],
  ["Event", { group: /^(?:v1|events\.k8s\.io\/.+)$/, read: readClusterEvent }],
]);
const CHANGES: ReadonlySet<string> = new Set(["ADDED", "MODIFIED", "DELETED"]);

/** Valid answers that hold nothing. */
const EMPTY = /^\s*(?:null|\[\s*\])\s*$/;
const API_OBJECT = /"apiVersion"\s{0,9}:\s{0,9}"/;
const ITEMS = /"items"\s{0,9}:\s{0,9}\[/;

export const kubernetesJson: Ingester = {
  id: "kubernetes-json",
  matches: (head) => EMPTY.test(head) || ((API_OBJECT.test(head) || ITEMS.test(head)) && isMostlyJson(head)),
  async read(source, recorder) {
    recorder.clock = "cluster";
    const reader = new ObjectStream(recorder);
    const splitter = new JsonDocumentSplitter(reader);
    for await (const chunk of source.chunks) splitter.push(chunk);
    reader.end(splitter.end());
    if (!recorder.usable) recorder.diagnose("no-used-object", "warning", { lines: recorder.counts.lines });
  },
};

/** Documents begin lines more often than stamps do: a log may hold JSON bodies, and a capture a line of noise. */
function isMostlyJson(head: string): boolean {
  let documents = 0;
  let stamped = 0;
  for (const line of head.split("\n")) {
    if (/^\s{0,9}[[{]/.test(line)) documents += 1;
    else if (startsWithStamp(line)) stamped += 1;
  }
  return documents > 0 && documents >= stamped;
}

class ObjectStream implements DocumentHandler {
  private readonly ledger: LineLedger;
  private arrived: { from: EpochMs; to: EpochMs } | undefined;

  constructor(private readonly recorder: Recorder) {
    this.ledger = new LineLedger(recorder);
  }

  document(text: string, first: number, last: number, listKind?: string): void {
    this.ledger.mark(this.classify(text, first, listKind), first, last);
  }

  listStart(line: number): void {
    this.recorder.usable = true;
    this.ledger.listStart(line);
  }

  listEnd(line: number): void {
    this.ledger.listEnd(line);
  }

  empty(line: number): void {
    this.recorder.usable = true;
    this.ledger.mark("ignored", line, line);
  }

  unreadable(why: "noise" | "limit" | "cut", first: number, last: number): void {
    this.ledger.mark("unparsed", first, last);
    const id = { noise: "text-between-documents", limit: "document-too-large", cut: "cut-document" }[why];
    this.recorder.diagnose(id, why === "noise" ? "info" : "warning", { line: first }, this.recorder.evidence(first));
  }

  /** Where arrivals are stamped they are the coverage: they also say how long nothing happened. */
  end(lines: number): void {
    this.ledger.end(lines);
    if (!this.arrived) return;
    this.recorder.from = this.arrived.from;
    this.recorder.to = this.arrived.to;
    this.recorder.clock = "collector";
  }

  private classify(text: string, line: number, listKind: string | undefined): LineClass {
    const parsed = parseObject(text);
    if (!parsed) {
      this.recorder.diagnose("unreadable-document", "warning", { line }, this.recorder.evidence(line, text));
      return "unparsed";
    }
    const type = asText(parsed.type);
    if (!isObject(parsed.object)) {
      return this.object(parsed, listKind ?? "", {
        change: listKind === undefined ? "unknown" : "listed",
        evidence: this.recorder.evidence(line),
      });
    }
    const received = asStamp(parsed.received);
    if (received)
      this.arrived = {
        from: Math.min(this.arrived?.from ?? received.at, received.at),
        to: Math.max(this.arrived?.to ?? received.at, received.at),
      };
    if (type === "ERROR") return this.watchError(parsed.object, line);
    if (!CHANGES.has(type)) return "ignored";
    return this.object(parsed.object, "", {
      change: type as Observation["change"],
      ...(received ? { received: { ...received, clock: "collector" } } : {}),
      evidence: this.recorder.evidence(line),
    });
  }

  private object(object: JsonObject, listKind: string, observation: Observation): LineClass {
    const kind = asText(object.kind) || listKind.replace(/List$/, "") || kindByShape(object);
    const reader = READERS.get(kind);
    const apiVersion = asText(object.apiVersion);
    if (!reader || (apiVersion !== "" && !reader.group.test(apiVersion))) return "ignored";
    const event = reader.read(object, observation, this.recorder);
    if (!event) return "ignored";
    this.recorder.emit(event);
    return "matched";
  }

  /** The server ended the watch: 410 Gone means that changes were missed. */
  private watchError(status: JsonObject, line: number): LineClass {
    const message = asText(status.message);
    this.recorder.diagnose(
      "watch-error",
      "warning",
      { code: asNumber(status.code) ?? 0, message, line },
      this.recorder.evidence(line, message),
    );
    return "ignored";
  }
}

/** Kind of an item that names none, in a List that has not named its own yet (kubectl sorts `items` before `kind`). */
function kindByShape(object: JsonObject): string {
  if (isObject(object.involvedObject) || isObject(object.regarding)) return "Event";
  const spec = asObject(object.spec);
  if (Array.isArray(spec.containers)) return "Pod";
  return isObject(spec.template) && object.status !== undefined && isJobSpec(spec) ? "Job" : "";
}

/** Deployments and the like have a template too; only a Job has these beside it. */
function isJobSpec(spec: JsonObject): boolean {
  return ["backoffLimit", "completions", "parallelism"].some((field) => spec[field] !== undefined) && spec.replicas === undefined;
}
