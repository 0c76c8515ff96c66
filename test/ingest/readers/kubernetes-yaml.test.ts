import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { stringify } from "yaml";
import { kubernetesJson } from "../../../src/ingest/readers/kubernetes-json.js";
import { kubernetesYaml } from "../../../src/ingest/readers/kubernetes-yaml.js";
import type { TimelineEvent } from "../../../src/model/event.js";
import { cpuClock } from "../../cpu-clock.js";
import { physicalLines, readWith } from "../support.js";

const envelope = (name: string): string => readFileSync(`samples/envelopes/${name}`, "utf8");
const withoutPlace = (events: readonly TimelineEvent[]): object[] => events.map(({ evidence: _place, ...rest }) => rest);

describe("Kubernetes objects as YAML", () => {
  test.each([
    ["list.yaml", "list.json"],
    ["job-list.yaml", "job-list.json"],
  ])("%s says what %s says", async (yaml, json) => {
    const [found, expected] = [await readWith(kubernetesYaml, envelope(yaml)), await readWith(kubernetesJson, envelope(json))];
    expect(withoutPlace(found.events)).toEqual(withoutPlace(expected.events));
    expect([found.from, found.to, found.clock]).toEqual([expected.from, expected.to, expected.clock]);
  });

  test("each object is found at its line", async () => {
    const text = envelope("list.yaml");
    const { events } = await readWith(kubernetesYaml, text);
    for (const { evidence } of events) expect(text.split("\n")[evidence.line - 1]).toMatch(/^- apiVersion: /);
  });

  test.each([{ indentSeq: true }, { indentSeq: false }])("the items of a List stand apart, indented or not (%j)", async (style) => {
    const list = JSON.parse(envelope("list.json"));
    const { events } = await readWith(kubernetesYaml, stringify(list, { ...style, aliasDuplicateObjects: false }));
    expect(withoutPlace(events)).toEqual(withoutPlace((await readWith(kubernetesJson, envelope("list.json"))).events));
  });

  test("texts of several lines, with dashes and colons at their beginning, do not end an object", async () => {
    const [event] = JSON.parse(envelope("event-list.json")).items;
    const message = "- first\n\nitems:\n- kind: Job\n--- no document\n";
    const list = { apiVersion: "v1", kind: "EventList", items: [{ ...event, message }, event] };
    const { events } = await readWith(kubernetesYaml, stringify(list, { indentSeq: false, aliasDuplicateObjects: false }));
    expect(events).toMatchObject([{ message }, {}]);
  });

  test("an empty List and a document of nothing are valid and empty", async () => {
    for (const text of ["apiVersion: v1\nitems: []\nkind: List\n", "---\nnull\n---\n~\n", "apiVersion: v1\nkind: List\nitems:\n"]) {
      const { events, counts } = await readWith(kubernetesYaml, text);
      expect(events).toEqual([]);
      expect(counts).toMatchObject({ lines: physicalLines(text), unparsed: 0 });
    }
  });

  test("what breaks off is told, and what stands around it is read", async () => {
    const job = envelope("documents.yaml").split("---\n")[1];
    const { events, counts, diagnostics } = await readWith(kubernetesYaml, `${job}---\na: [1,\nb: "x\n---\n${job}`);
    expect(events).toHaveLength(2);
    expect(counts.unparsed).toBe(2);
    expect(diagnostics.map(({ id }) => id)).toEqual(["unreadable-document"]);
  });

  describe("several outputs in one file", () => {
    const [, job = "", pod = ""] = envelope("documents.yaml").split("---\n");
    const indented = (text: string): string => text.replace(/^(?=.)/gm, "  ");
    const row = (object: string, type = "ADDED"): string => `object:\n${indented(object)}type: ${type}\n`;
    const sequence = envelope("sequence.yaml");
    const list = envelope("list.yaml");
    const error = "Unable to connect to the server: net/http: TLS handshake timeout\n";
    const countOf = async (text: string): Promise<number> => (await readWith(kubernetesYaml, text)).events.length;

    test("are read whole whether or not `---` stands between them", async () => {
      const part = fc.constantFrom(job, pod, row(job), row(pod, "DELETED"), list);
      const between = fc.constantFrom("", "---\n", "---\n---\n", error, "error: timed out\n---\n", "\n");
      await fc.assert(
        fc.asyncProperty(fc.array(fc.tuple(part, between), { minLength: 1, maxLength: 6 }), async (parts) => {
          const text = parts.flat().join("");
          const expected = await Promise.all(parts.map(([one]) => countOf(one)));
          const { events, counts, diagnostics } = await readWith(kubernetesYaml, text);
          expect(events.length).toBe(expected.reduce((sum, count) => sum + count, 0));
          expect(counts.unparsed).toBe(parts.filter(([, one]) => one.startsWith("error") || one === error).length);
          expect(diagnostics.map(({ id }) => id).filter((id) => id !== "text-between-documents")).toEqual([]);
        }),
        { numRuns: 60 },
      );
    });

    test.each([
      error,
      "error: unable to retrieve the complete list of server APIs: metrics.k8s.io/v1beta1\n",
      "Warning: batch/v1beta1 CronJob is deprecated in v1.21+\n",
      "E1123 14:05:01.123456   12345 reflector.go:147] Failed to watch: dial tcp: i/o timeout\n",
      "bash: kubectl: command not found\n",
      "No resources found in default namespace.\n",
    ])("what other programs print at the margin is passed over and counted, wherever it stands: %j", async (noise) => {
      for (const text of [job, list, sequence, row(job)]) {
        const whole = await readWith(kubernetesYaml, text);
        const lines = text.trimEnd().split("\n");
        for (const at of [0, 1, Math.floor(lines.length / 2), lines.length - 1, lines.length]) {
          const noisy = [...lines.slice(0, at), noise.trimEnd(), ...lines.slice(at), ""].join("\n");
          const { events, counts, diagnostics } = await readWith(kubernetesYaml, noisy);
          expect(withoutPlace(events)).toEqual(withoutPlace(whole.events));
          expect(counts).toEqual({ ...whole.counts, lines: whole.counts.lines + 1, unparsed: 1 });
          expect(diagnostics).toMatchObject([{ id: "text-between-documents", severity: "info", count: 1, values: { line: at + 1 } }]);
        }
      }
    });

    test("a List that breaks off loses its last item, and says so", async () => {
      const items = list.split("\n").flatMap((line, index) => (line.startsWith("- ") ? [index] : []));
      const lines = list.split("\n");
      for (const end of [(items[1] ?? 0) + 3, items[2] ?? 0]) {
        for (const after of ["\n", "", `\n---\n${job}`, `\n${job}`]) {
          const { events, counts, diagnostics } = await readWith(kubernetesYaml, lines.slice(0, end).join("\n") + after);
          expect(events).toHaveLength(after.includes("kind") ? 2 : 1);
          expect(counts.unparsed).toBe(end - (items[1] ?? 0));
          expect(diagnostics.map(({ id, severity }) => [id, severity])).toEqual([["cut-document", "warning"]]);
        }
      }
    });

    test("a row of a watch that breaks off before its type is told; where rows follow it, one may have been lost", async () => {
      const cut = row(job).replace(/type: .*\n$/, "");
      const inside = await readWith(kubernetesYaml, `${cut}---\n${row(pod)}`);
      expect([inside.events.length, inside.lostLine]).toEqual([1, physicalLines(cut)]);
      expect(inside.diagnostics.map(({ id }) => id)).toEqual(["cut-document"]);
      expect((await readWith(kubernetesYaml, `${row(pod)}---\n${cut}`)).lostLine).toBeUndefined();
      expect((await readWith(kubernetesYaml, `${cut}---\n${list}`)).lostLine).toBeUndefined();
    });

    test("a document that ends in the middle of a key breaks off", async () => {
      const { events, counts, diagnostics } = await readWith(kubernetesYaml, `${job}---\n${job.split("spec:")[0]}spe`);
      expect(events).toHaveLength(1);
      expect(counts.unparsed).toBe(physicalLines(`${job.split("spec:")[0]}spe`));
      expect(diagnostics.map(({ id }) => id)).toEqual(["cut-document"]);
    });

    test("an error without a line end behind an object, or inside it, leaves it whole", async () => {
      const inside = job.replace("spec:", `${error}spec:`).trimEnd();
      for (const text of [job + error.trimEnd(), inside]) {
        const { events, counts } = await readWith(kubernetesYaml, text);
        expect([events.length, counts.unparsed]).toEqual([1, 1]);
      }
    });

    test("an object whose last line has no end is used, and told", async () => {
      const { events, diagnostics } = await readWith(kubernetesYaml, job.trimEnd());
      expect([events.length, diagnostics.map(({ id }) => id)]).toEqual([1, ["cut-line"]]);
    });

    test("an object that names a key twice is not read", async () => {
      const { events, diagnostics } = await readWith(kubernetesYaml, job.replace("\n  name:", "\n  uid: other\n  name:"));
      expect([events, diagnostics[0]?.id]).toEqual([[], "unreadable-document"]);
    });

    test("a log that begins with an object is a log", () => {
      const record = "2025-12-07 10:51:15,323 - grpc - INFO - Frame 1\n";
      expect(kubernetesYaml.matches(`${job}${record.repeat(3)}`)).toBe(false);
      expect(kubernetesYaml.matches(`${job}${record}${job}`)).toBe(true);
    });
  });

  test("aliases that multiply and keys of every object's prototype are harmless", async () => {
    const bomb = `apiVersion: v1\nkind: Event\na: &a [x, x]\nb: &b [${Array(50).fill("*a").join(", ")}]\n`;
    const { events, diagnostics } = await readWith(kubernetesYaml, `${bomb}---\n__proto__:\n  kind: Job\nconstructor: 1\n`);
    expect(events).toEqual([]);
    expect(diagnostics.map(({ id, values }) => [id, values.line])).toContainEqual(["unreadable-document", 1]);
    expect(Object.prototype).not.toHaveProperty("kind");
  });

  test.each(["? ", "- ", ": ", "{}", "[] "])("indicators without end (%j) are refused at once, wherever they stand", async (indicator) => {
    const begin = performance.now();
    const { counts } = await readWith(kubernetesYaml, `apiVersion: v1\nkind: ${indicator.repeat(8000)}Event\n`);
    expect(counts.unparsed).toBe(2);
    expect(performance.now() - begin).toBeLessThan(1000);
  });

  test.each([",", ", ", "]", "} ", "\n,"])("ends of values without end (%j) are refused at once", async (end) => {
    const used = cpuClock();
    const { counts } = await readWith(kubernetesYaml, `apiVersion: v1\nkind: Event\nverbs: [create${end.repeat(500_000)}]\n`);
    expect(counts.matched).toBe(0);
    // Each as an error of the parser takes seconds.
    expect(used()).toBeLessThan(1000);
  });

  test("a text full of errors costs no more than one full of values", async () => {
    const costOf = async (entry: string): Promise<number> => {
      const used = cpuClock();
      await readWith(kubernetesYaml, `apiVersion: v1\nkind: Event\nverbs: [${entry.repeat(60_000)}]\n`);
      return used();
    };
    const values = Math.min(await costOf("a, "), await costOf("a, "), await costOf("a, "));
    const errors = Math.min(await costOf('""'), await costOf('""'), await costOf('""'));
    // A fifth; half as much again where it is worked out where each error came from.
    expect(errors).toBeLessThan(0.7 * values);
    expect(Error.stackTraceLimit).toBeGreaterThan(0);
  });

  test("a profile or a claims file is no Kubernetes object", () => {
    for (const name of ["profile", "claims"]) {
      expect(kubernetesYaml.matches(readFileSync(`profiles/focus-server/${name}.yaml`, "utf8"), undefined as never)).toBe(false);
    }
  });

  test("every physical line is counted exactly once, whatever stands in the file", async () => {
    const lines = [
      "apiVersion: v1",
      "kind: Pod",
      "items:",
      "- a: 1",
      "  - b",
      "---",
      "...",
      "",
      "# note",
      "x: [",
      "null",
      "  metadata:",
      "- ",
      "-",
      "\t",
      "a",
    ];
    await fc.assert(
      fc.asyncProperty(fc.array(fc.constantFrom(...lines), { maxLength: 14 }), fc.boolean(), async (chosen, terminated) => {
        const text = chosen.join("\n") + (terminated && chosen.length > 0 ? "\n" : "");
        const { counts } = await readWith(kubernetesYaml, text);
        expect(counts.lines).toBe(physicalLines(text));
        expect(counts.matched + counts.ignored + counts.unparsed).toBe(counts.lines);
        expect(Math.min(counts.matched, counts.ignored, counts.unparsed)).toBeGreaterThanOrEqual(0);
      }),
      { numRuns: 300 },
    );
  });

  test("thousands of empty lines before something that is no YAML are looked through once", () => {
    const begun = performance.now();
    expect(kubernetesYaml.matches(`${"\n".repeat(3000)}{},\napiVersion: v1\n`)).toBe(false);
    expect(performance.now() - begun).toBeLessThan(2000);
  });
});
