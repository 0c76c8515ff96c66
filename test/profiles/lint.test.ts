import { describe, expect, it } from "vitest";
import type { Claim, ClaimsFile } from "../../src/model/claim.js";
import type { Pattern, Profile } from "../../src/model/profile.js";
import { lintClaims } from "../../src/profiles/lint-claims.js";
import { lintProfile } from "../../src/profiles/lint-profile.js";
import { focusServer, focusServerClaims } from "../timeline/builders.js";

const shown = (problems: ReturnType<typeof lintProfile>) => problems.map(({ place, message }) => `${place}: ${message}`);
const ofProfile = (fields: Partial<Profile>) => shown(lintProfile({ ...focusServer, ...fields }));
const title = { en: "a", he: "א" };

function ofStage(from: string | string[], to: string, partOf?: string): string[] {
  const stage = { id: "own", title, from, to, sequentialOnly: false, includeFailed: false, ...(partOf === undefined ? {} : { partOf }) };
  return ofProfile({ stages: [...focusServer.stages, stage] });
}

describe("stages that nothing can measure are refused", () => {
  it.each([
    ["job.finished", "job.created", ["stages.own: job.finished never comes before job.created"]],
    [["job.created", "job.deleted"], "job.finished", ["stages.own: job.deleted never comes before job.finished"]],
    ["job.created", "job.created", ["stages.own: job.created never comes before job.created"]],
    ["job.deleted", "next.start", ["stages.own: a stage from job.deleted cannot end at next.start: that is a line of the log"]],
    ["next.start", "connected", ["stages.own.from: next.start can only end a stage"]],
    [[], "connected", ["stages.own.from: names no point"]],
    [["job.created", "connected"], "job.deleted", []],
    ["disconnected", "next.start", []],
  ] as const)("from %j to %s", (from, to, expected) => {
    expect(ofStage(typeof from === "string" ? from : [...from], to)).toEqual(expected);
  });

  it("where they end with the line that begins an investigation", () => {
    const patterns = focusServer.patterns.map((one) => (one.opens ? { ...one, id: "asked", after: [], attempt: false } : one));
    const stage = { id: "own", title, from: "connected", to: "asked", sequentialOnly: false, includeFailed: false };
    const problems = (pattern: Partial<Pattern>) =>
      ofProfile({ patterns: patterns.map((one) => (one.id === "asked" ? { ...one, ...pattern } : one)), stages: [stage] });
    const found = problems({}).filter((text) => text.startsWith("stages.own"));
    expect(found).toEqual(['stages.own: "asked" opens an investigation, so "connected" never comes before it']);
    // Asked again after it failed.
    for (const again of [{ attempt: true }, { after: ["connected"] }, { message: "(?<investigation>x)" }])
      expect(problems(again).filter((text) => text.startsWith("stages.own"))).toEqual([]);
  });

  it("as part of themselves", () => {
    expect(ofStage("connecting", "connected", "own")).toEqual(["stages.own.partOf: the stage is a part of itself: own, own"]);
    expect(ofStage("connecting", "connected", "connect")).toEqual([]);
  });

  it("where no pattern closes an investigation", () => {
    const patterns = focusServer.patterns.map((pattern) => ({ ...pattern, closes: false }));
    expect(ofProfile({ patterns })).toEqual([
      'patterns: no pattern closes an investigation: none would end well, and the stage "configure" would never be measured',
    ]);
  });
});

