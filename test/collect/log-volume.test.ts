/** How much memory following logs takes. POSTRUN_LINES says over how many lines (default: 10,000). */
import { spawn } from "node:child_process";
import { createReadStream, existsSync } from "node:fs";
import { mkdtemp, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { createGunzip } from "node:zlib";
import { expect, test } from "vitest";
import { highestMemoryMb, until } from "./collecting.js";
import { startApiServer } from "./stand-in/api-server.js";

const LINES = Number(process.env.POSTRUN_LINES ?? 10_000);
const PODS = 30;
const BATCH = 300;
const TEXT = "by the sensor of this investigation, all of them within the time that was set; the next ones follow after a while. ".repeat(
  2,
);
const MOST_MB = 250;
/** What JavaScript may hold [MB]: whatever is kept ends the program. */
const HEAP = "--max-old-space-size=64";

test.skipIf(!existsSync("/proc/self/status"))(
  `takes less than ${MOST_MB} MB for ${LINES} lines of ${PODS} containers, and loses none`,
  async () => {
    const server = await startApiServer();
    const folder = await mkdtemp(join(tmpdir(), "postrun-log-volume-"));
    await writeFile(join(folder, "kubeconfig"), server.kubeconfig());
    const path = join(folder, "capture.ndjson.gz");
    const args = [HEAP, "dist/cli.cjs", "collect", "--logs", "--kubeconfig", join(folder, "kubeconfig"), "-o", path];
    const child = spawn(process.execPath, args, { stdio: ["ignore", "ignore", "pipe"] });
    let said = "";
    child.stderr.on("data", (chunk: Buffer) => {
      said += chunk.toString();
    });
    await until(() => said.includes("capturing into"), 30_000);
    for (let pod = 0; pod < PODS; pod += 1) server.addJob(`grpc-job-${pod}`);
    await until(() => server.followers() === PODS, 30_000);
    const began = performance.now();
    for (let index = 0; index < LINES; index += 1) {
      server.print(`grpc-job-${index % PODS}-pod`, `${index} frames sent ${TEXT}`);
      if (index % BATCH === 0) await until(() => server.pendingBytes() < 500_000, 60_000);
    }
    // Only what was printed ends a container's log.
    for (let pod = 0; pod < PODS; pod += 1) server.deleteJob(`grpc-job-${pod}`);
    await until(() => server.followers() === 0, 120_000);
    for (let before = -1, size = 0; size > before; await sleep(3000)) [before, size] = [size, (await stat(path)).size];
    const peak = highestMemoryMb(child);
    child.kill("SIGINT");
    await new Promise((resolve) => child.once("exit", resolve));
    const seconds = (performance.now() - began) / 1000;
    const seen = new Set<string>();
    let rows = 0;
    for await (const line of createInterface({ input: createReadStream(path).pipe(createGunzip()) })) {
      const number = /"type":"LOG",.*"line":"(\d+) frames/.exec(line)?.[1];
      if (number === undefined) continue;
      rows += 1;
      seen.add(number);
    }
    const megabytes = (await stat(path)).size / 1e6;
    process.stderr.write(
      `${rows} lines in ${seconds.toFixed(0)} s, ${megabytes.toFixed(1)} MB; peak memory ${peak.toFixed(0)} MB\n${said}\n`,
    );
    await server.close();
    await rm(folder, { recursive: true, force: true });
    expect({ rows, different: seen.size }).toEqual({ rows: LINES, different: LINES });
    expect(said).toContain(`${LINES} lines of logs`);
    // Reading logs keeps nobody from reading the watches.
    expect(said).not.toContain("connected again");
    expect(said).toContain(`${PODS} Jobs, of which 0 are still there; no gaps`);
    expect(peak).toBeLessThan(MOST_MB);
  },
  1_800_000,
);
