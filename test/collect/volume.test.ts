/** How much memory collecting takes. POSTRUN_EVENTS says over how many rows (default: 20,000). */
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

const EVENTS = Number(process.env.POSTRUN_EVENTS ?? 20_000);
const BATCH = 500;
/** Different Events; each is updated again and again, as those of a pulling Pod are. */
const DIFFERENT = 1000;
const MOST_MB = 250;
/** Bookmarks go on when everything has come; the file grows by less than this in three seconds. */
const QUIET_BYTES = 5000;
/** What JavaScript may hold [MB]: without a limit, Node lets garbage grow; with one, whatever is kept ends the program. */
const HEAP = "--max-old-space-size=64";

test.skipIf(!existsSync("/proc/self/status"))(
  `takes less than ${MOST_MB} MB for ${EVENTS} rows, and loses none`,
  async () => {
    const server = await startApiServer({ keepWrites: 50_000, bookmarkEveryMs: 1000 });
    const folder = await mkdtemp(join(tmpdir(), "postrun-volume-"));
    await writeFile(join(folder, "kubeconfig"), server.kubeconfig());
    const path = join(folder, "capture.ndjson.gz");
    const child = spawn(process.execPath, [HEAP, "dist/cli.cjs", "collect", "--kubeconfig", join(folder, "kubeconfig"), "-o", path], {
      stdio: ["ignore", "ignore", "pipe"],
    });
    let said = "";
    child.stderr.on("data", (chunk: Buffer) => {
      said += chunk.toString();
    });
    await until(() => said.includes("capturing into"), 30_000);
    const message = "x".repeat(400);
    const began = performance.now();
    let early = 0;
    for (let index = 0; index < EVENTS; index += 1) {
      const name = `pod-${index % DIFFERENT}.17f2a`;
      server.put({ kind: "Event", metadata: { name }, reason: "Pulling", note: `${message} ${index}`, regarding: { kind: "Pod", name } });
      if (index % (10 * BATCH) === 0) server.addJob(`grpc-job-${index}`);
      if (index % (10 * BATCH) === 5 * BATCH) server.deleteJob(`grpc-job-${index - 5 * BATCH}`);
      if (index % BATCH === 0) {
        await new Promise(setImmediate);
        // While a watch is begun again, the rows of many seconds would come at once, more than the server keeps.
        await until(() => server.watches() === 4 && server.pendingBytes() < 1_000_000, 60_000);
      }
      if (index === Math.floor(EVENTS / 10)) early = highestMemoryMb(child);
    }
    await until(() => server.watches() === 4 && server.pendingBytes() === 0, 60_000);
    for (let before = 0, size = QUIET_BYTES; size - before >= QUIET_BYTES; await sleep(3000))
      [before, size] = [size, (await stat(path)).size];
    const late = highestMemoryMb(child);
    child.kill("SIGINT");
    await new Promise((resolve) => child.once("exit", resolve));
    const seconds = (performance.now() - began) / 1000;
    let events = 0;
    let gaps = 0;
    for await (const line of createInterface({ input: createReadStream(path).pipe(createGunzip()) })) {
      if (line.includes('"note":"xxx')) events += 1;
      if (line.includes('"type":"GAP"')) gaps += 1;
    }
    const megabytes = (await stat(path)).size / 1e6;
    process.stderr.write(
      `${events} rows in ${seconds.toFixed(0)} s, ${megabytes.toFixed(1)} MB; peak memory ${early.toFixed(0)} MB after a tenth, ${late.toFixed(0)} MB at the end\n`,
    );
    await server.close();
    await rm(folder, { recursive: true, force: true });
    expect({ events, gaps }).toEqual({ events: EVENTS, gaps: 0 });
    expect(late).toBeLessThan(MOST_MB);
  },
  1_800_000,
);
