/** Keeps what V8 compiles of the command's bundles in a run of every day, so that the installed command need not compile it again. */
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const SAMPLE = "samples/277-investigations";

/** Does nothing where there is no sample: the command works without, only slower. */
export function keepCompiledCode() {
  if (!existsSync(SAMPLE)) return;
  const folder = mkdtempSync(join(tmpdir(), "postrun-build-"));
  try {
    const outputs = [
      "-o",
      join(folder, "x.html"),
      "--json",
      join(folder, "x.json"),
      "--md",
      join(folder, "x.md"),
      "--png",
      join(folder, "png"),
    ];
    for (const args of [["--help"], ["analyze", SAMPLE, ...outputs]]) {
      const { status, stderr } = spawnSync(process.execPath, ["scripts/start/keep-code.cjs", ...args], { encoding: "utf8" });
      if (status !== 0) throw new Error(`${args.join(" ")}: the command that was built cannot do it\n${stderr}`);
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
}
