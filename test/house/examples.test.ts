import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as passed } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { loadProfile } from "../../src/profiles/load-profile.js";
import { loadRunConfig } from "../../src/profiles/load-run-config.js";
import { ROOT, text } from "./sources.js";

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "postrun-examples-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** The fenced examples of a document in one language. */
function examples(document: string, language: string): readonly string[] {
  return [...text(document).matchAll(new RegExp(`\`\`\`${language}\n([\\s\\S]*?)\`\`\``, "g"))].map((match) => match[1] ?? "");
}

function alive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

const hasTools = spawnSync("bash", ["-c", "command -v pkill && command -v paste"]).status === 0;

describe("the examples of the documents", () => {
  test("for the library fit the published types, and run", { timeout: 60_000 }, () => {
    const [example = ""] = examples("README.md", "ts");
    const place = join(folder, "library");
    mkdirSync(join(place, "node_modules"), { recursive: true });
    symlinkSync(ROOT, join(place, "node_modules/postrun"), "junction");
    cpSync(join(ROOT, "samples/stage-log"), join(place, "run-folder"), { recursive: true });
    writeFileSync(join(place, "package.json"), '{ "type": "module" }');
    // As it stands it is JavaScript, too.
    for (const name of ["example.ts", "example.mjs"]) writeFileSync(join(place, name), `${example}\nconsole.log(page.length > 100_000);\n`);
    const types = ["--typeRoots", join(ROOT, "node_modules/@types"), "--types", "node"];
    const tsc = [join(ROOT, "node_modules/typescript/bin/tsc"), "--noEmit", "--strict", "--module", "nodenext", ...types, "example.ts"];
    for (const [args, printed] of [
      [tsc, ""],
      [["example.mjs"], "true\n"],
    ] as const)
      expect(spawnSync(process.execPath, args, { cwd: place, encoding: "utf8" })).toMatchObject({ status: 0, stdout: printed, stderr: "" });
  });

  test("of postrun.yaml, a form of log and a relation are accepted", async () => {
    const place = join(folder, "system");
    mkdirSync(place);
    writeFileSync(join(place, "postrun.yaml"), examples("docs/run-folder.md", "yaml")[0] ?? "");
    expect((await loadRunConfig(place))?.config.tz).toBe("Asia/Jerusalem");
    const [profile = "", log = "", claims = "", relations = ""] = examples("docs/profiles.md", "yaml");
    writeFileSync(join(place, "profile.yaml"), profile + log);
    writeFileSync(join(place, "claims.yaml"), claims + relations);
    const loaded = await loadProfile(place);
    expect([loaded.profile.log?.formats.length, loaded.claims.relations?.length]).toEqual([1, 1]);
  });

  test("that captures with kubectl leaves no watch behind", { skip: !hasTools }, async () => {
    const example = examples("docs/capture.md", "").find((block) => block.startsWith("for kind in")) ?? "";
    const kubectl = join(folder, "kubectl");
    writeFileSync(kubectl, "#!/bin/sh\necho $$ >> pids\nexec sleep 20\n", { mode: 0o755 });
    const script = example.replace("# ... the run ...", "while [ $(cat pids 2>/dev/null | wc -l) -lt 3 ]; do sleep 0.1; done");
    spawnSync("bash", ["-c", script], { cwd: folder, env: { PATH: `${folder}:${process.env.PATH}` }, stdio: "ignore" });
    const pids = readFileSync(join(folder, "pids"), "utf8").trim().split("\n").map(Number);
    // One that was ended counts until the system has collected it, which may take it a while; one that was left runs twice as long as this waits.
    for (let tries = 0; tries < 200 && pids.some(alive); tries += 1) await passed(50);
    expect([pids.length, pids.filter(alive), existsSync(join(folder, "pods-watch.json"))]).toEqual([3, [], true]);
  });
});
