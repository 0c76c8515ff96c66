import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { auditLog } from "../../../src/ingest/readers/audit-log.js";
import { readWith } from "../support.js";

const deletion = {
  kind: "Event",
  apiVersion: "audit.k8s.io/v1",
  level: "Metadata",
  auditID: "a1",
  stage: "ResponseComplete",
  verb: "delete",
  user: { username: "system:serviceaccount:default:job-cleanup" },
  objectRef: { resource: "jobs", namespace: "default", name: "grpc-job-1-1730", apiGroup: "batch", apiVersion: "v1" },
  responseStatus: { metadata: {}, status: "Success", code: 200 },
  requestReceivedTimestamp: "2026-11-23T12:04:30.124062Z",
  stageTimestamp: "2026-11-23T12:04:30.131783Z",
};
const second = Date.parse("2026-11-23T12:04:30Z");

async function read(...rows: unknown[]) {
  return readWith(auditLog, rows.map((row) => (typeof row === "string" ? row : JSON.stringify(row))).join("\n"));
}

describe("audit log", () => {
  test("a deletion says who, what, and when to the microsecond", async () => {
    const { events, counts } = await read(deletion);
    expect(events).toEqual([
      {
        type: "api-request",
        auditId: "a1",
        verb: "delete",
        resource: "jobs",
        namespace: "default",
        name: "grpc-job-1-1730",
        user: "system:serviceaccount:default:job-cleanup",
        received: { at: second + 124.062, resolutionMs: 0.001, clock: "cluster" },
        completed: { at: second + 131.783, resolutionMs: 0.001, clock: "cluster" },
        answeredStatus: true,
        evidence: { source: 0, line: 1 },
      },
    ]);
    expect(counts).toEqual({ lines: 1, matched: 1, ignored: 0, unparsed: 0 });
  });

  test("reads, other stages, refusals, other resources and groups are ignored, but their times are coverage", async () => {
    const { events, counts, from, to } = await read(
      { ...deletion, verb: "list", requestReceivedTimestamp: "2026-11-23T12:00:00.000000Z" },
      { ...deletion, stage: "RequestReceived" },
      { ...deletion, responseStatus: { code: 404 } },
      { ...deletion, objectRef: { resource: "secrets" } },
      { ...deletion, objectRef: { ...deletion.objectRef, apiGroup: "batch.volcano.sh" } },
      { ...deletion, objectRef: undefined },
      { ...deletion, verb: "get", stageTimestamp: "2026-11-23T13:00:00.000000Z" },
    );
    expect(events).toEqual([]);
    expect(counts).toEqual({ lines: 7, matched: 0, ignored: 7, unparsed: 0 });
    expect([from, to]).toEqual([Date.parse("2026-11-23T12:00:00Z"), Date.parse("2026-11-23T13:00:00Z")]);
  });

  test("a status update counts where it ties a Job's name to its uid; a plain patch always", async () => {
    const status = { ...deletion, verb: "update", objectRef: { ...deletion.objectRef, subresource: "status" } };
    const { events } = await read(
      status,
      { ...status, objectRef: { ...status.objectRef, uid: "u1" } },
      { ...deletion, verb: "patch" },
      { ...deletion, verb: "patch", objectRef: { resource: "pods", subresource: "status", uid: "u2" } },
    );
    expect(events).toMatchObject([{ verb: "update", uid: "u1", subresource: "status" }, { verb: "patch" }]);
  });

  test("a patch that makes an object anew (server-side apply) is a creation", async () => {
    const { events } = await read({ ...deletion, verb: "patch", responseStatus: { code: 201 } });
    expect(events).toMatchObject([{ verb: "create" }]);
  });

  test("a name that only the response has is taken from there, and deletecollection has none", async () => {
    const pods = { resource: "pods", namespace: "default" };
    const { events } = await read(
      { ...deletion, verb: "create", objectRef: pods, responseObject: { metadata: { name: "p-x1", uid: "u3" } } },
      { ...deletion, verb: "deletecollection", objectRef: pods },
    );
    expect(events).toMatchObject([{ name: "p-x1", uid: "u3" }, { name: "" }]);
  });

  test("deletecollection takes all that is there where neither its address nor its body leaves any out or lets any stay", async () => {
    const jobs = { resource: "jobs", namespace: "default", apiGroup: "batch" };
    const uri = "/apis/batch/v1/namespaces/default/jobs";
    const takesAll = async (fields: object) => {
      const [event] = (await read({ ...deletion, verb: "deletecollection", objectRef: jobs, ...fields })).events;
      return event?.type === "api-request" && event.takesAll === true;
    };
    for (const query of ["", "?", "?propagationPolicy=Background&gracePeriodSeconds=0", "?labelSelector=&timeout=30s&pretty=true"])
      expect([query, await takesAll({ requestURI: `${uri}${query}` })]).toEqual([query, true]);
    const partial = ["labelSelector=app%3Dx", "fieldSelector=metadata.name%3Dx", "limit=500", "continue=abc", "constructor=1"];
    for (const query of [...partial, "propagationPolicy=Foreground", "propagationPolicy=Orphan", "orphanDependents=true"])
      expect([query, await takesAll({ requestURI: `${uri}?pretty=true&${query}` })]).toEqual([query, false]);
    expect(await takesAll({ requestURI: uri, requestObject: { kind: "DeleteOptions", propagationPolicy: "Background" } })).toBe(true);
    expect(await takesAll({ requestURI: uri, requestObject: { kind: "DeleteOptions", propagationPolicy: "Foreground" } })).toBe(false);
    expect(await takesAll({})).toBe(false);
    expect(await takesAll({ verb: "delete", requestURI: uri })).toBe(false);
  });

  test.each(["create", "update", "patch", "delete", "deletecollection"])("%s that was only tried out changed nothing", async (verb) => {
    const uri = "/apis/batch/v1/namespaces/default/jobs/grpc-job-1-1730";
    const count = async (fields: object) => (await read({ ...deletion, verb, ...fields })).events.length;
    expect(await count({ requestURI: `${uri}?fieldManager=dryRun&pretty=true` })).toBe(1);
    expect(await count({ requestURI: `${uri}?dryRun=All` })).toBe(0);
    expect(await count({ requestURI: `${uri}?pretty=true&dryRun=All&timeout=30s` })).toBe(0);
    expect(await count({ requestURI: uri, requestObject: { kind: "DeleteOptions", dryRun: ["All"] } })).toBe(0);
    expect(await count({ requestURI: uri, requestObject: { kind: "DeleteOptions", dryRun: [] } })).toBe(1);
  });

  test("the single timestamp of v1beta1 is received and completed", async () => {
    const { requestReceivedTimestamp: _received, stageTimestamp: _stage, ...row } = deletion;
    const { events } = await read({ ...row, apiVersion: "audit.k8s.io/v1beta1", timestamp: "2026-11-23T12:04:30Z" });
    expect(events).toMatchObject([{ received: { at: second, resolutionMs: 1000 }, completed: { at: second } }]);
  });

  test("a cut last row is told and unparsed", async () => {
    const { counts, diagnostics } = await read(deletion, "", JSON.stringify(deletion).slice(0, 100));
    expect(counts).toEqual({ lines: 3, matched: 1, ignored: 1, unparsed: 1 });
    expect(diagnostics).toMatchObject([{ id: "cut-document", values: { line: 3 } }]);
  });
});

