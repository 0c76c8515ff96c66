import { describe, expect, test } from "vitest";
import { filesUnder, type ImportLine, importLines, importsOf } from "./sources.js";

/**
 * Who may import whom under src/. Data flows one way: sources, events, timeline, findings, report. A name without a slash is a folder of
 * src/ or a file in it; every folder may import itself.
 */
const LAYERS: Readonly<Record<string, readonly string[]>> = {
  model: [],
  ingest: ["model"],
  timeline: ["model"],
  analyze: ["model"],
  report: ["model"],
  profiles: ["model"],
  simulate: ["model"],
  predict: ["model"],
  table: ["model"],
  references: ["model"],
  compare: ["model"],
  // Captures a cluster; what it writes, ingest reads.
  collect: ["model"],
  // A wrapped command and its stored output; open Jobs as they come and go.
  "run-command": ["model"],
  live: ["model"],
  // The two places that join the layers: for the inputs of a run, for the reports of several.
  "postrun.ts": ["model", "ingest", "timeline", "analyze", "report", "profiles", "table", "references", "compare", "predict"],
  "pool-runs.ts": ["model", "analyze", "profiles", "compare"],
  commands: ["postrun.ts", "pool-runs.ts", "model", "collect", "run-command", "live", "predict", "report", "profiles", "table"],
  "cli.ts": ["commands", "model"],
  // What library users get; nothing inside imports it.
  "index.ts": ["postrun.ts", "pool-runs.ts", "model", "predict", "report", "profiles", "table"],
};

/** The same for the folders inside of four: what they may import of it. Beside them stand those who use them all. */
const INSIDE: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  // What the nouns are made of, and what can be told from them.
  model: {
    collections: [],
    bytes: [],
    text: [],
    statistics: ["collections", "time.js"],
    expressions: ["claim.js", "errors.js"],
    patterns: ["errors.js"],
    privacy: ["inspection.js", "profile.js", "report.js"],
    reports: ["collections", "statistics", "clock.js", "measurement.js", "profile.js", "report.js", "source.js", "time.js"],
  },
  // From stored bytes to events: what readers are made of, the readers, and the files that they are given.
  ingest: {
    bytes: [],
    stamps: ["bytes"],
    json: ["bytes"],
    "event-table": ["bytes"],
    kubernetes: ["bytes", "stamps", "json", "recorder.js", "line-ledger.js"],
    log: ["bytes", "stamps", "json", "recorder.js", "test-results.js"],
    readers: [
      "bytes",
      "stamps",
      "json",
      "event-table",
      "kubernetes",
      "log",
      "ingester.js",
      "join-sources.js",
      "line-ledger.js",
      "recorder.js",
      "test-results.js",
    ],
    files: [
      "bytes",
      "event-table",
      "log",
      "readers",
      "detect.js",
      "examination.js",
      "file-name-hints.js",
      "ingester.js",
      "recorder.js",
      "unusable.js",
    ],
  },
  // The steps to the one time axis.
  timeline: {
    clocks: [],
    cluster: ["clocks", "say.js"],
    investigations: [],
    links: ["clocks", "cluster", "investigations"],
    logs: ["clocks", "investigations", "links"],
  },
  // What is measured, and what is judged.
  analyze: {
    stages: [],
    jobs: ["stages", "measure-reasons.js"],
    concurrency: ["jobs"],
    metrics: ["stages", "jobs", "concurrency", "measure-reasons.js"],
    "cross-checks": ["jobs", "concurrency", "metrics"],
    polling: ["stages", "jobs", "metrics", "measure-reasons.js"],
    claims: ["metrics"],
  },
  // What is said, then drawn, then put together as one of the forms.
  report: {
    locales: [],
    words: ["locales"],
    schema: [],
    embed: [],
    templates: ["locales", "words", "template-files.js"],
    svg: ["templates"],
    view: ["locales", "words", "templates", "svg", "split.js"],
    charts: ["words", "svg", "view", "template-files.js"],
    forms: ["locales", "words", "svg", "view", "charts"],
  },
};

/** Imports that break the table for a reason, as "file -> target". */
const EXCEPTIONS: readonly string[] = [
  // The exit codes are a contract with the programs around postrun, and stand in one place.
  "src/index.ts -> src/commands/exit-codes.js",
];

