import { appendFileSync, mkdtempSync, renameSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { constants, createGzip, gzipSync } from "node:zlib";
import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import { Documents } from "../../src/live/documents.js";
import { type FollowedPiece, followFile } from "../../src/live/follow-file.js";

const root = mkdtempSync(join(tmpdir(), "postrun-follow-"));
afterAll(() => rmSync(root, { recursive: true }));

/** Follows a file; each time everything was read, the next step changes it. Gives what was read, with `|` where another file began. */
async function follow(path: string, steps: readonly (() => void | Promise<void>)[]): Promise<string> {
  const stopping = new AbortController();
  let read = "";
  let step = 0;
  for await (const piece of followFile(path, stopping.signal) as AsyncGenerator<FollowedPiece>) {
    if (piece.type === "text") read += piece.text;
    else if (piece.type === "replaced") read += "|";
    else if (step < steps.length) {
      await steps[step]?.();
      step += 1;
    } else stopping.abort();
  }
  return read;
}

describe("a file that grows", () => {
  it("is known as compressed also where its first byte came alone", async () => {
    const path = join(root, "first-byte");
    const packed = gzipSync("one\n");
    expect(await follow(path, [() => writeFileSync(path, packed.subarray(0, 1)), () => appendFileSync(path, packed.subarray(1))])).toBe(
      "one\n",
    );
  });

  it("is read as it comes, from before it exists, a letter cut in two included", async () => {
    const path = join(root, "grows");
    const letter = Buffer.from("ש");
    const read = await follow(path, [
      () => writeFileSync(path, "one\n"),
      () => appendFileSync(path, letter.subarray(0, 1)),
      () => appendFileSync(path, letter.subarray(1)),
    ]);
    expect(read).toBe("one\nש");
  });

  it("is followed to another of its name, what was written to the old one last included", async () => {
    const path = join(root, "rotates");
    writeFileSync(path, "a\n");
    const read = await follow(path, [
      () => {
        appendFileSync(path, "b\n");
        renameSync(path, `${path}.1`);
        writeFileSync(path, "c\n");
      },
    ]);
    expect(read).toBe("a\nb\n|c\n");
  });

  it("is read anew where it was emptied", async () => {
    const path = join(root, "emptied");
    writeFileSync(path, "long before\n");
    const read = await follow(path, [
      () => {
        truncateSync(path);
        appendFileSync(path, "new\n");
      },
    ]);
    expect(read).toBe("long before\n|new\n");
  });

  it("may be compressed and flushed row by row, in several members", async () => {
    const path = join(root, "rows.gz");
    const chunks: Buffer[] = [];
    const gzip = createGzip().on("data", (chunk: Buffer) => chunks.push(chunk));
    const flush = (text: string) =>
      new Promise<void>((done) => {
        gzip.write(text);
        gzip.flush(constants.Z_SYNC_FLUSH, () => {
          appendFileSync(path, Buffer.concat(chunks.splice(0)));
          done();
        });
      });
    writeFileSync(path, gzipSync(""));
    const read = await follow(path, [() => flush("first\n"), () => flush("second\n")]);
    expect(read).toBe("first\nsecond\n");
  });
});

describe("JSON in a text that grows", () => {
  const objects = [{ type: "ADDED", object: { kind: "Job", metadata: { name: "{\n}" } } }, { a: [1, { b: "x" }] }, { empty: {} }];

  it("is found however the text was cut, one object a line or printed over several", () => {
    fc.assert(
      fc.property(fc.boolean(), fc.array(fc.nat(400), { maxLength: 8 }), (printed, cuts) => {
        const text = objects.map((object) => `${JSON.stringify(object, null, printed ? 4 : undefined)}\n`).join("");
        const edges = [0, ...cuts.map((cut) => Math.min(cut, text.length)), text.length].sort((a, b) => a - b);
        const documents = new Documents();
        const found = edges.slice(1).flatMap((to, index) => documents.push(text.slice(edges[index], to)));
        expect(found).toEqual(objects);
        expect(documents.unreadable).toBe(0);
      }),
    );
  });

  it("goes on after an object that a killed writer cut, and counts it", () => {
    const documents = new Documents();
    const cut = JSON.stringify(objects[0], null, 4).slice(0, 30);
    expect(documents.push(`${cut}\n${JSON.stringify(objects[1])}\nnoise\n{"cut": tru\n${JSON.stringify(objects[2])}\n`)).toEqual(
      objects.slice(1),
    );
    expect(documents.unreadable).toBe(2);
  });
});
