/**
 * Audit log of the API server as JSON lines, also in the `EventList` that its webhook sends, or printed over several lines: audit.k8s.io/v1 (https://kubernetes.io/docs/reference/config-api/apiserver-audit.v1/), and
 * v1beta1 with its single `timestamp`. Used: completed, successful writes to Jobs, Pods and Services. Ignored on purpose: reads, watches,
 * other stages and resources, status updates except those that tie a Job's name to its uid. Files reach gigabytes, so rows that cannot
 * matter are not parsed.
 */

import type { Growing } from "../../model/collections/growing.js";
import { type ApiRequest, WRITE_VERBS, WRITTEN_RESOURCES } from "../../model/event.js";
import type { JsonObject } from "../../model/text/json-object.js";
import { forEachLine } from "../bytes/lines.js";
import { ownText, sharedWord } from "../bytes/shared.js";
import type { TextSource } from "../bytes/text-source.js";
import type { Ingester } from "../ingester.js";
import { JsonDocumentSplitter } from "../json/json-documents.js";
import { asNumber, asObject, asText, parseObject } from "../json/json-fields.js";
import { LineLedger } from "../line-ledger.js";
import type { LineClass, Recorder } from "../recorder.js";
import { epochOf, stampOf } from "../stamps/quick-stamps.js";
import { AuditShapes } from "./audit-shapes.js";
import { eachStamp, isAuditText, mayBeWrite } from "./audit-text.js";

/** Rows at the RequestResponse level carry whole objects [characters]. */
const ROW_LIMIT = 16 * 1024 * 1024;
/** An option in the address of a deletecollection that leaves nothing out and lets nothing stay. */
const PLAIN_OPTION = /^(?:propagationPolicy=Background|(?:gracePeriodSeconds|timeoutSeconds|timeout|pretty)=\w*|\w+=|)$/;
/** In the address of any write: it is only tried out. */
const DRY_RUN = /[?&]dryRun=\w/;
/** API group of each resource used; custom resources share their names. */
const GROUPS: Readonly<Record<ApiRequest["resource"], string>> = { jobs: "batch", pods: "", services: "" };

export const auditLog: Ingester = {
  id: "audit-log",
  documentsStandAlone: true,
  matches: (head) => /"apiVersion"\s{0,9}:\s{0,9}"audit\.k8s\.io\//.test(head),
  async read(source, recorder) {
    recorder.clock = "cluster";
    if (isPrinted(source.head)) return readPrinted(source, recorder);
    const shapes = new AuditShapes();
    const see = (stamp: string): void => recorder.see(epochOf(stamp));
    const cut = await forEachLine(
      source,
      (text, line, terminated) => {
        if (isOfNoUse(text)) {
          recorder.usable = true;
          eachStamp(text, see);
          recorder.count("ignored");
          return;
        }
        const row = shapes.read(text, see);
        if (row !== undefined) {
          recorder.usable = true;
          recorder.count(take(readRequest(row, line, recorder), recorder));
        } else {
          recorder.count(classify(text, line, terminated, recorder));
          shapes.learn(text);
        }
      },
      ROW_LIMIT,
    );
    if (cut > 0) recorder.diagnose("long-line", "warning", { lines: cut, limit: ROW_LIMIT });
  },
};

/** Most rows of a cluster's log, told at once. */
function isOfNoUse(text: string): boolean {
  return text.startsWith("{") && text.endsWith("}") && !mayBeWrite(text) && isAuditText(text);
}

/** The first row goes on after its line: somebody has formatted the file. */
function isPrinted(head: string): boolean {
  const [first = ""] = head.trimStart().split("\n", 1);
  return first.length < head.trim().length && /^[[{]/.test(first) && !/[\]}],?$/.test(first.trimEnd());
}

async function readPrinted(source: TextSource, recorder: Recorder): Promise<void> {
  const ledger = new LineLedger(recorder);
  const splitter = new JsonDocumentSplitter({
    document: (text, first, last) => ledger.mark(classify(text, first, true, recorder), first, last),
    listStart: (line) => ledger.listStart(line),
    listEnd: (line) => ledger.listEnd(line),
    empty: (line) => ledger.mark("ignored", line, line),
    unreadable: (why, first, last) => {
      ledger.mark("unparsed", first, last);
      recorder.diagnose(why === "cut" ? "cut-document" : "unreadable-document", "warning", { line: first }, recorder.evidence(first));
    },
  });
  for await (const chunk of source.chunks) splitter.push(chunk);
  ledger.end(splitter.end());
}