/** Packages that are heavy or native, and the one file that imports each by value. */
const HEAVY: Readonly<Record<string, string>> = {
  "danfojs-node": "src/table/data-frames.ts",
  "chartjs-node-canvas": "src/report/charts/canvas.ts",
  canvas: "src/report/charts/canvas.ts",
  "@kubernetes/client-node": "src/collect/kube-config.ts",
};

const lines = importLines("src");
const where = ({ file, line }: ImportLine): string => `${file}:${line}`;
/** src/model/time.ts -> model, src/cli.ts -> cli.ts */
const layerOf = (path: string): string => (path.split("/")[1] ?? "").replace(/\.js$/, ".ts");

describe("the layers of src/", () => {
  test("are all in the table", () => {
    const unknown = filesUnder("src", ".ts").filter((file) => !(layerOf(file) in LAYERS));
    expect(unknown).toEqual([]);
  });

  test("import only what the table allows", () => {
    const broken = lines
      .filter(({ target }) => target !== undefined)
      .filter(({ file, target = "" }) => {
        const [from, to] = [layerOf(file), layerOf(target)];
        return from !== to && !(LAYERS[from] ?? []).includes(to) && !EXCEPTIONS.includes(`${file} -> ${target}`);
      })
      .map((line) => `${where(line)} imports ${line.specifier}`);
    expect(broken).toEqual([]);
  });

  test("have no exception that is not needed", () => {
    const present = lines.map(({ file, target }) => `${file} -> ${target}`);
    expect(EXCEPTIONS.filter((exception) => !present.includes(exception))).toEqual([]);
  });

  test.each(Object.entries(INSIDE))("go one way inside %s/ too", (layer, allowed) => {
    const within = (path: string) => path.split("/")[2] ?? "";
    const folders = new Set(filesUnder(`src/${layer}`, ".ts").flatMap((file) => (file.split("/").length > 3 ? [within(file)] : [])));
    expect([...folders].sort()).toEqual(Object.keys(allowed).sort());
    const broken = importLines(`src/${layer}`)
      .filter(({ file, target }) => within(file) in allowed && target?.startsWith(`src/${layer}/`))
      .filter(({ file, target = "" }) => within(file) !== within(target) && !allowed[within(file)]?.includes(within(target)))
      .map((line) => `${where(line)} imports ${line.specifier}`);
    expect(broken).toEqual([]);
  });

  test("stay inside src/", () => {
    expect(lines.filter(({ target }) => target !== undefined && !target.startsWith("src/")).map(where)).toEqual([]);
  });
});

describe("imports", () => {
  test("of own files end in .js, as Node asks", () => {
    const tests = importLines("test");
    const bare = [...lines, ...tests].filter(({ target }) => target !== undefined && !/\.(js|mjs|json)$/.test(target));
    expect(bare.map(where)).toEqual([]);
  });

  test.each(Object.entries(HEAVY))("of %s stand in %s alone, which is itself loaded lazily", (name, only) => {
    const importers = lines.filter(({ specifier }) => specifier === name || specifier.startsWith(`${name}/`));
    expect([...new Set(importers.map(({ file }) => file))]).toEqual([only]);
    const loaders = lines.filter(({ target }) => target === only.replace(/\.ts$/, ".js"));
    expect(loaders.filter(({ kind }) => kind === "eager").map(where)).toEqual([]);
    expect(loaders.some(({ kind }) => kind === "lazy")).toBe(true);
  });

  test("of chart.js are of types: chartjs-node-canvas brings the code", () => {
    const chart = lines.filter(({ specifier }) => /^chart\.js(\/|$)/.test(specifier));
    expect(chart.filter(({ kind }) => kind !== "type").map(where)).toEqual([]);
  });

  test("are found in every form in which they can be written", () => {
    const source = [
      'import { a } from "./a.js";',
      'import type { B } from "./b.js";',
      'import {\n  c,\n} from "./c.js";',
      'export * from "./d.js";',
      'export type { E } from "./e.js";',
      'import "./f.js";',
      'const g = await import("./g.js");',
      'export const h = "./h.js";',
      'export type I = "./i.js";',
    ].join("\n");
    expect(importsOf("src/x/y.ts", source).map(({ kind, target, line }) => [line, kind, target])).toEqual([
      [1, "eager", "src/x/a.js"],
      [2, "type", "src/x/b.js"],
      [3, "eager", "src/x/c.js"],
      [6, "eager", "src/x/d.js"],
      [7, "type", "src/x/e.js"],
      [8, "eager", "src/x/f.js"],
      [9, "lazy", "src/x/g.js"],
    ]);
  });
});