describe("patterns that could find nothing are refused", () => {
  const [first] = focusServer.patterns as [Pattern, ...Pattern[]];
  const {
    logger: _,
    reports: __,
    ...plain
  } = { ...first, startsRun: false, standalone: false, header: false, opens: false, closes: false, fails: false, ignore: false };
  const ofPattern = (fields: Partial<Pattern>) =>
    ofProfile({ patterns: [...focusServer.patterns, { ...plain, id: "own", message: "own", after: [], ...fields }] });

  it.each([
    [{ ignore: true, opens: true }, "patterns.own: ignore and opens exclude each other"],
    [{ closes: true, fails: true }, "patterns.own: closes and fails exclude each other"],
    [{ message: "" }, "patterns.own.message: an empty expression matches every line"],
    [{ message: "(?<job_id>x)" }, 'patterns.own.message: unknown group "job_id"'],
    [{ message: "(?<Error>x)" }, 'patterns.own.message: unknown group "Error"'],
    [{ message: "done\b" }, 'patterns.own.message: the expression "done\\b" holds the control character U+0008'],
    [{ after: ["own"] }, 'patterns.own.after: "own" comes after itself alone, so the first of them would never come'],
  ])("%j", (fields, problem) => {
    expect(ofPattern(fields)).toEqual([problem]);
  });

  it("but none that can", () => {
    expect(ofPattern({ message: "(?<jobId>x) (?<errors>y)", after: ["own", "connected"], fails: true, attempt: true })).toEqual([]);
    expect(ofPattern({ standalone: true, ignore: true })).toEqual([]);
  });

  it("where lines without a key have no beginning", () => {
    const closed = (fields: Partial<Pattern>[]) =>
      ofProfile({
        stages: [],
        aliases: [],
        crossChecks: [],
        patterns: fields.map((one, index) => ({ ...plain, id: `p-${index}`, message: "x", after: [], standalone: false, ...one })),
      });
    expect(closed([{}, { ignore: true }])).toEqual([
      'patterns: no pattern opens an investigation: lines of "p-0" have no key, and nothing would tell whose they are',
    ]);
    expect(
      [closed([{ opens: true }, {}]), closed([{ header: true }, {}]), closed([{ message: "(?<jobId>x)" }]), closed([])].flat(),
    ).toEqual([]);
    expect(closed([{ ignore: true }, { standalone: true }])).toEqual([]);
  });
});

