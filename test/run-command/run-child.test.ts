import { createHash } from "node:crypto";
import { PassThrough, Writable } from "node:stream";
import { describe, expect, it } from "vitest";
import { childEnvironment } from "../../src/run-command/child-environment.js";
import { type ChildEnd, exitCodeOfChild, runChild } from "../../src/run-command/run-child.js";

interface Ran {
  readonly end: ChildEnd;
  readonly out: Buffer;
  readonly err: Buffer;
  readonly pieces: Buffer;
}

function sink(): { readonly stream: Writable; readonly bytes: () => Buffer } {
  const chunks: Buffer[] = [];
  const stream = new Writable({
    highWaterMark: 1024,
    write(chunk: Buffer, _encoding, done) {
      chunks.push(chunk);
      // A reader that is slower than the command.
      setImmediate(done);
    },
  });
  return { stream, bytes: () => Buffer.concat(chunks) };
}

async function runScript(script: string, onStart?: (signal: (name: NodeJS.Signals) => void) => void): Promise<Ran> {
  const [out, err] = [sink(), sink()];
  const pieces: Buffer[] = [];
  const child = await runChild({
    command: process.execPath,
    args: ["-e", script],
    env: process.env,
    outputs: { stdout: out.stream, stderr: err.stream },
    onPiece: (stream, piece) => {
      if (stream === "stdout") pieces.push(piece);
      if (piece.includes("ready")) onStart?.(child.signal);
    },
    onEnd: () => undefined,
  });
  const end = await child.done;
  await Promise.all([out, err].map(({ stream }) => new Promise((flushed) => stream.end(flushed))));
  return { end, out: out.bytes(), err: err.bytes(), pieces: Buffer.concat(pieces) };
}

const sha = (bytes: Buffer): string => createHash("sha256").update(bytes).digest("hex");

describe("the output of a command", () => {
  it("passes unchanged, whatever bytes it has, and without an end of its last line", async () => {
    const { out, err } = await runScript(
      `process.stdout.write(Buffer.from([0, 255, 13, 10, 27, 91, 51, 49, 109, 0xd7])); process.stderr.write("no newline")`,
    );
    expect([...out]).toEqual([0, 255, 13, 10, 27, 91, 51, 49, 109, 0xd7]);
    expect(err.toString()).toBe("no newline");
  });

  it("passes 10 MB on both streams at once to a slow reader, and none of it is lost", async () => {
    const script = `const b = Buffer.alloc(65536); for (let i = 0; i < b.length; i += 1) b[i] = (i * 7 + (i >> 8)) % 256;
      for (let i = 0; i < 160; i += 1) { b[0] = i; require("fs").writeSync(1, b); require("fs").writeSync(2, b); }`;
    const { out, err, pieces } = await runScript(script);
    expect([out.length, err.length]).toEqual([160 * 65_536, 160 * 65_536]);
    expect(sha(out)).toBe(sha(err));
    expect(sha(pieces)).toBe(sha(out));
  });

  it("passes a line before it is complete", async () => {
    const seen: string[] = [];
    const out = new PassThrough();
    const script = `process.stdout.write("Continue? "); setTimeout(() => process.stdout.write("yes\\n"), 300)`;
    const child = await runChild({
      command: process.execPath,
      args: ["-e", script],
      env: process.env,
      outputs: { stdout: out, stderr: new PassThrough() },
      onPiece: (_stream, piece) => seen.push(piece.toString()),
      onEnd: () => undefined,
    });
    await child.done;
    expect(seen).toEqual(["Continue? ", "yes\n"]);
  });

  it("is of no use to a reader that has gone, and the command goes on", async () => {
    const closed = new Writable({ write: (_chunk, _encoding, done) => done(Object.assign(new Error("closed"), { code: "EPIPE" })) });
    const pieces: Buffer[] = [];
    const child = await runChild({
      command: process.execPath,
      args: ["-e", `for (let i = 0; i < 40; i += 1) require("fs").writeSync(1, "x".repeat(65536)); process.exit(4)`],
      env: process.env,
      outputs: { stdout: closed, stderr: new PassThrough() },
      onPiece: (_stream, piece) => pieces.push(piece),
      onEnd: () => undefined,
    });
    expect(await child.done).toEqual({ code: 4, signal: null });
    expect(Buffer.concat(pieces)).toHaveLength(40 * 65_536);
  });

  it("is waited for no longer than it comes, where something that the command left behind holds it open", async () => {
    const started = performance.now();
    const left = `require("child_process").spawn(process.execPath, ["-e", "setTimeout(() => {}, 20000)"], { stdio: "inherit", detached: true }).unref()`;
    const { end, out } = await runScript(`console.log("started"); ${left}`);
    expect(end.code).toBe(0);
    expect(out.toString()).toBe("started\n");
    expect(performance.now() - started).toBeLessThan(15_000);
  });
});

describe("the end of a command", () => {
  it.each([0, 1, 7, 255])("keeps the exit code %i", async (code) => {
    const { end } = await runScript(`process.exit(${code})`);
    expect(exitCodeOfChild(end)).toBe(code);
  });

  it("by a signal is 128 and its number, as shells have it", async () => {
    const { end } = await runScript(`console.log("ready"); setInterval(() => {}, 1000)`, (signal) => signal("SIGTERM"));
    expect(end.signal).toBe("SIGTERM");
    expect(exitCodeOfChild(end)).toBe(143);
  });

  it("is waited for where the command goes on in spite of an interrupt", async () => {
    const script = `process.on("SIGINT", () => console.log("not yet")); console.log("ready"); setTimeout(() => process.exit(5), 400)`;
    const { end, out } = await runScript(script, (signal) => signal("SIGINT"));
    expect([exitCodeOfChild(end), out.toString()]).toEqual([5, "ready\nnot yet\n"]);
  });

  it("is told at once where it cannot begin", async () => {
    const outputs = { stdout: new PassThrough(), stderr: new PassThrough() };
    const start = runChild({ command: "no-such-program-at-all", args: [], env: process.env, outputs, onPiece: () => 0, onEnd: () => 0 });
    await expect(start).rejects.toMatchObject({ code: "usage", message: expect.stringContaining("there is no such program") });
  });
});

describe("the environment of a command", () => {
  it("makes Python print at once, and leaves what the caller has set", () => {
    expect(childEnvironment({ A: "1" }, { isTTY: false })).toEqual({ PYTHONUNBUFFERED: "1", A: "1" });
    expect(childEnvironment({ PYTHONUNBUFFERED: "" }, { isTTY: false })).toEqual({ PYTHONUNBUFFERED: "" });
  });

  it("asks for colours where ours is a terminal, unless nobody wants any", () => {
    expect(childEnvironment({}, { isTTY: true, columns: 132 })).toMatchObject({ FORCE_COLOR: "1", PY_COLORS: "1", COLUMNS: "132" });
    expect(childEnvironment({ NO_COLOR: "1" }, { isTTY: true })).toEqual({ PYTHONUNBUFFERED: "1", NO_COLOR: "1" });
  });
});
