import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { decompressZstd } from "../../../src/ingest/bytes/zstd.js";
import { ZstdFrames } from "../../../src/ingest/bytes/zstd-frames.js";
import { inSteps } from "../support.js";

const MAGIC = Buffer.from([0x28, 0xb5, 0x2f, 0xfd]);
const KIBIBYTE_WINDOW = 0;
const GIBIBYTE_WINDOW = 20 << 3;

interface Frame {
  readonly bytes: Buffer;
  readonly text: string;
}

function block(text: string, isLast: boolean, repeated: boolean): Buffer {
  const header = Buffer.alloc(3);
  header.writeUIntLE(Number(isLast) | (repeated ? 2 : 0) | (text.length << 3), 0, 3);
  return Buffer.concat([header, Buffer.from(repeated ? text.slice(0, 1) : text)]);
}

/** A frame of stored blocks and of blocks that repeat a byte (RFC 8878 section 3.1.1); its checksum is one that nobody verifies. */
function frameOf(texts: readonly string[], hasChecksum: boolean, window: number | undefined): Frame {
  const content = texts.join("");
  const size = Buffer.alloc(4);
  size.writeUInt32LE(content.length);
  const head = window === undefined ? [Buffer.of(0xa0 | (hasChecksum ? 4 : 0)), size] : [Buffer.of(hasChecksum ? 4 : 0, window)];
  const blocks = texts.map((text, index) => block(text, index === texts.length - 1, new Set(text).size === 1));
  return { bytes: Buffer.concat([MAGIC, ...head, ...blocks, Buffer.alloc(hasChecksum ? 4 : 0, 1)]), text: content };
}

const text = fc.oneof(
  fc.stringMatching(/^[a-z\n(/]{1,40}$/),
  fc.integer({ min: 1, max: 900 }).map((length) => "x".repeat(length)),
);
const window = fc.constantFrom(undefined, KIBIBYTE_WINDOW, 10 << 3);
const content = fc.tuple(fc.array(text, { minLength: 1, maxLength: 3 }), fc.boolean(), window).map((parts) => frameOf(...parts));
/** What is passed over may look like a frame. */
const skippable = fc.constantFrom("", "abc", MAGIC.toString("latin1")).map((inside): Frame => {
  const head = Buffer.alloc(8);
  head.writeUInt32LE(0x184d2a53);
  head.writeUInt32LE(inside.length, 4);
  return { bytes: Buffer.concat([head, Buffer.from(inside, "latin1")]), text: "" };
});
const frames = fc.array(fc.oneof({ weight: 4, arbitrary: content }, { weight: 1, arbitrary: skippable }), { minLength: 1, maxLength: 6 });
const step = fc.integer({ min: 1, max: 1200 });

async function read(bytes: Buffer, step: number): Promise<{ readonly text: string; readonly damaged: boolean }> {
  let damaged = false;
  let text = "";
  const onDamage = () => {
    damaged = true;
  };
  for await (const piece of decompressZstd(inSteps(bytes, step), { onDamage, admit: () => true })) text += piece.toString("latin1");
  return { text, damaged };
}

describe("the frames of a Zstandard stream", () => {
  test("are followed to the one that asks for too large a window, wherever it stands and however the bytes come", () => {
    fc.assert(
      fc.property(frames, fc.array(text, { minLength: 1, maxLength: 2 }), fc.nat(6), step, (given, texts, place, step) => {
        const large = frameOf(texts, false, GIBIBYTE_WINDOW);
        const all = [...given.slice(0, place), large, ...given.slice(place)];
        const begins = Buffer.concat(given.slice(0, place).map(({ bytes }) => bytes)).length;
        const found = (stream: Buffer) => {
          const follow = new ZstdFrames(1 << 27);
          for (let at = 0; at < stream.length; at += step) {
            const inStep = follow.push(stream.subarray(at, at + step));
            if (inStep !== undefined) return at + inStep;
          }
          return undefined;
        };
        expect(found(Buffer.concat(given.map(({ bytes }) => bytes)))).toBeUndefined();
        expect(found(Buffer.concat(all.map(({ bytes }) => bytes)))).toBe(begins);
      }),
    );
  });

  test("are read one after the other; one that asks for gigabytes is damage, not memory, also behind others", async () => {
    await fc.assert(
      fc.asyncProperty(frames, step, async (given, step) => {
        const whole = Buffer.concat(given.map(({ bytes }) => bytes));
        const told = given.map((frame) => frame.text).join("");
        expect(await read(whole, step)).toEqual({ text: told, damaged: false });
        // What comes in one piece with it is read before it.
        const behind = await read(Buffer.concat([whole, frameOf(["x"], false, GIBIBYTE_WINDOW).bytes]), whole.length + 20);
        expect(behind).toEqual({ text: told, damaged: true });
      }),
      { numRuns: 60 },
    );
  });

  test("are none behind what is no frame", () => {
    const follow = new ZstdFrames(1);
    expect(follow.push(Buffer.from("no frame of any kind"))).toBeUndefined();
    expect(follow.push(frameOf(["x"], false, GIBIBYTE_WINDOW).bytes)).toBeUndefined();
  });
});
