import { type ChildProcessByStdio, spawn } from "node:child_process";
import { appendFileSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Readable } from "node:stream";
import { describe, expect, it } from "vitest";
import { startApiServer } from "../collect/stand-in/api-server.js";
import { folderForEachTest } from "../folder-for-each-test.js";

const CLI = resolve("dist/cli.cjs");
let folder = "";
folderForEachTest("watch", (path) => {
  folder = path;
});

interface Watch {
  readonly process: ChildProcessByStdio<null, Readable, Readable>;
  readonly ended: Promise<{ readonly code: number | null; readonly out: string; readonly err: string }>;
  /** Waits until it has printed this. */
  readonly until: (text: RegExp) => Promise<void>;
}

function watch(...args: readonly string[]): Watch {
  const env = { PATH: process.env.PATH, HOME: folder };
  const child = spawn(process.execPath, [CLI, "watch", ...args], { cwd: folder, env, stdio: ["ignore", "pipe", "pipe"], detached: true });
  let [out, err] = ["", ""];
  let look = (): void => undefined;
  child.stdout.on("data", (chunk: Buffer) => {
    out += chunk.toString();
    look();
  });
  child.stderr.on("data", (chunk: Buffer) => {
    err += chunk.toString();
  });
  const ended = new Promise<{ code: number | null; out: string; err: string }>((done) =>
    child.on("close", (code) => done({ code, out, err })),
  );
  const until = (text: RegExp): Promise<void> =>
    new Promise((seen, failed) => {
      look = () => (text.test(out) ? seen() : undefined);
      void ended.then(() => failed(new Error(`it ended before ${text}: ${out}${err}`)));
      look();
    });
  return { process: child, ended, until };
}

const job = (id: number, ageMs: number, name = `grpc-job-${id}-173${id}`) => ({
  apiVersion: "batch/v1",
  kind: "Job",
  metadata: {
    name,
    namespace: "default",
    uid: `uid-${id}`,
    creationTimestamp: new Date(Date.now() - ageMs).toISOString().replace(/\.\d+/, ""),
  },
});
const row = (type: string, object: object): string => `${JSON.stringify({ received: new Date().toISOString(), type, object })}\n`;

describe("a live view of a capture that grows", () => {
  it("tells of each change, follows a file that was replaced, and ends with the capture", async () => {
    const path = join(folder, "capture.ndjson");
    const { ended, until } = watch("capture.ndjson");
    writeFileSync(path, row("ADDED", job(1, 0)) + row("ADDED", job(2, 0, "nightly-report")));
    await until(/open 1, peak 1/);
    appendFileSync(path, row("ADDED", job(3, 0)).slice(0, 40));
    renameSync(path, join(folder, "capture.1"));
    writeFileSync(path, row("ADDED", job(3, 0)) + row("ADDED", job(3, 0)));
    await until(/open 2, peak 2/);
    appendFileSync(path, row("DELETED", job(1, 0)) + row("ADDED", job(1, 0)));
    await until(/open 1, peak 2/);
    appendFileSync(path, `${JSON.stringify({ received: new Date().toISOString(), type: "END", reason: "requested", rows: 9 })}\n`);
    const { code, out } = await ended;
    expect([code, out]).toEqual([0, expect.stringContaining("the capture has ended")]);
  });

  it("that never came is no quiet watch: it says what it waits for, counts nothing, and ends as an input that is missing", async () => {
    const { code, out, err } = await watch("no-such/capture.ndjson", "--for", "1500ms", "--max-open", "3").ended;
    expect(code).toBe(3);
    expect(out).toBe("no-such/capture.ndjson: waiting for it, there is no such file yet\n");
    expect(err).toContain("no-such/capture.ndjson: nothing was watched, there was no such file");
  });

  it("is one file: a folder is refused as an input that cannot be read", async () => {
    const { code, err } = await watch(".", "--for", "10s").ended;
    expect([code, err]).toEqual([
      3,
      expect.stringMatching(/^postrun: \.: cannot be read \(EISDIR\)\n +give the file that postrun collect/),
    ]);
  });

  it("raises an alarm once, by its exit code and by a hook whose values stand in the environment alone", async () => {
    const path = join(folder, "capture.ndjson");
    const hook = `printf '%s|%s|%s|%s\\n' "$POSTRUN_ALARM" "$POSTRUN_ALARM_JOB" "$POSTRUN_ALARM_OPEN" "$POSTRUN_ALARM_LIMIT" >> alarms`;
    writeFileSync(path, row("ADDED", job(1, 100_000, "x; touch broken; $(touch broken)")));
    const { process: child, ended, until } = watch(path, "--all", "--max-age", "70s", "--max-open", "1", "--exec", hook);
    await until(/ALARM: default\/x; touch broken/);
    appendFileSync(path, row("ADDED", job(2, 0)));
    await until(/ALARM: 2 Jobs are open, more than 1/);
    child.kill("SIGINT");
    const { code, out } = await ended;
    expect(code).toBe(1);
    expect(out.match(/ALARM/g)).toHaveLength(2);
    expect(readFileSync(join(folder, "alarms"), "utf8")).toBe("max-age|x; touch broken; $(touch broken)|1|70\nmax-open||2|1\n");
    expect(() => readFileSync(join(folder, "broken"))).toThrow("ENOENT");
  });

  it("reads what kubectl prints, and ends after the time it was given", async () => {
    const path = join(folder, "watch.json");
    writeFileSync(path, [1, 2].map((id) => `${JSON.stringify({ type: "ADDED", object: job(id, 0) }, null, 4)}\n`).join(""));
    const { code, out } = await watch(path, "--for", "2s", "--life", "50s").ended;
    expect(code).toBe(0);
    expect(out).toMatch(/open 2, peak 2, mean [\d.]+, documented 2, oldest default\/grpc-job-1-1731 \d s/);
  });
});

