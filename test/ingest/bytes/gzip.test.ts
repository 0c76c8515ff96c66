import { constants, gunzipSync, gzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { inflateChunks } from "../../../src/ingest/bytes/gzip.js";
import { createRandom } from "../../../src/model/statistics/random.js";
import { inSteps } from "../support.js";

/** Bytes that hardly compress, so that a member is read in many steps. */
function noise(seed: string, length: number): Buffer {
  const random = createRandom(seed);
  return Buffer.from(Uint8Array.from({ length }, () => Math.floor(random.between(0, 256))));
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
  for await (const chunk of inflateChunks(inSteps(bytes, size), watch)) content.push(chunk);
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

  describe("that is damaged", () => {
    let written = 0;
    const lines = (count: number): string => {
      written += 1;
      return Array.from({ length: count }, (_, index) => `file ${written}, line ${index}, ${noise(`${index}`, 6).toString("hex")}\n`).join(
        "",
      );
    };
    const read = async (bytes: Buffer, size = 16 * 1024) => {
      const { content, damaged } = await inflated(bytes, size);
      return { text: content.toString("latin1"), damaged };
    };
    const [short, long] = [lines(40), lines(9000)];

    test.each([short, long])("in its checksum, or with other bytes behind it, is read whole", async (text) => {
      const stored = gzipSync(text);
      const wrong = Buffer.from(stored);
      wrong[wrong.length - 6] = (wrong[wrong.length - 6] ?? 0) ^ 0xff;
      for (const bytes of [wrong, Buffer.concat([stored, Buffer.from("garbage")]), Buffer.concat([stored, Buffer.from(short)])]) {
        expect(await read(bytes)).toEqual({ text, damaged: true });
      }
    });

    test("in the middle holds all that stands before the damage, to the byte", async () => {
      for (const [whole, at] of [short, long].flatMap((text) => [0.2, 0.5, 0.9].map((share) => [gzipSync(text), share] as const))) {
        const intact = whole.subarray(0, Math.round(whole.length * at));
        const before = gunzipSync(intact, { finishFlush: constants.Z_SYNC_FLUSH }).toString("latin1");
        const { text, damaged } = await read(Buffer.concat([intact, noise("damage", whole.length - intact.length)]));
        expect([damaged, before.length > 0, text.startsWith(before)]).toEqual([true, true, true]);
      }
    });

    test("goes on with the next member, on a line of its own, behind a member that was cut, other bytes and padding", async () => {
      const kind = fc.constantFrom("whole", "cut", "garbage", "zeros");
      const part = fc.record({ kind, text: fc.constantFrom(short, long), share: fc.double({ min: 0.2, max: 0.99, noNaN: true }) });
      await fc.assert(
        fc.asyncProperty(fc.array(part, { minLength: 1, maxLength: 4 }), size, async (damage, cut) => {
          // Between other bytes, a member that was cut early is not told from them.
          const pieces = [...damage, { kind: "whole", text: short, share: 1 }].map((piece) => {
            const stored = gzipSync(piece.kind === "cut" ? long : piece.text);
            if (piece.kind === "garbage") return { bytes: noise(piece.text.slice(0, 9), 700), text: "" };
            if (piece.kind === "zeros") return { bytes: Buffer.alloc(Math.round(900 * piece.share)), text: "" };
            if (piece.kind === "whole") return { bytes: stored, text: piece.text };
            const bytes = stored.subarray(0, 200 + Math.round((stored.length - 300) * piece.share));
            return { bytes, text: gunzipSync(bytes, { finishFlush: constants.Z_SYNC_FLUSH }).toString("latin1") };
          });
          const { text, damaged } = await read(Buffer.concat([gzipSync("begin\n"), ...pieces.map(({ bytes }) => bytes)]), cut);
          expect(damaged).toBe(damage.some((piece) => piece.kind === "cut" || piece.kind === "garbage"));
          let at = 0;
          for (const piece of pieces) {
            const found = text.indexOf(piece.text, at);
            expect(found).not.toBe(-1);
            expect(piece.text === "" || found === 0 || text[found - 1] === "\n").toBe(true);
            at = found + piece.text.length;
          }
          expect(at).toBe(text.length);
        }),
        { numRuns: 60 },
      );
    }, 60_000);

    test("at one flipped bit, wherever it is, is told, also where what it inflates to then still reads as text", async () => {
      const header = 10;
      const whole = gzipSync(short);
      await fc.assert(
        fc.asyncProperty(fc.integer({ min: header, max: whole.length - 1 }), fc.integer({ min: 0, max: 7 }), size, async (at, bit, cut) => {
          const stored = Buffer.from(whole);
          stored[at] = (stored[at] ?? 0) ^ (1 << bit);
          const { text, damaged } = await read(Buffer.concat([stored, gzipSync("next\n")]), cut);
          expect(text).toMatch(/(?:^|\n)next\n$/);
          // Up to seven bits before the trailer fill the last byte and say nothing.
          expect(damaged).toBe(at !== whole.length - 9 || text !== `${short}next\n`);
        }),
        { numRuns: 200 },
      );
    });

    test("leaves a line whole that goes over the ends of the members before", async () => {
      const stored = gzipSync(long);
      stored.fill(0xff, 5000, 5100);
      const { text, damaged } = await read(Buffer.concat([gzipSync("one li"), gzipSync("ne and "), stored]));
      expect([text.startsWith(`one line and ${long.slice(0, 5000)}`), damaged]).toEqual([true, true]);
    });

    test("and compressed twice is not taken apart", async () => {
      const inner = gzipSync(noise("twice", 5000));
      const { content, damaged } = await inflated(gzipSync(inner), 1000);
      expect([content.equals(inner), damaged]).toEqual([true, false]);
    });

    test("or made of beginnings alone ends", async () => {
      const begun = Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3]);
      for (const bytes of [
        begun,
        Buffer.concat(Array<Buffer>(20_000).fill(begun)),
        Buffer.concat([gzipSync(short), begun.subarray(0, 3)]),
      ]) {
        const { text, damaged } = await read(bytes);
        expect([text === "" || text === short, damaged]).toEqual([true, true]);
      }
    });

    test("behind more than is kept goes on with the next member too; only what is kept of the member itself matters", async () => {
      const incompressible = noise("large", 17 * 1024 * 1024);
      const whole = gzipSync(incompressible, { level: 1 });
      const broken = Buffer.from(whole);
      broken.fill(0xff, broken.length - 100_000, broken.length - 90_000);
      const { content, damaged } = await inflated(Buffer.concat([broken, gzipSync(short)]), 512 * 1024);
      expect([damaged, content.subarray(-short.length).toString(), content.length > 16 * 1024 * 1024]).toEqual([true, short, true]);
      const damagedLater = gzipSync(lines(20_000));
      const intact = damagedLater.length - 9000;
      noise("damage", 9000).copy(damagedLater, intact);
      const before = gunzipSync(damagedLater.subarray(0, intact), { finishFlush: constants.Z_SYNC_FLUSH });
      const behind = await inflated(Buffer.concat([whole, damagedLater]), 512 * 1024);
      expect(behind.content.subarray(incompressible.length, incompressible.length + before.length).equals(before)).toBe(true);
    }, 60_000);
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
