import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { EventTable, plainEvent, unpackEvents } from "../../../src/ingest/event-table/event-table.js";
import { Texts } from "../../../src/ingest/event-table/texts.js";
import type { TimelineEvent } from "../../../src/model/event.js";
import type { ClockId } from "../../../src/model/time.js";

/** Of the table; a written timeline has events of others too. */
const SOURCE = 1;
const HERE = { source: SOURCE, linesBefore: 0 };

/** Any text: names, long texts, Hebrew, emoji cut in two. */
const text = fc.oneof(
  fc.string(),
  fc.string({ unit: "binary", maxLength: 20 }),
  fc.constantFrom("", "grpc-job-1-1", "חקירה", "\ud83d", "__proto__"),
);
const number = fc.double({ noNaN: true });
const time = fc.double({ noNaN: true, min: -1e13, max: 1e13 });
const instant = fc.record({
  at: time,
  resolutionMs: fc.constantFrom(0.001, 1, 1000),
  clock: fc.constantFrom<ClockId>("cluster", "collector:2", "node:a"),
});
const evidence = fc.record({ source: fc.nat(2), line: fc.nat(), text }, { requiredKeys: ["source", "line"] });
const texts = fc.dictionary(text, text, { maxKeys: 3 });
const observation = {
  change: fc.constantFrom("ADDED", "MODIFIED", "DELETED", "listed", "unknown"),
  received: instant,
  delayedSince: instant,
  evidence,
};
const identity = {
  namespace: text,
  name: text,
  uid: text,
  createdAt: time,
  resourceVersion: number,
  deletionTimestamp: time,
  deletionGracePeriodMs: number,
};
const needed = ["namespace", "name", "uid", "createdAt"] as const;

const job = fc.record(
  {
    ...identity,
    startTime: time,
    completionTime: time,
    completedAt: time,
    failedAt: time,
    failedReason: text,
    ttlMsAfterFinished: number,
    backoffLimit: number,
    bySchedule: fc.constant(true),
    active: number,
    ended: number,
    images: fc.array(text, { maxLength: 3 }),
    env: texts,
    labels: texts,
  },
  { requiredKeys: [...needed, "active", "images", "env", "labels"] },
);
const pod = fc.record(
  {
    ...identity,
    ownerUid: text,
    ownerName: text,
    orphaned: fc.constant(true),
    phase: text,
    node: text,
    startedAt: time,
    finishedAt: time,
    scheduledAt: time,
    readyAt: time,
  },
  { requiredKeys: [...needed, "phase"] },
);
const seen = ["type", "change", "evidence"] as const;
const event = fc.oneof(
  fc.record({ type: fc.constant("job"), ...observation, job }, { requiredKeys: [...seen, "job"] }),
  fc.record({ type: fc.constant("pod"), ...observation, pod }, { requiredKeys: [...seen, "pod"] }),
  fc.record(
    {
      type: fc.constant("cluster-event"),
      uid: text,
      reason: text,
      message: text,
      involved: fc.record({ kind: text, namespace: text, name: text, uid: text }),
      first: instant,
      firstFrom: fc.constantFrom("name", "eventTime", "firstTimestamp", "creationTimestamp"),
      last: instant,
      count: fc.nat(),
      createdAt: time,
      resourceVersion: number,
      received: instant,
      host: text,
      evidence,
    },
    { requiredKeys: ["type", "uid", "reason", "message", "involved", "first", "firstFrom", "last", "count", "createdAt", "evidence"] },
  ),
  fc.record(
    {
      type: fc.constant("api-request"),
      auditId: text,
      verb: fc.constantFrom("create", "update", "patch", "delete", "deletecollection"),
      resource: fc.constantFrom("jobs", "pods", "services"),
      namespace: text,
      name: text,
      uid: text,
      subresource: text,
      user: text,
      received: instant,
      completed: instant,
      answeredStatus: fc.boolean(),
      takesAll: fc.constant(true),
      evidence,
    },
    {
      requiredKeys: [
        "type",
        "auditId",
        "verb",
        "resource",
        "namespace",
        "name",
        "user",
        "received",
        "completed",
        "answeredStatus",
        "evidence",
      ],
    },
  ),
  fc.record({
    type: fc.constant("log-mark"),
    mark: text,
    at: instant,
    groups: texts,
    logger: text,
    variant: text,
    message: text,
    evidence,
  }),
  fc.record({ type: fc.constant("http-date"), host: text, logged: instant, date: time, evidence }),
) as fc.Arbitrary<TimelineEvent>;

describe("the events of a source", () => {
  test("come back as they were written, in order, also from another thread", () => {
    fc.assert(
      fc.property(fc.array(event, { maxLength: 40 }), (events) => {
        const table = new EventTable(SOURCE);
        for (const each of events) table.add(each);
        expect(table.events.map(plainEvent)).toEqual(events);
        const { packed, transfer } = table.pack();
        expect(unpackEvents(structuredClone(packed, { transfer }), HERE).map(plainEvent)).toEqual(events);
      }),
    );
  });

  test("stand in another source, and behind other lines, where whoever joins the readings says so", () => {
    const table = new EventTable(0);
    const at = { at: 0, resolutionMs: 1, clock: "runner" } as const;
    const rest = { type: "log-mark", mark: "connected", at, groups: {}, logger: "", variant: "", message: "" } as const;
    table.add({ ...rest, evidence: { source: 0, line: 3, text: "failed" } });
    expect(unpackEvents(table.pack().packed, { source: 4, linesBefore: 100 })).toMatchObject([
      { mark: "connected", evidence: { source: 4, line: 103, text: "failed" } },
    ]);
  });

  test("are plain objects when written as JSON", () => {
    fc.assert(
      fc.property(event, (each) => {
        const table = new EventTable(SOURCE);
        table.add(each);
        expect(JSON.parse(JSON.stringify(table.events[0]))).toEqual(JSON.parse(JSON.stringify(each)));
      }),
    );
  });

  test("come in the order of their lines where a reader has read them out of it, those of one line as they stood", () => {
    fc.assert(
      fc.property(fc.array(event), (events) => {
        const table = new EventTable(SOURCE);
        for (const each of events) table.add(each);
        table.sortByLine();
        const inOrder = [...events].sort((a, b) => a.evidence.line - b.evidence.line);
        expect(table.events.map(plainEvent)).toEqual(inOrder);
        expect(unpackEvents(table.pack().packed, HERE).map(plainEvent)).toEqual(inOrder);
      }),
    );
  });

  test("go on where they were asked for while a source is read", () => {
    fc.assert(
      fc.property(fc.array(event), fc.array(event), (before, after) => {
        const table = new EventTable(SOURCE);
        for (const each of before) table.add(each);
        expect(table.events.map(plainEvent)).toEqual(before);
        for (const each of after) table.add(each);
        expect(table.events.map(plainEvent)).toEqual([...before, ...after]);
        expect(table.length).toBe(before.length + after.length);
      }),
    );
  });
});

test("texts without end are kept apart, however often one repeats", () => {
  const texts = new Texts();
  const ids = Array.from({ length: 120_000 }, (_, index) => texts.id(`text ${index % 60_000}`));
  expect(ids.every((id, index) => texts.get(id) === `text ${index % 60_000}`)).toBe(true);
  expect(texts.id("again")).toBe(texts.id("again"));
});
