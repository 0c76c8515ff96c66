/** Reads one hostile input in a process of its own and prints what came of it, with the memory that it took: `node read-hostile.mjs NAME`. */
import { Readable } from "node:stream";
import { gzipSync } from "node:zlib";
import { readInputs } from "../../src/ingest/index.js";
import { PostrunError } from "../../src/model/errors.js";
import { profileSchema } from "../../src/model/profile.js";

const MEGABYTE = 1024 * 1024;
const GOOD_ROW = `{"type":"ADDED","object":{"apiVersion":"batch/v1","kind":"Job","metadata":{"name":"j","namespace":"d","uid":"u","creationTimestamp":"2026-11-23T12:04:17Z"}}}\n`;

const profile = profileSchema.parse({
  schemaVersion: 1,
  id: "hostile",
  title: { en: "Hostile", he: "עוין" },
  jobId: String.raw`(?P<slot>\d+)-\d+`,
  jobs: [],
  patterns: [
    { id: "exponential", message: "(a+)+$" },
    { id: "start", message: "Configuring" },
  ],
  stages: [],
  parameters: {},
});

/** A piece many times over. */
function* times(count: number, piece: string | Buffer): Generator<Buffer> {
  const bytes = Buffer.from(piece);
  for (let left = count; left > 0; left -= 1) yield bytes;
}

function* inOrder(...parts: (string | Iterable<Buffer>)[]): Generator<Buffer> {
  for (const part of parts) {
    if (typeof part === "string") yield Buffer.from(part);
    else yield* part;
  }
}

const LOG = "2026-11-23 14:04:17,390 - src.api - INFO - ";
const longText = (): Iterable<Buffer> => times(200, "a".repeat(MEGABYTE));
/** A text 100,000 times. */
const deep = (text: string): Iterable<Buffer> => times(100, text.repeat(1000));

const INPUTS: Readonly<Record<string, () => Iterable<Buffer>>> = {
  // Each member of a gzip stream inflates to 8 MB; together they are 1.6 GB.
  "gzip-bomb": () => times(200, gzipSync(Buffer.alloc(8 * MEGABYTE, "a"))),
  "gzip-bomb-of-json": () => times(200, gzipSync(`${GOOD_ROW.trimEnd()}${" ".repeat(4 * MEGABYTE)}\n`)),
  "line-in-a-log": () => inOrder(`${LOG}Configuring\n${LOG}`, longText(), `\n${LOG}Configuring\n`),
  "line-of-json": () => inOrder(`${GOOD_ROW}{"apiVersion":"v1","a":"`, longText(), `"}\n${GOOD_ROW}`),
  "line-of-lists": () => inOrder('{"apiVersion":"v1","items":[', times(200, `${"[],".repeat(MEGABYTE / 3)}`), "1]}\n", GOOD_ROW),
  "line-of-an-audit-log": () => inOrder('{"kind":"Event","apiVersion":"audit.k8s.io/v1","auditID":"', longText(), '"}\n'),
  "line-of-yaml": () => inOrder("apiVersion: batch/v1\nkind: Job\nmetadata: {name: ", longText(), "}\n---\n"),
  "line-of-prometheus": () => inOrder('{"data":{"resultType":"matrix","result":[{"metric":{"a":"', longText(), '"},"values":[]}]}}'),
  "line-of-nothing": longText,
  "deep-json": () => inOrder(GOOD_ROW, deep('{"a":'), deep("}"), "\n", deep("["), deep("]"), `\n${GOOD_ROW}`),
  "deep-yaml": () => inOrder("apiVersion: batch/v1\nkind: Job\na: ", deep("["), "\n---\nb:\n", deep("- "), "\n---\n"),
  "deep-yaml-blocks": () =>
    inOrder("apiVersion: batch/v1\nkind: Job\n", ...Array.from({ length: 1500 }, (_none, depth) => `${" ".repeat(depth)}a:\n`)),
  "alias-bomb": () =>
    inOrder(
      "apiVersion: batch/v1\nkind: Job\na0: &a0 [x, x, x, x, x, x, x, x, x]\n",
      ...Array.from({ length: 30 }, (_none, at) => `a${at + 1}: &a${at + 1} [${Array(9).fill(`*a${at}`).join(", ")}]\n`),
    ),
  "xml-entities": () =>
    inOrder(
      '<?xml version="1.0"?>\n<!DOCTYPE testsuites [<!ENTITY outside SYSTEM "file:///etc/passwd"><!ENTITY a0 "lol">',
      ...Array.from({ length: 30 }, (_none, at) => `<!ENTITY a${at + 1} "${`&a${at};`.repeat(10)}">`),
      ']>\n<testsuites><testsuite name="s" timestamp="2026-11-23T12:00:00"><testcase name="c" time="1"><failure message="&outside;">&a30;</failure></testcase>\n',
      "</testsuite></testsuites>\n",
    ),
  "exponential-pattern": () => inOrder(`${LOG}Configuring\n${LOG}`, times(30, "a".repeat(1000)), "!\n"),
};

async function main(): Promise<void> {
  const input = INPUTS[process.argv[2] ?? ""];
  if (input === undefined) throw new Error(`no such input; there are ${Object.keys(INPUTS).join(", ")}`);
  let result: object;
  try {
    const { events, sources, diagnostics } = await readInputs(["-"], { profile, stdin: Readable.from(input()) });
    result = { events: events.length, source: sources[0], diagnostics: diagnostics.map(({ id }) => id) };
  } catch (error) {
    if (!(error instanceof PostrunError)) throw error;
    result = { refused: error.message };
  }
  process.stdout.write(JSON.stringify({ ...result, megabytes: Math.round(process.resourceUsage().maxRSS / 1024) }));
}

await main();