function classify(text: string, line: number, terminated: boolean, recorder: Recorder): LineClass {
  if (text.trim() === "") return "ignored";
  if (!text.trimEnd().endsWith("}") || !isAuditText(text)) return unreadable(text, line, terminated, recorder);
  recorder.usable = true;
  eachStamp(text, (stamp) => recorder.see(epochOf(stamp)));
  if (!mayBeWrite(text)) return "ignored";
  const row = parseObject(text);
  if (!row) return unreadable(text, line, terminated, recorder);
  const requests = (Array.isArray(row.items) ? row.items : [row]).flatMap((item) => readRequest(asObject(item), line, recorder) ?? []);
  for (const request of requests) recorder.emit(request);
  return requests.length > 0 ? "matched" : "ignored";
}

function take(request: ApiRequest | null, recorder: Recorder): LineClass {
  if (request === null) return "ignored";
  recorder.emit(request);
  return "matched";
}

function unreadable(text: string, line: number, terminated: boolean, recorder: Recorder): LineClass {
  const cut = !terminated && text.startsWith("{");
  recorder.diagnose(cut ? "cut-document" : "unreadable-document", "warning", { line }, recorder.evidence(line, text));
  return "unparsed";
}

/** A row as a request, or null where it is none of those used. */
function readRequest(row: JsonObject, line: number, recorder: Recorder): ApiRequest | null {
  const target = asObject(row.objectRef);
  const status = asObject(row.responseStatus);
  const code = asNumber(status.code) ?? 0;
  const resource = WRITTEN_RESOURCES.find((name) => name === target.resource);
  const subresource = asText(target.subresource) || undefined;
  const uid = asText(target.uid) || undefined;
  // What an update or a patch (`kubectl apply --server-side`) makes anew is created.
  const verb = code === 201 ? "create" : WRITE_VERBS.find((name) => name === row.verb);
  if (asText(row.stage) !== "ResponseComplete" || code < 200 || code > 299 || isDryRun(row)) return null;
  if (verb === undefined || resource === undefined || !changesObject(verb, resource, subresource, uid)) return null;
  if (asText(target.apiGroup) !== GROUPS[resource]) return null;
  const received = stampOf(row.requestReceivedTimestamp ?? row.timestamp);
  const completed = stampOf(row.stageTimestamp ?? row.timestamp);
  if (!received || !completed) return null;
  const created = verb === "create" ? asObject(asObject(row.responseObject).metadata) : undefined;
  // Fields that a request may lack come one after the other: to spread them takes ten times as long.
  const request: Growing<Partial<ApiRequest>> = {
    type: "api-request",
    auditId: ownText(asText(row.auditID)),
    verb,
    resource,
    namespace: sharedWord(asText(target.namespace)),
    name: ownText(asText(target.name) || asText(created?.name)),
  };
  const objectUid = uid ?? asText(created?.uid);
  if (objectUid !== "") request.uid = ownText(objectUid);
  if (subresource !== undefined) request.subresource = sharedWord(subresource);
  const whole = request as Growing<ApiRequest>;
  whole.user = sharedWord(asText(asObject(row.impersonatedUser).username) || asText(asObject(row.user).username));
  whole.received = { at: received.at, resolutionMs: received.resolutionMs, clock: "cluster" };
  whole.completed = { at: completed.at, resolutionMs: completed.resolutionMs, clock: "cluster" };
  whole.answeredStatus = status.status === "Success";
  if (verb === "deletecollection" && takesAll(row)) whole.takesAll = true;
  whole.evidence = recorder.evidence(line);
  return whole;
}

/** Whether it was only tried out and changed nothing, as far as its address tells, and its body where the log has it (`kubectl delete --dry-run=server` says so in its body alone). */
function isDryRun({ requestURI, requestObject }: JsonObject): boolean {
  const { dryRun } = asObject(requestObject);
  return DRY_RUN.test(asText(requestURI)) || (Array.isArray(dryRun) && dryRun.length > 0);
}

/**
 * Whether a deletecollection takes all that is there, for good: it leaves none out (by a selector, a part of the list) and lets none stay marked
 * (foreground, orphans), as far as its address tells, and its body where the log has it.
 */
function takesAll({ requestURI, requestObject }: JsonObject): boolean {
  const [path = "", query = ""] = asText(requestURI).split("?", 2);
  const { propagationPolicy = "Background" } = asObject(requestObject);
  return path !== "" && query.split("&").every((option) => PLAIN_OPTION.test(option)) && propagationPolicy === "Background";
}

/** Creations and deletions; of updates and patches those of Jobs: plain ones (a finalizer taken off), status ones only for their uid. */
function changesObject(
  verb: ApiRequest["verb"],
  resource: ApiRequest["resource"],
  subresource: string | undefined,
  uid: string | undefined,
): boolean {
  if (verb === "update" || verb === "patch") {
    return resource === "jobs" && (subresource === undefined || (subresource === "status" && uid !== undefined));
  }
  return subresource === undefined;
}