describe("the samples of an audit log", () => {
  const facts = async (name: string) =>
    (await readWith(auditLog, readFileSync(`samples/envelopes/${name}`))).events.map((event) =>
      event.type === "api-request" ? [event.verb, event.resource, event.name, event.user] : [],
    );

  test("count completed successes alone: no 403, no 404, no row of another stage", async () => {
    expect(await facts("audit-v1.log")).toEqual([
      ["create", "jobs", "grpc-job-1-1730", "qa-runner"],
      ["create", "pods", "grpc-job-1-1730-x7k2p", "system:serviceaccount:kube-system:job-controller"],
      ["delete", "jobs", "grpc-job-1-1730", "system:serviceaccount:default:job-cleanup"],
      ["deletecollection", "jobs", "", "admin"],
    ]);
  });

  test.each(["audit-v1beta1.log", "audit-webhook.jsonl", "audit-printed.json"])("%s says the same", async (name) => {
    expect(await facts(name)).toEqual(await facts("audit-v1.log"));
  });

  test("a log of requests that were received and never answered has times and no request", async () => {
    const { events, counts, from } = await read({ ...deletion, stage: "RequestReceived", responseStatus: undefined });
    expect([events, counts.ignored, from]).toEqual([[], 1, second + 124.062]);
  });
});