describe("a live view of a cluster", () => {
  it("shows its Jobs as they come and go, and calls one overdue that outlives the documents", async () => {
    const server = await startApiServer();
    writeFileSync(join(folder, "kubeconfig"), server.kubeconfig());
    const { process: child, ended, until } = watch("--kubeconfig", "kubeconfig", "--life", "2s");
    server.addJob("grpc-job-1-1730");
    await until(/open 1, peak 1/);
    server.addJob("grpc-job-2-1731");
    await until(/open 2, peak 2/);
    server.deleteJob("grpc-job-1-1730");
    await until(/open 1, peak 2/);
    await until(/documented 0, overdue 1, oldest default\/grpc-job-2-1731/);
    child.kill("SIGINT");
    expect((await ended).code).toBe(0);
    await server.close();
  });

  it.each([
    ["always refuses for now", { status: 503, times: 999 }, /nothing was watched, the Jobs were never listed \(503 fault 503\)/],
    [
      "forbids the watch after the list",
      { status: 403, times: 999, url: /watch=/ },
      /the Jobs were not watched from \S+Z on \(403 fault 403\)/,
    ],
  ] as const)(
    "that %s has raised no alarm because it could not: exit code 3, and no count that nobody knows",
    async (_, fault, message) => {
      const server = await startApiServer();
      writeFileSync(join(folder, "kubeconfig"), server.kubeconfig());
      server.fail(fault);
      const { ended } = watch("--kubeconfig", "kubeconfig", "--max-open", "1", "--for", "5s");
      const { code, out, err } = await ended;
      expect([code, err]).toEqual([3, expect.stringMatching(message)]);
      expect(out).toMatch(/the Jobs in default are not watched now/);
      expect(out).not.toContain("peak");
      await server.close();
    },
  );

  it("that has nobody behind a connection raised no alarm because it could not: exit code 3", async () => {
    const server = await startApiServer();
    writeFileSync(join(folder, "kubeconfig"), server.kubeconfig());
    const { process: child, ended, until } = watch("--kubeconfig", "kubeconfig", "--max-open", "1");
    server.addJob("grpc-job-1-1730");
    await until(/open 1, peak 1/);
    server.hang({ all: true });
    for (const id of [2, 3, 4]) server.addJob(`grpc-job-${id}-1730`);
    await new Promise((done) => setTimeout(done, 1500));
    child.kill("SIGINT");
    expect(await ended).toMatchObject({ code: 3, err: expect.stringMatching(/the Jobs were not watched from \S+Z on/) });
    await server.close();
  });

  it("whose connection died raises at the end the alarms that it did not bring", async () => {
    const server = await startApiServer();
    writeFileSync(join(folder, "kubeconfig"), server.kubeconfig());
    const { process: child, ended, until } = watch("--kubeconfig", "kubeconfig", "--max-open", "1");
    server.addJob("grpc-job-1-1730");
    await until(/open 1, peak 1/);
    server.hang();
    server.addJob("grpc-job-2-1730");
    await new Promise((done) => setTimeout(done, 1500));
    child.kill("SIGINT");
    expect(await ended).toMatchObject({ code: 1, out: expect.stringContaining("ALARM: 2 Jobs are open") });
    await server.close();
  });

  it("goes on for as long as it was told, also for a month", async () => {
    const server = await startApiServer();
    writeFileSync(join(folder, "kubeconfig"), server.kubeconfig());
    const { process: child, ended, until } = watch("--kubeconfig", "kubeconfig", "--for", "720h");
    await until(/open 0/);
    await new Promise((done) => setTimeout(done, 1500));
    expect(child.exitCode).toBe(null);
    child.kill("SIGINT");
    expect((await ended).code).toBe(0);
    await server.close();
  });

  it("that cannot be reached is an error of the input", async () => {
    writeFileSync(
      join(folder, "kubeconfig"),
      JSON.stringify({
        apiVersion: "v1",
        kind: "Config",
        "current-context": "a",
        clusters: [{ name: "a", cluster: { server: "http://127.0.0.1:9" } }],
        users: [{ name: "a", user: {} }],
        contexts: [{ name: "a", context: { cluster: "a", user: "a" } }],
      }),
    );
    const { code, out, err } = await watch("--kubeconfig", "kubeconfig").ended;
    expect(code).toBeGreaterThan(1);
    // No count of Jobs that nobody has listed.
    expect(out).not.toContain("open");
    expect(err).toContain("127.0.0.1:9");
  });
});