describe("names in a profile that mean nothing are refused", () => {
  /** A format of the third style of logging. */
  const DOLLARS = ["asctime", "message"].map((field) => `$\{${field}}`).join(" ");
  const text = { title, type: "string", values: ["prod", "staging"], detect: [] } as const;
  it.each([
    [{ jobs: [{ role: "serving", name: "load-{jobid}" }] }, 'jobs.0.name: unknown placeholder "{jobid}" in "load-{jobid}"'],
    [{ aliases: [{ key: "port", slotGroup: "slots", base: 1 }] }, 'aliases.0.slotGroup: unknown group of jobId "slots"'],
    [{ parameters: { env: { ...text, default: "stagng" } } }, 'parameters.env.default: "stagng" is not among the values'],
    [
      { parameters: { env: { ...text, detect: [{ text: "x", value: "test" }] } } },
      'parameters.env.detect.0.value: "test" is not among the values',
    ],
    [{ parameters: { n: { title, type: "number", default: "four", detect: [] } } }, 'parameters.n.default: expected a number, not "four"'],
    [
      { parameters: { max_workers: { title, type: "number", detect: [] } } },
      "parameters.max_workers: no condition could speak of a parameter with this name",
    ],
    [{ log: { formats: ["%(asctime)s %(msg)s"] } }, 'log.formats.0: the log format "%(asctime)s %(msg)s" has no message'],
    [{ log: { formats: ["{message}"] } }, 'log.formats.0: the log format "{message}" has no time'],
    [
      { log: { formats: ["%(asctime)s %(message)s"], datefmt: "%d.%m." } },
      'log.formats.0: the log format "%(asctime)s %(message)s" has no time',
    ],
    [
      { log: { formats: ["%(created)f %(message)s %(message)s"] } },
      'log.formats.0: the log format "%(created)f %(message)s %(message)s" has the field message twice',
    ],
  ] as const)("%j", (fields, problem) => {
    expect(ofProfile(fields as unknown as Partial<Profile>)).toEqual([problem]);
  });

  it.each([
    [
      { jobs: [{ role: "serving", name: "worker-$jobId" }] },
      'jobs.0.name: "worker-$jobId" can be the name of no Job: these hold lower-case',
    ],
    [{ jobId: "^(?<slot>\\d+)-\\d+$" }, 'jobId: "^" in the expression of a job id keeps it from being found in the name of a Job'],
    [{ jobId: "(?<slot>\\d+)-\\d+$" }, 'jobId: "$" in the expression of a job id keeps it from being found in the name of a Job'],
    [{ jobId: "\b\\d+" }, 'jobId: the expression "\\b\\\\d+" holds the control character U+0008'],
    [{ timeoutErrors: ["\u001b\\[31m"] }, "timeoutErrors.0: the expression "],
    [{ log: { formats: ["%(asctime) %(message)s"] } }, "log.formats.0: the field %(asctime) of the log format"],
    [{ log: { formats: [DOLLARS] } }, `log.formats.0: the log format "${DOLLARS}" is of the $ style`],
    [
      { log: { formats: ["%(asctime)s %(message)s"], datefmt: "%d.%m.%Y %I:%M:%S" } },
      'log.datefmt: the datefmt "%d.%m.%Y %I:%M:%S" has hours of 12 (%I) without AM or PM',
    ],
  ] as const)("%j", (fields, problem) => {
    const [first = "", ...more] = ofProfile(fields as unknown as Partial<Profile>);
    expect([first.slice(0, problem.length), more]).toEqual([problem, []]);
  });

  it.each([
    ["%Y-%m-%d %H:%M:%S.%L", "has the unknown directive %L"],
    ["%c", "has the unknown directive %c"],
    ["%Y-%m-%d %H:%M:%S %", "has the unknown directive %"],
    ["%Y-%m-%d %H:%M:%S.%3N", "has the unknown directive %3"],
    ["yyyy-MM-dd HH:mm:ss", "has no directive"],
    ["%Y-%M-%d %H:%m:%S", "has the minute (%M) behind the year (%Y), not behind the hour"],
    ["%Y-%m-%d %H:%m:%S", "tells the month twice (%m, %m)"],
    ["%d.%Y %H:%m:%S", "has the second (%S) behind the month (%m), not behind the minute"],
    ["%M:%S", "has the minute (%M) first, not behind the hour"],
    ["%Y-%d %H:%m", "has the hour (%H) without the minute"],
    ["%F %f %T", "has the decimals (%f) behind the day (%d), not behind the second or seconds since 1970"],
    ["%H:%M:%s", "has seconds since 1970 (%s) beside the hour (%H)"],
    ["%T.%f %H", "tells the hour twice (%H, %H)"],
    ["%d %T", "has the day (%d) without the month"],
    ["%b %T", "has the month (%b) without the day"],
    ["%Y %T", "has the year (%Y) without the month"],
    ["%j %T", "has the day of the year (%j) without the year"],
    ["%F %l:%M", "has hours of 12 (%l) without AM or PM"],
  ])("the datefmt %s", (datefmt, problem) => {
    const [first = "", ...more] = ofProfile({ log: { formats: ["%(asctime)s %(message)s"], datefmt } });
    expect([first, more]).toEqual([`log.datefmt: the datefmt "${datefmt}" ${problem}`, []]);
  });

  it("but no date format that can be read", () => {
    const fits = [
      "%a %b %d %H:%M:%S %Y",
      "%d %b %Y %I:%M:%S.%f %p",
      "%I %p:%M:%S",
      "%b %e %k:%M",
      "%s,%f",
      "%Y-%j %T%z",
      "%D %r",
      "%F %R %Z",
      "%m%%%d %T",
    ];
    for (const datefmt of fits) expect(ofProfile({ log: { formats: ["%(asctime)s %(message)s"], datefmt } }), datefmt).toEqual([]);
  });

  it("says what to write in place of a directive of another language, and which there are", () => {
    const [problem] = lintProfile({ ...focusServer, log: { formats: ["%(asctime)s %(message)s"], datefmt: "%F %T.%L" } });
    expect(problem?.hint).toMatch(/^decimals of a second are %f; known: %Y %y .*%r$/);
  });

  it("but no names and formats that mean something", () => {
    const fits: Partial<Profile>[] = [
      { jobs: [{ role: "serving", name: "load.v2-{jobId}-*" }] },
      { jobId: "(?<slot>\\d+)[^-]\\$" },
      { timeoutErrors: ["deadline\t\\bexceeded\n"] },
      { log: { formats: ["%(asctime)-23s 100%% %(levelname)8.8s $ %(message)s"], datefmt: "%I:%M:%S %p" } },
      { log: { formats: ["{asctime} $ {{x}} {message}"] } },
    ];
    for (const fields of fits) expect(ofProfile(fields)).toEqual([]);
  });

  it("the group of a reported duration", () => {
    const [first, ...others] = focusServer.patterns;
    if (first === undefined) throw new Error("no pattern");
    const reports = { since: first.id, seconds: "secs" };
    expect(ofProfile({ patterns: [{ ...first, reports }, ...others] })).toEqual([
      `patterns.${first.id}.reports.seconds: unknown group "secs"`,
    ]);
  });
});

