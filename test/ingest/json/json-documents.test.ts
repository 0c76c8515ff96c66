import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { DocumentHandler } from "../../../src/ingest/json/document-handler.js";
import { JsonDocumentSplitter } from "../../../src/ingest/json/json-documents.js";
import { cpuClock } from "../../cpu-clock.js";

/** Everything that the splitter says about a text handed over in chunks of `step` characters. */
function split(text: string, step = text.length || 1, read: (json: string) => unknown = JSON.parse): { seen: unknown[]; lines: number } {
  const seen: unknown[] = [];
  const handler: DocumentHandler = {
    document: (json, first, last, kind) => seen.push([read(json), first, last, ...(kind === undefined ? [] : [kind])]),
    listStart: (line) => seen.push(["list", line]),
    listEnd: (line) => seen.push(["end", line]),
    unreadable: (why, first, last) => seen.push([why, first, last]),
    empty: (line) => seen.push(["empty", line]),
  };
  const splitter = new JsonDocumentSplitter(handler);
  for (let at = 0; at < text.length; at += step) splitter.push(text.slice(at, at + step));
  return { seen, lines: splitter.end() };
}

const pod = { kind: "Pod", metadata: { name: 'a"}{\\', items: [{ no: 1 }] } };

/** The same with a handler that takes documents that are parsed already; says how many it took. */
function splitParsed(text: string, step = text.length || 1): { seen: unknown[]; lines: number; taken: number } {
  const seen: unknown[] = [];
  let taken = 0;
  const handler: DocumentHandler = {
    document: (json, first, last, kind) => seen.push([parsedOr(json), first, last, ...(kind === undefined ? [] : [kind])]),
    parsed(object, first, last, kind) {
      taken += 1;
      seen.push([structuredClone(object), first, last, ...(kind === undefined ? [] : [kind])]);
    },
    listStart: (line) => seen.push(["list", line]),
    listEnd: (line) => seen.push(["end", line]),
    unreadable: (why, first, last) => seen.push([why, first, last]),
    empty: (line) => seen.push(["empty", line]),
  };
  const splitter = new JsonDocumentSplitter(handler);
  for (let at = 0; at < text.length; at += step) splitter.push(text.slice(at, at + step));
  return { seen, lines: splitter.end(), taken };
}

/** What a text says, or the text where it is no JSON. */
function parsedOr(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return json;
  }
}

describe("A handler that takes parsed documents", () => {
  const row = fc.oneof(
    fc.json({ maxDepth: 3 }),
    fc.record({ type: fc.string(), object: fc.object({ maxDepth: 2 }) }).map((value) => JSON.stringify(value)),
    fc.record({ kind: fc.string(), items: fc.array(fc.object({ maxDepth: 1 })) }).map((value) => JSON.stringify(value)),
    fc.constantFrom(
      "",
      " ",
      "null",
      "noise",
      "{",
      "}",
      "[",
      "]",
      '{"a":',
      '{"a":1}{"b":2}',
      '{"a":1},',
      ' {"a":1}',
      '{"a":"\\u0022"}',
      "{}",
      '{"a":1}garbage{"b":2}',
      '{"items":[{"items":[{"a":1}]},{"b":2},\n{"items":3}]}',
      '{"a":{"items":[{"b":1}]},"items":4}',
      '{"\\u0069tems":[{"a":1}]}',
      '{"a":1,"a":"items"}',
      '{"__proto__":{"a":1},"b":2}',
      '[{"a":1},\n {"a":2}, {"a":3}]',
      '{"a":"x\ty"}',
      '{"a":"bad \\x escape"}',
    ),
    fc.constant(`{"deep":${"[".repeat(600)}${"]".repeat(600)}}`),
    fc.record({ a: fc.string() }).map((value) => JSON.stringify(value, null, 1)),
  );

  test("sees the same documents, lines and damage as one that does not, whatever the chunks", () => {
    fc.assert(
      fc.property(fc.array(row, { maxLength: 8 }), fc.integer({ min: 1, max: 90 }), fc.boolean(), (rows, step, ended) => {
        const text = rows.join("\n") + (ended ? "\n" : "");
        const { seen, lines } = split(text, text.length || 1, parsedOr);
        for (const size of [text.length || 1, step]) {
          const parsed = splitParsed(text, size);
          expect([parsed.seen, parsed.lines]).toEqual([seen, lines]);
        }
      }),
      { numRuns: 300 },
    );
  });

  test("is given every document that is whole, in whatever chunks, and no List", () => {
    const text = '{"type":"ADDED","object":{"kind":"Job"}}\n'.repeat(5);
    expect(splitParsed(text).taken).toBe(5);
    expect(splitParsed(text, 7).taken).toBe(5);
    expect(splitParsed(JSON.stringify(pod, null, 2).replaceAll("items", "parts").repeat(3), 11).taken).toBe(3);
    expect(splitParsed('{"kind":"List","items":[{"a":1},{"b":2}]}\n').taken).toBe(2);
  });

  test("costs no more where every document breaks off: what is searched in vain is bounded", () => {
    const text = ' {"a":{"b":1,\n'.repeat(20_000);
    const passed = cpuClock();
    expect(splitParsed(text).seen).toHaveLength(20_000);
    const broken = passed();
    const whole = cpuClock();
    splitParsed(' {"a":{"b":1}}\n'.repeat(20_000));
    expect(broken).toBeLessThan(whole() * 20 + 500);
  });
});

