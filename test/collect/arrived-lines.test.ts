import fc from "fast-check";
import { expect, test } from "vitest";
import { type ArrivedLine, arrivedLines } from "../../src/collect/arrived-lines.js";
import { BackOff, pause } from "../../src/collect/back-off.js";
import { KnownObjects } from "../../src/collect/known-objects.js";

async function linesOf(chunks: readonly Buffer[]): Promise<ArrivedLine[]> {
  let now = 0;
  async function* stream() {
    for (const chunk of chunks) {
      now += 1000;
      yield chunk;
    }
  }
  const lines: ArrivedLine[] = [];
  for await (const line of arrivedLines(stream(), () => now)) lines.push(line);
  return lines;
}

test("lines are the same however the bytes are cut, and each has the time of the piece in which it began", async () => {
  const texts = fc.array(
    fc.string({ unit: "grapheme", minLength: 1, maxLength: 20 }).map((text) => text.replace(/\s/g, "_")),
    { maxLength: 8 },
  );
  await fc.assert(
    fc.asyncProperty(texts, fc.array(fc.nat(200), { maxLength: 10 }), async (wanted, cuts) => {
      const bytes = Buffer.from(wanted.map((text) => `${text}\n`).join(""));
      const places = [...new Set([0, ...cuts.filter((cut) => cut < bytes.length), bytes.length])].sort((a, b) => a - b);
      const chunks = places.slice(1).map((end, index) => bytes.subarray(places[index], end));
      const lines = await linesOf(chunks);
      expect(lines.map(({ text }) => text)).toEqual(wanted);
      let at = 0;
      for (const { text, received } of lines) {
        expect(received).toBe((places.slice(1).findIndex((end) => at < end) + 1) * 1000);
        at += Buffer.byteLength(text) + 1;
      }
    }),
  );
});

test("what stands after the last line end was cut off and is left out", async () => {
  expect((await linesOf([Buffer.from('{"a":1}\n{"b'), Buffer.from('":')])).map(({ text }) => text)).toEqual(['{"a":1}']);
});

test("waits grow to half a minute, are at least what the server asked for, and begin anew after a success", () => {
  const waits = new BackOff(() => 0.999);
  const grown = Array.from({ length: 9 }, () => waits.next());
  for (const [index, wait] of grown.entries()) expect(wait).toBeLessThanOrEqual(Math.min(30_000, 500 * 2 ** index));
  expect(grown.at(-1)).toBeGreaterThan(29_000);
  expect(waits.next(60_000)).toBe(60_000);
  waits.reset();
  expect(waits.next()).toBeLessThanOrEqual(500);
});

test("a server that asks for a month is asked again after five minutes, and no wait is too long for a timer", async () => {
  expect(new BackOff(() => 0.5).next(30 * 86_400_000)).toBe(300_000);
  const stopping = new AbortController();
  let over = false;
  const waiting = pause(30 * 86_400_000, stopping.signal).then(() => {
    over = true;
  });
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(over).toBe(false);
  stopping.abort();
  await waiting;
});

test("a late row does not bring a deleted object back, and an older state does not replace a newer one", () => {
  const job = (resourceVersion: string, state: string) => ({ kind: "Job", metadata: { uid: "1", name: "j", resourceVersion }, state });
  const known = new KnownObjects();
  known.take({ type: "MODIFIED", object: job("6", "newer") });
  known.take({ type: "MODIFIED", object: job("5", "older") });
  expect([...known.values()]).toEqual([job("6", "newer")]);
  known.take({ type: "DELETED", object: job("8", "gone") });
  known.take({ type: "MODIFIED", object: job("7", "late") });
  expect([...known.values()]).toEqual([]);
});
