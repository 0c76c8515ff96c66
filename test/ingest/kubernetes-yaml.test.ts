import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { stringify } from "yaml";
import { kubernetesJson } from "../../src/ingest/kubernetes-json.js";
import { kubernetesYaml } from "../../src/ingest/kubernetes-yaml.js";
import type { TimelineEvent } from "../../src/model/event.js";
import { cpuClock } from "../cpu-clock.js";
import { physicalLines, readWith } from "./support.js";

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
