import { describe, expect, it } from "vitest";
import type { InputFile } from "../../../src/ingest/files/input-files.js";
import { ReadPool } from "../../../src/ingest/files/read-pool.js";
import { focusServer } from "../../timeline/builders.js";

/** A thread that does this with each file that it is told. */
function poolOf(body: string, size: number): ReadPool {
  const script = `import { parentPort } from "node:worker_threads"; parentPort.on("message", ({ file }) => { ${body} });`;
  return new ReadPool(new URL(`data:text/javascript,${encodeURIComponent(script)}`), size, focusServer, () => undefined);
}

const file = (path: string): InputFile => ({ path, bytes: 1 });
const answered = 'parentPort.postMessage({ type: "elsewhere" });';

async function outcomes(pool: ReadPool, paths: readonly string[]): Promise<readonly string[]> {
  const settled = await Promise.allSettled(paths.map((path) => pool.read({ file: file(path) })));
  await pool.close();
  return settled.map((one) => (one.status === "fulfilled" ? "read" : String(one.reason)));
}

describe("threads that read files", () => {
  it.each([
    ["throw", 'throw new Error("broken");', "Error: broken"],
    ["end by themselves", "process.exit(3);", "Error: a thread that reads files ended by itself (exit code 3)"],
  ])("fail all that wait when the last of them has gone because they %s", async (_, body, reason) => {
    expect(await outcomes(poolOf(body, 2), ["a", "b", "c", "d", "e"])).toEqual(Array.from({ length: 5 }, () => reason));
  });

  it("read on where one of them is left", async () => {
    const body = `if (file.path === "bad") throw new Error("broken"); ${answered}`;
    expect(await outcomes(poolOf(body, 2), ["bad", "a", "b", "c"])).toEqual(["Error: broken", "read", "read", "read"]);
  });

  it("are followed by another where a file comes later", async () => {
    const pool = poolOf(`if (file.path === "bad") throw new Error("broken"); ${answered}`, 1);
    await expect(pool.read({ file: file("bad") })).rejects.toThrow("broken");
    await expect(pool.read({ file: file("good") })).resolves.toBeTypeOf("function");
    await pool.close();
  });
});
