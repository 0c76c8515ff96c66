import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import fc from "fast-check";
import { describe, expect, test, vi } from "vitest";
import type { Ingester } from "../../src/ingest/ingester.js";
import { JsonDocumentSplitter } from "../../src/ingest/json/json-documents.js";
import { parseObject } from "../../src/ingest/json/json-fields.js";
import { RowShapes } from "../../src/ingest/json/row-shapes.js";
import { KubernetesStream } from "../../src/ingest/kubernetes/kubernetes-stream.js";
import { auditLog } from "../../src/ingest/readers/audit-log.js";
import { kubernetesJson } from "../../src/ingest/readers/kubernetes-json.js";
import { Recorder } from "../../src/ingest/recorder.js";
import { simulateRun } from "../../src/simulate/index.js";
import { auditRows, kubernetesRows } from "./hostile-rows.js";
import { readWith } from "./support.js";

/** All that reading a source has found, field order and all. */
function found({ events, counts, diagnostics, from, to, clock, usable }: Recorder): string {
  return JSON.stringify({ events, counts, diagnostics, from, to, clock, usable });
}

/** Reads each document by the character and with JSON.parse. */
function readPlainly(text: string): Recorder {
  const recorder = new Recorder(0, "input");
  const stream = new KubernetesStream(recorder, parseObject);
  const splitter = new JsonDocumentSplitter({
    document: (json, first, last, kind) => stream.document(json, first, last, kind),
    listStart: (line) => stream.listStart(line),
    listEnd: (line, isWhole) => stream.listEnd(line, isWhole),
    unreadable: (why, first, last) => stream.unreadable(why, first, last),
    empty: (line) => stream.empty(line),
  });
  splitter.push(text);
  stream.end(splitter.end());
  return recorder;
}

