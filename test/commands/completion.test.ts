import { spawnSync } from "node:child_process";
import { Command, Option } from "commander";
import { afterEach, describe, expect, it, vi } from "vitest";
import { completionCommand } from "../../src/commands/completion.js";

const program = new Command("postrun");
program
  .command("analyze")
  .description("read a run, and the team's [other] notes: all")
  .addOption(new Option("--lang <language>", "it's the language").choices(["he", "en"]))
  .option("--force", "overwrite");
program.command("check").description("as a gate").option("--strict", "fail");

function scriptFor(shell: string): string {
  const write = vi.spyOn(process.stdout, "write").mockReturnValue(true);
  completionCommand(shell, program);
  return write.mock.calls.map(([text]) => String(text)).join("");
}

/** What bash would offer for a line whose last word is being typed. */
function offered(script: string, words: readonly string[]): string[] {
  const line = `${script}\nCOMP_WORDS=(${words.map((word) => `'${word}'`).join(" ")}); COMP_CWORD=${words.length - 1}; _postrun; printf '%s\\n' "\${COMPREPLY[@]}"`;
  const { stdout, stderr, status } = spawnSync("bash", ["-c", line], { encoding: "utf8" });
  expect({ stderr, status }).toEqual({ stderr: "", status: 0 });
  return stdout.split("\n").filter((word) => word !== "");
}

describe("completionCommand", () => {
  afterEach(() => {
    vi.restoreAllMocks();
  });

  it("makes bash offer commands, the options of a command, and the choices of an option", () => {
    const script = scriptFor("bash");
    expect(offered(script, ["postrun", ""])).toEqual(["analyze", "check"]);
    expect(offered(script, ["postrun", "ch"])).toEqual(["check"]);
    expect(offered(script, ["postrun", "analyze", "--"])).toEqual(["--lang", "--force"]);
    expect(offered(script, ["postrun", "check", "--"])).toEqual(["--strict"]);
    expect(offered(script, ["postrun", "analyze", "--lang", ""])).toEqual(["he", "en"]);
  });

  it("leaves the names of files to the shell", () => {
    expect(offered(scriptFor("bash"), ["postrun", "analyze", "run"])).toEqual([]);
    expect(scriptFor("bash")).toContain("-o default");
  });

  it.each(["zsh", "fish", "powershell"])("knows every command and option for %s too", (shell) => {
    const script = scriptFor(shell);
    for (const word of ["analyze", "check", "lang", "force", "strict"]) expect(script).toContain(word);
  });

  it("quotes what the shells would read as their own", () => {
    expect(scriptFor("zsh")).toContain(String.raw`--lang[it'\''s the language]`);
    expect(scriptFor("zsh")).toContain("notes: all");
    expect(scriptFor("fish")).toContain(String.raw`'it'\''s the language'`);
  });

  it("says which shells it knows", () => {
    expect(() => completionCommand("tcsh", program)).toThrow(/no completion for the shell "tcsh"/);
  });
});
