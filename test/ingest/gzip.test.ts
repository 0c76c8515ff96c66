import { constants, gunzipSync, gzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { inflateChunks } from "../../src/ingest/gzip.js";
import { createRandom } from "../../src/simulate/random.js";

/** Bytes that hardly compress, so that a member is read in many steps. */
function noise(seed: string, length: number): Buffer {
  const random = createRandom(seed);
  return Buffer.from(Uint8Array.from({ length }, () => Math.floor(random.between(0, 256))));
}

async function* pieces(bytes: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function inflated(bytes: Buffer, size: number, most = Number.POSITIVE_INFINITY): Promise<{ content: Buffer; damaged: boolean }> {
  let damaged = false;
  let total = 0;
  const watch = {
    onDamage: () => {
      damaged = true;
    },
    admit: (length: number) => {
      total += length;
      return total <= most;
    },
  };
  const content: Buffer[] = [];
  for await (const chunk of inflateChunks(pieces(bytes, size), watch)) content.push(chunk);
  return { content: Buffer.concat(content), damaged };
}

const members = fc.array(fc.integer({ min: 0, max: 60_000 }), { minLength: 1, maxLength: 3 });
const size = fc.constantFrom(997, 16 * 1024, 16 * 1024 + 1, 512 * 1024);

describe("an inflated gzip stream", () => {
  test("holds every member whole, however it is cut, and whatever stands behind the last", async () => {
    await fc.assert(
      fc.asyncProperty(members, size, fc.constantFrom(0, 1, 40_000), async (lengths, cut, behind) => {
        const contents = lengths.map((length, index) => noise(`${index}/${length}`, length));
        // Zero bytes pad archives on tapes and are no damage.
        const stored = Buffer.concat([...contents.map((content) => gzipSync(content)), Buffer.alloc(behind)]);
        const { content, damaged } = await inflated(stored, cut);
        expect(content.equals(Buffer.concat(contents))).toBe(true);
        expect(damaged).toBe(false);
      }),
      { numRuns: 60 },
    );
  });

  test("that was cut off is told and holds all that its bytes say", async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 20, max: 70_000 }), size, async (length, cut) => {
        const whole = gzipSync(noise("cut", 80_000));
        const stored = whole.subarray(0, Math.min(length, whole.length - 1));
        const { content, damaged } = await inflated(stored, cut);
        expect(damaged).toBe(true);
        expect(content.equals(gunzipSync(stored, { finishFlush: constants.Z_SYNC_FLUSH }))).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  test("ends where its reader wants no more", async () => {
    const content = noise("stop", 900_000);
    const { content: read, damaged } = await inflated(gzipSync(content), 512 * 1024, 300_000);
    expect(read.length).toBeGreaterThan(0);
    expect(read.length).toBeLessThanOrEqual(300_000);
    expect(read.equals(content.subarray(0, read.length))).toBe(true);
    expect(damaged).toBe(false);
  });
});