describe("Rows of a known shape", () => {
  test("say what JSON.parse says, wherever they stand in a text", () => {
    fc.assert(
      fc.property(kubernetesRows, (rows) => {
        const shapes = new RowShapes();
        for (const row of rows) {
          const shape = shapes.find(`noise${row}noise`, 5);
          if (shape !== undefined) {
            const parsed: unknown = JSON.parse(row.slice(0, shapes.end - 5));
            expect(shape.object).toStrictEqual(parsed);
            // Names like `__proto__`, and the order.
            expect(JSON.stringify(shape.object)).toBe(JSON.stringify(parsed));
          }
          const object = parseObject(row);
          if (shape === undefined && object !== null) shapes.learn(row);
        }
      }),
      { numRuns: 200 },
    );
  });

  test("are none where a key comes again and holds something else, wherever in the row", () => {
    for (const row of ['{"a":{"b":{"c":1}},"a":{"b":2}}', '{"a":[{"b":1}],"a":"x"}', '{"a":{"b":[1]},"a":null}', '{"a":[[1]],"a":[]}']) {
      const shapes = new RowShapes();
      for (let time = 0; time < 4; time += 1) {
        expect(shapes.find(row, 0)).toBeUndefined();
        shapes.learn(row);
      }
    }
  });

  test("are known from the third one on, and when a further value varies, from the next one", () => {
    const shapes = new RowShapes();
    const learned = ['{"a":1,"b":["x"],"c":true}', '{"a":2,"b":["x"],"c":true}', '{"a":2,"b":["y\\n"],"c":false}'].map((row) => {
      const isKnown = shapes.find(row, 0) !== undefined;
      if (!isKnown) shapes.learn(row);
      return isKnown;
    });
    expect(learned).toEqual([false, false, false]);
    expect(shapes.find('{"a":-7.5,"b":["\\u05d0"],"c":true}', 0)?.object).toEqual({ a: -7.5, b: ["א"], c: true });
    for (const other of ['{"a":01,"b":["x"],"c":true}', '{"a":1,"b":["\\x"],"c":true}', '{"a":1,"b":["\t"],"c":true}', '{"a":1,"b":["x"]}'])
      expect(shapes.find(other, 0)).toBeUndefined();
  });

  test("give the events, line classes and diagnostics of Kubernetes rows that reading them plainly gives, whatever the chunks", async () => {
    await fc.assert(
      fc.asyncProperty(kubernetesRows, fc.integer({ min: 1, max: 3000 }), fc.boolean(), async (rows, step, ended) => {
        const text = rows.join("\n") + (ended ? "\n" : "");
        // Lone surrogates do not survive the file: both sides read the text as it is stored.
        const stored = Buffer.from(text).toString();
        expect(found(await readWith(kubernetesJson, stored, Math.max(step, 512)))).toBe(found(readPlainly(stored)));
      }),
      { numRuns: 300 },
    );
  });

  test("are no Lists, although the same object is known as an item", async () => {
    const job = '{"kind":"Job","apiVersion":"batch/v1","metadata":{"name":"a","uid":"1","creationTimestamp":"2025-01-06T08:00:00Z"}}';
    const list = `{"kind":"List","items":[\n ${job}]}`;
    const text = `[${`${list},`.repeat(4)}${list}]\n${list}\n`;
    expect(found(await readWith(kubernetesJson, text))).toBe(found(readPlainly(text)));
  });

  test("give the requests, line classes and coverage of the audit log that each row has alone", async () => {
    await fc.assert(
      fc.asyncProperty(auditRows, async (rows) => {
        // A first row that goes on in the next line would make it a formatted file.
        const begin = '{"apiVersion":"audit.k8s.io/v1"}';
        const together = await readWith(auditLog, `${[begin, ...rows.map((row) => row.replaceAll("\n", " "))].join("\n")}\n`);
        const counts = { lines: 1, matched: 0, ignored: 1, unparsed: 0 };
        const events: unknown[] = [];
        const seen: number[] = [];
        for (const [index, row] of rows.entries()) {
          const alone = await readWith(auditLog, `${row.replaceAll("\n", " ")}\n`);
          for (const name of ["lines", "matched", "ignored", "unparsed"] as const) counts[name] += alone.counts[name];
          events.push(...alone.events.map((event) => ({ ...event, evidence: { ...event.evidence, line: index + 2 } })));
          for (const at of [alone.from, alone.to]) if (at !== null) seen.push(at);
        }
        expect(together.counts).toEqual(counts);
        expect(JSON.stringify(together.events)).toBe(JSON.stringify(events));
        expect([together.from, together.to]).toEqual(seen.length === 0 ? [null, null] : [Math.min(...seen), Math.max(...seen)]);
      }),
      { numRuns: 150 },
    );
  });

  test("keep no hold on the text of the file", async () => {
    setFlagsFromString("--expose-gc");
    const collectGarbage: () => void = runInNewContext("gc");
    const heldBytes = async (reader: Ingester, row: (index: number) => object) => {
      // As bytes, outside of the heap that is looked at.
      const content = Buffer.concat(
        Array.from({ length: 5000 }, (_, index) =>
          Buffer.from(`${JSON.stringify({ ...row(index), annotations: { pad: "x".repeat(4000) } })}\n`),
        ),
      );
      collectGarbage();
      const before = process.memoryUsage().heapUsed;
      const { events } = await readWith(reader, content);
      collectGarbage();
      expect(events).toHaveLength(5000);
      return process.memoryUsage().heapUsed - before;
    };
    const at = "2025-01-06T08:00:00Z";
    const metadata = (index: number) => ({
      name: `some-name-${index}`,
      namespace: "some-namespace",
      uid: `some-uid-${index}-000`,
      creationTimestamp: at,
    });
    const rows: readonly (readonly [Ingester, (index: number) => object])[] = [
      [
        kubernetesJson,
        (index) => ({
          apiVersion: "batch/v1",
          kind: "Job",
          metadata: { ...metadata(index), labels: { [`some-label-name-${index % 3}`]: `some-label-value-${index}` } },
          spec: {
            template: {
              spec: { containers: [{ image: `some-image-${index}`, env: [{ name: "SOME_VARIABLE", value: `some-value-${index}` }] }] },
            },
          },
          status: { conditions: [{ type: "Failed", status: "True", reason: `some-long-reason-${index}`, lastTransitionTime: at }] },
        }),
      ],
      [
        kubernetesJson,
        (index) => ({
          apiVersion: "v1",
          kind: "Pod",
          metadata: {
            ...metadata(index),
            ownerReferences: [{ kind: "Job", apiVersion: "batch/v1", uid: `some-owner-uid-${index}`, name: `some-owner-${index}` }],
          },
          spec: { nodeName: `some-node-name-${index}` },
          status: { phase: `some-long-phase-${index}` },
        }),
      ],
      [
        kubernetesJson,
        (index) => ({
          apiVersion: "v1",
          kind: "Event",
          metadata: metadata(index),
          involvedObject: { kind: `SomeLongKindOfObject${index}`, name: `some-name-${index}`, uid: `some-other-uid-${index}` },
          reason: `SomeLongReason${index}`,
          message: `some message of some length ${index}`,
          source: { component: "kubelet", host: `some-host-name-${index}` },
        }),
      ],
      [
        auditLog,
        (index) => ({
          apiVersion: "audit.k8s.io/v1",
          auditID: `some-audit-id-${index}`,
          stage: "ResponseComplete",
          verb: "deletecollection",
          user: { username: `system:some-user-${index}` },
          objectRef: {
            resource: "jobs",
            namespace: `some-namespace-${index}`,
            name: `some-name-${index}`,
            uid: `some-uid-${index}-000`,
            apiGroup: "batch",
          },
          responseStatus: { code: 200 },
          requestReceivedTimestamp: at,
          stageTimestamp: at,
        }),
      ],
    ];
    for (const [reader, row] of rows) expect(await heldBytes(reader, row)).toBeLessThan(12_000_000);
  });

  test("are not parsed: of thousands of rows of a run, JSON.parse sees a few hundred", async () => {
    const { files } = simulateRun({ seed: "known shapes", investigations: 150, frameLogEvery: 50 });
    for (const [reader, name] of [
      [kubernetesJson, "jobs-watch.json"],
      [auditLog, "audit.log"],
    ] as const) {
      const text = files.get(name) ?? "";
      const parse = vi.spyOn(JSON, "parse");
      try {
        const { events, counts } = await readWith(reader, text);
        expect(events.length).toBeGreaterThan(250);
        expect(parse.mock.calls.length).toBeLessThan(counts.lines / 5);
      } finally {
        parse.mockRestore();
      }
    }
  });
});
