import { describe, expect, it } from "vitest";
import { missingPieces } from "../../src/analyze/missing.js";
import type { Moment } from "../../src/model/timeline.js";
import { anchoredRunner, focusServer, sources } from "../timeline/builders.js";
import { investigation, moment, regularRun, timeline } from "./builders.js";

const keys = (...args: Parameters<typeof missingPieces>) => missingPieces(...args).map((piece) => piece.key);
const none = [false, false, false, false, false];

describe("what a full answer still needs", () => {
  it("is the cluster's side where there is only a log", () => {
    const found = keys(timeline([investigation(1, 0)], []), sources(1).slice(0, 1), none, focusServer);
    expect(found.slice(0, 3)).toEqual(["missing-capture", "missing-jobs", "missing-pods"]);
    expect(found).not.toContain("missing-log");
  });

  it("is the log where there are only Jobs", () => {
    const { jobs } = regularRun(2, () => 50_000);
    expect(keys(timeline([], jobs), sources(1), none, focusServer)[0]).toBe("missing-log");
  });

  it("is what shows deletions where nothing does", () => {
    const run = regularRun(2, () => null);
    expect(keys({ ...run, jobCoverage: null }, sources(1), none, focusServer)).toContain("missing-deletions");
  });

  it("is the line that answers a request where only the ends of investigations bound the clock", () => {
    const run = regularRun(2, () => 50_000);
    const loose = { ...run, clocks: [...run.clocks.filter(({ id }) => id !== "runner"), anchoredRunner({ uncertaintyMs: 8400 })] };
    const patterns = focusServer.patterns.filter(({ message }) => !/<(?:jobId|port)>/.test(message));
    const keyless = { ...focusServer, patterns: patterns.map((one) => ({ ...one, answers: false })), stages: [] };
    const found = missingPieces(loose, sources(1), none, keyless).find(({ key }) => key === "missing-answer");
    expect(found?.values).toEqual({ seconds: 8 });
    const [first, ...others] = keyless.patterns;
    if (first === undefined) throw new Error("no pattern");
    const answered = { ...keyless, patterns: [{ ...first, answers: true }, ...others] };
    for (const one of [answered, focusServer]) expect(keys(loose, sources(1), none, one)).not.toContain("missing-answer");
    expect(keys(run, sources(1), none, keyless)).not.toContain("missing-answer");
  });

  it("names the captures that ended early, and every piece that can be captured comes with its command", () => {
    const pieces = missingPieces(
      regularRun(2, () => 50_000),
      sources(1),
      [false, true, false, false, false],
      focusServer,
    );
    expect(pieces.find((piece) => piece.key === "missing-full-coverage")?.values).toEqual({ paths: "source-1" });
    const watch = pieces.find((piece) => piece.key === "missing-pods");
    expect(watch?.commands.map(({ shell }) => shell)).toEqual(["bash", "powershell"]);
    expect(watch?.commands[0]?.text).toContain("--output-watch-events");
  });

  it("is captured by postrun first, in one for all of it, and by kubectl where that may not be", () => {
    const run = regularRun(2, () => null);
    const pieces = missingPieces({ ...run, jobCoverage: null }, sources(1), [true, ...none], focusServer);
    expect(pieces[0]).toEqual({
      key: "missing-capture",
      values: {},
      commands: [{ shell: "any", text: "postrun collect -n default --cpu 10s --until-idle 90s -o capture.ndjson.gz" }],
    });
    for (const key of ["missing-deletions", "missing-pods", "missing-events", "missing-full-coverage", "missing-cpu-samples"]) {
      const commands = pieces.find((piece) => piece.key === key)?.commands ?? [];
      expect([key, commands.some(({ text }) => /kubectl get|api\/v1\/query/.test(text))]).toEqual([key, true]);
    }
  });

  it("is no Events where one tells when a Pod started, whatever format it stood in", () => {
    const run = regularRun(2, () => 50_000);
    const started = (how: Moment["how"]) => ({ ...run, pods: [{ name: "p", uid: "p", jobUid: "uid-1", started: moment(1000, 0, how) }] });
    const yaml = sources(1).map((source) => ({ ...source, format: "kubernetes-yaml" }));
    expect(keys(started("event-name"), yaml, none, focusServer)).not.toContain("missing-events");
    expect(keys(started("container-state"), yaml, none, focusServer)).toContain("missing-events");
  });

  it("is an audit log that keeps the deletes that name no Job", () => {
    const run = regularRun(2, () => 50_000);
    const audit = missingPieces(run, sources(1), none, focusServer).find(({ key }) => key === "missing-audit");
    const [, names] = audit?.commands[0]?.text.match(/grep -E '([^']*)' > /) ?? [];
    expect(new RegExp(names ?? "x^").test('{"verb":"deletecollection","objectRef":{"resource":"jobs"}}')).toBe(true);
  });

  it("takes no text of the input into a command that is no name of a namespace", () => {
    const run = regularRun(2, () => null);
    const named = (namespace: string) =>
      missingPieces({ ...run, jobs: run.jobs.map((job) => ({ ...job, namespace })), jobCoverage: null }, sources(1), none, focusServer)
        .flatMap(({ commands }) => commands)
        .map(({ text }) => text);
    for (const hostile of ["x; touch pwned #", "$(id)", "a'b", "-A", "A", "x\ny", "a".repeat(64)]) {
      const texts = named(hostile);
      expect(texts.filter((text) => text.includes(hostile) && hostile.length > 2)).toEqual([]);
      expect(texts).toContain("postrun collect -n NAMESPACE --cpu 10s --until-idle 90s -o capture.ndjson.gz");
    }
    expect(named("focus-server-2")).toContain("postrun collect -n focus-server-2 --cpu 10s --until-idle 90s -o capture.ndjson.gz");
  });

  it("quotes the names of a profile for the shell and for grep", () => {
    const jobs = focusServer.jobs.map((family) => ({ ...family, name: "it's.a-{id}" }));
    const audit = missingPieces(
      regularRun(2, () => 50_000),
      sources(1),
      none,
      { ...focusServer, jobs },
    ).find(({ key }) => key === "missing-audit");
    expect(audit?.commands[0]?.text).toContain("grep -E 'it'\\''s\\.a-|it'\\''s\\.a-|deletecollection'");
  });

  it("names only options that the command has", async () => {
    const { buildProgram } = await import("../../src/commands/program.js");
    const collect = buildProgram().commands.find((command) => command.name() === "collect");
    const known = new Set(collect?.options.flatMap(({ short, long }) => [short, long]));
    const texts = missingPieces(timeline([], []), sources(1), [true, ...none], focusServer).flatMap(({ commands }) => commands);
    const used = texts.filter(({ text }) => text.startsWith("postrun collect")).flatMap(({ text }) => text.match(/ --?[a-z-]+/g) ?? []);
    expect(used.length).toBeGreaterThan(0);
    expect(used.filter((option) => !known.has(option.trim()))).toEqual([]);
  });
});
