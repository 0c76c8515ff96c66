/** What a command takes, seen from outside, and how that is printed. */
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";

const TIMER = "/usr/bin/time";

/** Wall time, processor time and peak memory of a command. @param {readonly string[]} command */
export function measured(command) {
  if (!existsSync(TIMER)) throw new Error(`${TIMER} measures time and memory here; install GNU time`);
  const { status, stderr } = spawnSync(TIMER, ["-f", "postrun-bench %e %U %S %M", ...command], {
    stdio: ["ignore", "ignore", "pipe"],
    encoding: "utf8",
  });
  const numbers = /postrun-bench ([\d.]+) ([\d.]+) ([\d.]+) (\d+)/.exec(stderr);
  if (status !== 0 || numbers === null) throw new Error(`${command.join(" ").slice(0, 200)} ended with ${status}: ${stderr.slice(-500)}`);
  const [seconds = 0, user = 0, system = 0, kibibytes = 0] = numbers.slice(1).map(Number);
  return { seconds, cpu: user + system, megabytes: (kibibytes * 1024) / 1e6 };
}

/** The run with the middle time. @param {readonly { seconds: number, cpu: number, megabytes: number }[]} runs */
export function middle(runs) {
  const ordered = runs.toSorted((a, b) => a.seconds - b.seconds);
  return ordered[ordered.length >> 1] ?? { seconds: Number.NaN, cpu: Number.NaN, megabytes: Number.NaN };
}

/** In Markdown. @param {readonly string[]} header @param {readonly (readonly string[])[]} rows */
export function table(header, rows) {
  return [header, header.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |\n`).join("");
}