describe("claims that speak of what cannot be are refused", () => {
  const [one] = focusServerClaims.claims as [Claim, ...Claim[]];
  const empty: ClaimsFile = { schemaVersion: 1, claims: [], relations: [], quantities: {}, life: [] };
  const ofClaim = (fields: Partial<Claim>) => shown(lintClaims({ ...empty, claims: [{ ...one, id: "a", ...fields }] }, focusServer));
  const when = (appliesWhen: string) => ofClaim({ appliesWhen, condition: title });

  it.each([
    ["test = '2777'", 'claims.a.appliesWhen: test is never "2777"'],
    ["'strss' != test", 'claims.a.appliesWhen: test is never "strss"'],
    ["delay = 'long'", "claims.a.appliesWhen: expected a number, not 'long'"],
    ["investigations > 'ten'", "claims.a.appliesWhen: expected a number, not 'ten'"],
    ["test > 3", "claims.a.appliesWhen: expected a number, not 'stress'"],
    ["investigations", "claims.a.appliesWhen: expected a comparison, not investigations"],
    ["investigations = 3 and 4", "claims.a.appliesWhen: expected a comparison, not 4"],
    ["between(1, 2) = 3 or lowest(test) > 2", "claims.a.appliesWhen: lowest() has no place in a condition"],
  ])("a condition such as %s", (text, problem) => {
    expect(when(text)).toContain(problem);
  });

  it.each([
    ["test = stress", "a text stands in quotes: 'stress'"],
    ["test != Stress-2", "a text stands in quotes: 'Stress-2'"],
    ["test = 'stress' or test = v1.2", "a text stands in quotes: 'v1.2'"],
    ["test == stress", "write = for =="],
    ["test = 30 && delay < 2", "write and for &&"],
    ["test = 30 || delay < 2", "write or for ||"],
    ["test = delai", "did you mean delay?"],
  ])("a text without quotes in a condition, with how it is written: %s", (appliesWhen, hint) => {
    const claim = { ...one, id: "a", appliesWhen, condition: title };
    expect(lintClaims({ ...empty, claims: [claim] }, focusServer).map((problem) => problem.hint)).toContain(hint);
  });

  it("a beginning or an end of a stage that is all but the name of a mark, but no words for it", () => {
    expect(ofClaim({ from: "configure-sart" })).toEqual(['claims.a.from: unknown point "configure-sart"']);
    const words = ["Connecting", "Connected", "connected to the server", "connection", "disconnects", "stream start", "config"];
    for (const to of words) expect(ofClaim({ to })).toEqual([]);
  });

  it("but no condition that can hold", () => {
    for (const text of ["test = 277", "test = 'stress' or not investigations < 30", "given(test) and near(investigations * 2, 60)"])
      expect(when(text)).toEqual([]);
  });

  it.each([
    ["a < 3", 'relations.r: "<" has no place in a number'],
    ["a + 'b'", "relations.r: the text 'b' has no place in a number"],
    ["not a", 'relations.r: "not" has no place in a number'],
    ["near(a, 2)", "relations.r: near() has no place in a number"],
  ])("a side of a relation such as %s", (left, problem) => {
    const relation = { id: "r", statement: title, left, relation: "=", right: "a", tolerance: 0, explanation: title } as const;
    expect(shown(lintClaims({ ...empty, claims: [{ ...one, id: "a" }], relations: [relation] }, focusServer))).toEqual([problem]);
  });

  it("a divisor that is 0 as it is documented", () => {
    const zero = { ...one, id: "z", documented: { operator: "exactly", value: 0, unit: "s" } } as Claim;
    const divided = (right: string) => {
      const relation = {
        id: "r",
        statement: title,
        left: "a",
        relation: "=",
        right,
        tolerance: 0,
        dependsOn: title,
        explanation: title,
      } as const;
      return shown(lintClaims({ ...empty, claims: [{ ...one, id: "a" }, zero], relations: [relation] }, focusServer)).filter((text) =>
        text.startsWith("relations"),
      );
    };
    expect(divided("a / z")).toEqual(['relations.r: "a / z" divides by a number that may be 0 as it is documented']);
    expect(divided("a / between(z, a)")).toHaveLength(1);
    expect([divided("z / a"), divided("a / (z + 1)")]).toEqual([[], []]);
    expect(divided("a / (z - y)")).toEqual(['relations.r: unknown claim "y"']);
  });

  it("groups and stages of measures, also of what is deployed", () => {
    const stage = { metric: "stage-duration", stage: "connect", onlyWhere: { group: "maxFrame", equals: 500 } } as const;
    expect(ofClaim({ measure: stage })).toContain('claims.a.measure.onlyWhere.group: unknown group "maxFrame"');
    expect(ofClaim({ deployed: { metric: "stage-duration", stage: "conect" } })).toContain('claims.a.deployed: unknown stage "conect"');
    const mark = { metric: "mark-value", mark: "stream-ended", group: "frame" } as const;
    expect(ofClaim({ measure: mark })).toContain('claims.a.measure.group: unknown group of stream-ended "frame"');
  });

  it("a number that the marks of a stage of Jobs should report", () => {
    const [connect] = focusServer.stages.filter(({ id }) => id === "connect");
    if (connect === undefined) throw new Error("no stage connect");
    const stages = [...focusServer.stages, { ...connect, id: "deletion", from: ["disconnected"], to: "job.deleted" }];
    const problems = (stage: string) => {
      const measure = { metric: "stage-duration", stage, onlyWhere: { group: "frames", equals: 500 } } as const;
      return shown(lintClaims({ ...empty, claims: [{ ...one, id: "a", measure }] }, { ...focusServer, stages }));
    };
    expect(problems("deletion")).toContain('claims.a.measure.onlyWhere: the stage "deletion" is one of Jobs, which report no numbers');
    expect(problems("frames").filter((text) => text.includes("onlyWhere"))).toEqual([]);
  });

  it("numbers of the shorter wording as of the other", () => {
    const problems = ofClaim({ shorterSuggestion: { en: "{median} and {mx}", he: "{median}" } });
    expect(problems).toEqual([
      "claims.a.shorterSuggestion: the languages use different numbers: median, mx and median",
      "claims.a.shorterSuggestion: unknown placeholder {mx}",
    ]);
  });

  it("units of what is deployed that are not the claim's", () => {
    const deployed = (setting: "backoffLimit" | "ttlSecondsAfterFinished" | { env: string }) =>
      ofClaim({
        documented: { operator: "about", value: 30, unit: "s" },
        deployed: { metric: "job-setting", role: "serving", setting },
      }).filter((text) => text.startsWith("claims.a.deployed"));
    expect(deployed("backoffLimit")).toEqual(['claims.a.deployed: job-setting is measured in "count", not in "s"']);
    expect([deployed("ttlSecondsAfterFinished"), deployed({ env: "IDLE_S" })]).toEqual([[], []]);
  });

  it("units that the metric cannot have", () => {
    const inUnit = (measure: Claim["measure"], unit: "s" | "count") =>
      ofClaim({ measure, documented: { operator: "about", value: 4, unit } }).filter((problem) => problem.includes("documented.unit"));
    const mark = { metric: "mark-value", mark: "stream-ended", group: "frames" } as const;
    expect([inUnit(mark, "s"), inUnit(mark, "count")]).toEqual([
      ['claims.a.documented.unit: mark-value is measured in "count", not in "s"'],
      [],
    ]);
    const setting = (name: "backoffLimit" | "ttlSecondsAfterFinished" | { env: string }) =>
      ({ metric: "job-setting", role: "serving", setting: name }) as const;
    expect([inUnit(setting("backoffLimit"), "s"), inUnit(setting("ttlSecondsAfterFinished"), "count")].map(({ length }) => length)).toEqual(
      [1, 1],
    );
    expect([inUnit(setting({ env: "KEEP" }), "s"), inUnit(setting({ env: "KEEP" }), "count")]).toEqual([[], []]);
  });

  it("ids that no relation could name", () => {
    expect(ofClaim({ id: "500-rows" })).toContain("claims.500-rows.id: no relation could speak of a claim with this id");
    expect(ofClaim({ id: "rows-500" })).toEqual([]);
  });
});