describe("JsonDocumentSplitter", () => {
  test("finds compact rows and pretty documents with their lines", () => {
    const text = `${JSON.stringify(pod)}\n${JSON.stringify(pod, null, 2)}\n\n${JSON.stringify(pod)}${JSON.stringify(pod)}`;
    const height = JSON.stringify(pod, null, 2).split("\n").length;
    expect(split(text).seen).toEqual([
      [pod, 1, 1],
      [pod, 2, 1 + height],
      [pod, 3 + height, 3 + height],
      [pod, 3 + height, 3 + height],
    ]);
  });

  test("gives the items of a List one by one, with the kind where the List has named it already", () => {
    expect(split('{"kind":"PodList","items":[{"a":1},\n{"b":[{}]}],"metadata":{"x":{}}}').seen).toEqual([
      ["list", 1],
      [{ a: 1 }, 1, 1, "PodList"],
      [{ b: [{}] }, 2, 2, "PodList"],
      ["end", 2],
    ]);
    expect(split('{\n"items": [\n{"a":1}\n],\n"kind": "List"\n}\n[{"c":1}]\n{"items":[]}').seen).toEqual([
      ["list", 1],
      [{ a: 1 }, 3, 3, ""],
      ["end", 6],
      ["list", 7],
      [{ c: 1 }, 7, 7, ""],
      ["end", 7],
      ["list", 8],
      ["end", 8],
    ]);
  });

  test("passes over lines that are no JSON and goes on after a document that breaks off", () => {
    const text = 'log {"noise":1}\n{"a":1}\n{"cut":"of\n{"b":2}\n{"cut": 1,\n{"c":3}\nnull\n{"last":';
    expect(split(text).seen).toEqual([
      ["noise", 1, 1],
      [{ a: 1 }, 2, 2],
      ["cut", 3, 3],
      [{ b: 2 }, 4, 4],
      ["cut", 5, 5],
      [{ c: 3 }, 6, 6],
      ["empty", 7],
      ["cut", 8, 8],
    ]);
  });

  test("nesting of any depth neither crashes nor is kept", () => {
    const deep = 100_000;
    expect(split(`{"a":${"[".repeat(deep)}${"]".repeat(deep)}}\n{"b":1}`).seen).toEqual([
      ["limit", 1, 1],
      [{ b: 1 }, 2, 2],
    ]);
    expect(split(`${'{"a":'.repeat(deep)}\n`, 1000)).toEqual({ seen: [["cut", 1, 1]], lines: 1 });
    expect(split("[".repeat(deep), 1000).lines).toBe(1);
  });

  test("says the same whatever the chunks", () => {
    const value = fc.jsonValue({ maxDepth: 3 }).filter((json) => typeof json === "object" && json !== null);
    const piece = fc.oneof(
      fc.tuple(value, fc.constantFrom(0, 2)).map(([json, indent]) => JSON.stringify(json, null, indent)),
      fc.constantFrom(
        "\n",
        "\n\n",
        ",",
        "noise\n",
        '{"cut',
        '{"a":"\\\n',
        "]",
        "}",
        '{"items":[',
        '{"kind":"List","items":[{"a":1},\n{"b":"\\""}]}',
        "null\n",
      ),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 8 }), fc.integer({ min: 1, max: 9 }), (pieces, step) => {
        const text = pieces.join("");
        expect(split(text, step, String)).toEqual(split(text, text.length || 1, String));
      }),
      { numRuns: 300 },
    );
  });
});
