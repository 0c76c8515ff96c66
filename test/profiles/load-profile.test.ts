import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { PostrunError } from "../../src/model/errors.js";
import { listProfiles, loadClaims, loadProfile } from "../../src/profiles/load-profile.js";

const builtIn = "profiles/focus-server";

describe("loadProfile", () => {
  let folder = "";
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "postrun-profiles-"));
  });
  afterAll(() => rm(folder, { recursive: true }));

  async function problem(load: Promise<unknown>): Promise<PostrunError> {
    try {
      await load;
    } catch (error) {
      if (error instanceof PostrunError) return error;
      throw error;
    }
    throw new Error("expected a PostrunError");
  }

  async function changed(file: "profile.yaml" | "claims.yaml", from: string, to: string): Promise<string> {
    const text = await readFile(`${builtIn}/${file}`, "utf8");
    expect(text).toContain(from);
    const path = join(folder, file);
    await writeFile(path, text.replace(from, to));
    return path;
  }

  it("finds the built-in profile by name, by folder and by file", async () => {
    expect(await listProfiles()).toEqual(["batch-jobs", "focus-server"]);
    const loaded = await loadProfile("focus-server");
    expect([loaded.profile.id, loaded.claims.claims.length, loaded.claims.relations.length]).toEqual(["focus-server", 30, 9]);
    expect((await loadProfile(builtIn)).profile).toEqual(loaded.profile);
    expect((await loadProfile(`${builtIn}/profile.yaml`)).claims).toEqual(loaded.claims);
  });

  it("takes the claims of another file", async () => {
    const { claims } = await loadProfile("focus-server", "samples/kubernetes-run/claims.yaml");
    expect(claims.claims.find(({ id }) => id === "cleanup-after-disconnect")?.documented).toMatchObject({ value: 10 });
  });

  it("suggests the name that was meant", async () => {
    const error = await problem(loadProfile("focus-sever"));
    expect([error.code, error.message]).toEqual(["usage", 'no profile "focus-sever": neither a built-in profile nor a file']);
    expect(error.hint).toBe("did you mean focus-server?");
  });

  it.each([
    ["profile.yaml", "schemaVersion: 1", "schemaVersion: 9", /profile\.yaml:5:16: schemaVersion: .*1/],
    ["profile.yaml", "    opens: true", "    opens: maybe", /profile\.yaml:\d+:12: patterns\.3\.opens: .*boolean/],
    ["profile.yaml", "  - id: disconnect\n", "  - id: Disconnect!\n", /stages\.\d\.id: an id is lower-case words joined by hyphens/],
    ["profile.yaml", "message: Configuring streaming job", "message: '(?=look)ahead'", /patterns\.configure-start\.message: the pattern/],
    [
      "profile.yaml",
      "after: [configure-start]",
      "after: [configure-strat]",
      /patterns\.configured\.after: unknown pattern "configure-strat"/,
    ],
    ["profile.yaml", "to: configured\n", "to: configurd\n", /stages\.configure: unknown point "configurd"/],
    ["profile.yaml", "patterns:", "patterns: [", /profile\.yaml:\d+:\d+: not valid YAML/],
  ] as const)("refuses %s with %j replaced by %j", async (file, from, to, message) => {
    const error = await problem(loadProfile(await changed(file, from, to)));
    expect(error.code).toBe("config");
    expect(error.message).toMatch(message);
  });

  it.each([
    ["id: frames-count", "id: frames-duration", /frames-duration: this id is used twice/, undefined],
    [
      "left: mean-open-jobs",
      "left: mean-open-job",
      /relations\.mean-is-life-over-period: unknown claim "mean-open-job"/,
      "did you mean mean-open-jobs?",
    ],
    ["left: cleanup-trigger", "left: cleanup-trigger +", /relations\.trigger-is-checks-times-interval: expression/, undefined],
    ["stage: configure }", "stage: confiure }", /claims\.configure-duration\.measure: unknown stage "confiure"/, "did you mean configure?"],
    ["appliesWhen: test = 30", "appliesWhen: tests = 30", /unknown parameter "tests"/, "did you mean test?"],
    ["      he: הניתוק נמשך כ-0.1 שנ׳.\n", "", /claims\.yaml:\d+:\d+: claims\.4\.statement\.he/, undefined],
    [
      "takes {median} s (median; 95%",
      "takes {mean} s (median; 95%",
      /configure-duration\.suggestion: the languages use different numbers/,
      undefined,
    ],
    ["    evidenceClass: estimated", "    evidenceClas: estimated", /claims\.0/, undefined],
    [
      "value: 0.1, unit: s",
      "value: 0.1, unit: count",
      /disconnect-duration\.documented\.unit: stage-duration is measured in "s", not in "count"/,
      undefined,
    ],
    ["tolerance: 2.5", "tolerence: 2.5", /claims\.12\.documented: .*tolerence/, "did you mean tolerance?"],
    [
      "setting: backoffLimit }",
      "setting: backofflimit }",
      /claims\.\d+\.(?:measure|deployed)\.setting: expected a mapping with env, or "ttlSecondsAfterFinished", "backoffLimit"/,
      "did you mean backoffLimit?",
    ],
    ["setting: { env: ", "setting: { var: ", /setting: Unrecognized key: "var" \(known: env\)/, undefined],
    ["appliesWhen: test = 30", "appliesWhen: test == 30", /appliesWhen: expression "test == 30"/, "write = for =="],
    [
      "value: 0.1, unit: s",
      "value: 0,1, unit: s",
      /documented: Unrecognized key: "1"/,
      "a comma parts entries: write decimals with a point, as in 0.3",
    ],
    [
      "    from: configure-start",
      "    from: configure-sart",
      /configure-duration\.from: unknown point "configure-sart"/,
      "did you mean configure-start?",
    ],
  ] as const)("refuses claims with %j replaced by %j", async (from, to, message, hint) => {
    const { profile } = await loadProfile("focus-server");
    const error = await problem(loadClaims(await changed("claims.yaml", from, to), profile));
    expect(error.message).toMatch(message);
    if (hint !== undefined) expect(error.hint).toBe(hint);
  });

  it("points at a key that it does not know, in a mapping or at the top of the file", async () => {
    const { profile } = await loadProfile("focus-server");
    const path = join(folder, "keys.yaml");
    await writeFile(path, "schemaVersion: 1\nclaims: []\n\nrelation: []\n");
    expect((await problem(loadClaims(path, profile))).message).toMatch(/keys\.yaml:4:1: Unrecognized key: "relation"/);
    const nested = await changed("claims.yaml", "tolerance: 2.5", "tolerence: 2.5");
    const before = (await readFile(nested, "utf8")).split("tolerence")[0]?.split("\n") ?? [];
    const place = `:${before.length}:${(before.at(-1)?.length ?? 0) + 1}: claims.12.documented`;
    expect((await problem(loadClaims(nested, profile))).message).toContain(place);
  });

  it("says where a problem stands that only the names show, and all that there are", async () => {
    const text = await readFile(`${builtIn}/profile.yaml`, "utf8");
    const line = (part: string, of = text) => of.slice(0, of.indexOf(part)).split("\n").length;
    const one = await problem(loadProfile(await changed("profile.yaml", "to: configured\n", "to: configurd\n")));
    expect(one.message).toContain(`profile.yaml:${line("  - id: configure\n")}:`);
    const both = text.replace("to: configured\n", "to: configurd\n").replace("after: [configure-start]", "after: [configure-strat]");
    const path = join(folder, "profile.yaml");
    await writeFile(path, both);
    const all = await problem(loadProfile(path));
    expect(all.message.split("\n")).toEqual([
      expect.stringMatching(
        new RegExp(`:${line("configure-strat", both)}:\\d+: patterns\\.configured\\.after: .* \\(did you mean configure-start\\?\\)$`),
      ),
      expect.stringMatching(/: stages\.configure: unknown point "configurd" \(did you mean configured\?\)$/),
    ]);
  });

  it("names a key that was meant to be another and not the other that is missing, and says what a value should be", async () => {
    const path = join(folder, "keys.yaml");
    const said = async (text: string) => {
      await writeFile(path, `schemaVersion: 1\nid: x\ntitle: { en: x, he: x }\njobId: x\njobs: []\nstages: []\npatterns:\n${text}`);
      const { message, hint } = await problem(loadProfile(path));
      return [message.slice(message.indexOf("keys.yaml:") + "keys.yaml:".length), hint];
    };
    expect(await said("  - { id: a, mesage: b }")).toEqual(['8:14: patterns.0: Unrecognized key: "mesage"', "did you mean message?"]);
    expect(await said("  - { id: a }")).toEqual(["8:5: patterns.0.message: is missing: expected a text", undefined]);
    expect((await said("  - { id: a, message: b, opens: yes }"))[1]).toBe("write true or false, without quotes");
    expect((await said("  - { id: a, message: 010 }"))[1]).toBe('quote it: "010"');
    expect((await said("  - { id: a, message: b, after: c }"))[1]).toBe("write [c]");
    expect(await said("  - { id: a, message: b, logger: 1 }")).toEqual(["8:34: patterns.0.logger: expected a text, or a list", undefined]);
    expect((await said("  - { id: a, message: '(?<=x)y' }"))[0]).toMatch(
      /^8:23: patterns\.a\.message: the pattern "\(\?<=x\)y" cannot be used: .* \(.*no look-around, no back-references.*\)$/m,
    );
    expect((await said('  - { id: a, message: "\\d" }'))[1]).toMatch(/^write expressions in single quotes/);
    expect((await said("  - { id: a, message: order # 1 }\n  - { id: b, message: c }"))[1]).toMatch(
      /^without quotes " #" begins a comment/,
    );
  });

  it("names what a key may say that tells forms apart, and where a key stands that was written a step too deep", async () => {
    const { profile } = await loadProfile("focus-server");
    const said = async (from: string, to: string) => {
      const { message, hint } = await problem(loadClaims(await changed("claims.yaml", from, to), profile));
      return [message.replace(/^.*claims\.yaml:\d+:\d+: /, ""), hint];
    };
    const metrics = /stage-duration, mark-value, job-duration, .*, cpu-threshold$/;
    const [wrong, meant] = await said("metric: run-duration", "metric: run-durations");
    expect([wrong, meant]).toEqual([
      expect.stringMatching(/^claims\.\d+\.measure\.metric: "run-durations" is none of stage-duration, /),
      "did you mean run-duration?",
    ]);
    expect(wrong).toMatch(metrics);
    expect((await said("{ metric: run-duration }", "{}"))[0]).toMatch(
      /measure\.metric: is missing: expected one of stage-duration, mark-value/,
    );
    expect(await said("value: 5, unit: s }\n    setting: true", "value: 5, unit: s, setting: true }")).toEqual([
      expect.stringMatching(/\.documented: Unrecognized key: "setting"$/),
      "it stands beside documented, not in it",
    ]);
  });

  it("takes the number of a single line as it stands", async () => {
    const { profile } = await loadProfile("focus-server");
    const text = await readFile(`${builtIn}/claims.yaml`, "utf8");
    const path = join(folder, "claims.yaml");
    await writeFile(path, text.replace(/lines: ["'][^"']*["']/, "lines: 12"));
    const claims = await loadClaims(path, profile);
    expect(claims.claims.map(({ source }) => source.lines)).toContain("12");
  });

  it("does not let aliases multiply", async () => {
    const path = join(folder, "bomb.yaml");
    const levels = Array.from({ length: 9 }, (_, level) => `x${level + 1}: &x${level + 1} [${Array(9).fill(`*x${level}`).join(", ")}]`);
    await writeFile(path, ["x0: &x0 [a]", ...levels].join("\n"));
    expect((await problem(loadClaims(path))).message).toMatch(/bomb\.yaml: Excessive alias count/);
  });

  it("names a file that cannot be read", async () => {
    const error = await problem(loadClaims(join(folder, "none.yaml")));
    expect(error.message).toMatch(/none\.yaml: cannot read the claims file \(ENOENT\)/);
    const alone = join(folder, "alone", "profile.yaml");
    await mkdir(join(folder, "alone"));
    await writeFile(alone, "schemaVersion: 1\nid: x\ntitle: { en: x, he: x }\njobId: x\njobs: []\nstages: []\npatterns: []\n");
    const { message, hint } = await problem(loadProfile(alone));
    expect(message).toMatch(/profile\.yaml: there is no claims file .*claims\.yaml$/);
    expect(hint).toContain('its key "claims" says');
    await writeFile(join(folder, "alone", "claims.yaml"), "schemaVersion: 1\nclaims: []\n");
    expect((await loadProfile(alone)).claims.claims).toEqual([]);
  });
});
