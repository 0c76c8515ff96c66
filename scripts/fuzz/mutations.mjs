/** Seeded mutations of inputs: the same seed and number give the same bytes on every machine. */
import { gzipSync } from "node:zlib";

/** @typedef {{ next(): number, below(limit: number): number, one<T>(list: readonly T[]): T }} Random */
/** @typedef {(bytes: Buffer, random: Random, others: readonly Buffer[]) => Buffer} Mutation */

/** Longest input that a mutation leaves [bytes]. */
const LARGEST = 2_000_000;

/** Texts that have broken readers of JSON, YAML, XML, logs and times. */
const HOSTILE = [
  "__proto__",
  "constructor",
  "toString",
  "\u0000",
  "\u2028",
  "\ufeff",
  "\ufffd",
  "\r",
  "\r\n",
  "\n",
  "\n\n",
  "</script>",
  "\u001b[31m",
  "\u001b[",
  "\\u0000",
  "\\ud800",
  "%s%n",
  "../../etc/passwd",
  "&a;",
  '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>',
  "*a",
  "&a [*a, *a]",
  "!!js/function",
  "{{",
  "null",
  "true",
  "1e309",
  "-1",
  "-0",
  "NaN",
  "+Inf",
  "9".repeat(400),
  "0001-01-01T00:00:00Z",
  "9999-12-31T23:59:60.999999999Z",
  "275760-09-13T00:00:00Z",
  "2026-02-30T25:61:61Z",
  "2026-11-23 12:04:17,999999",
  "\u05d7\u05e7\u05d9\u05e8\u05d4",
  "\ud83d\ude80",
];
const OPENERS = ["[", "{", '{"a":', '[{"items":[', "- ", "? ", "<a>", "(", '"', "'", "&a [", "a: {"];
const FILLERS = ["a", " ", "\t", "0", "-", "[", "]", '"', "\\", ",", ":", "\u0000", "{}", "a ", "\u05d0"];

/** Mulberry32 over a hash of seed and number. @param {number} seed @param {number} number @returns {Random} */
export function randomOf(seed, number) {
  let state = (Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) ^ Math.imul(number + 1, 0xc2b2ae35)) >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (/** @type {number} */ limit) => Math.floor(next() * limit);
  return {
    next,
    below,
    one: (list) => {
      if (list.length === 0) throw new Error("nothing to choose from");
      return /** @type {any} */ (list[below(list.length)]);
    },
  };
}

/** Two places of a text in order, at most `most` apart. @param {Buffer} bytes @param {Random} random @returns {[number, number]} */
function range(bytes, random, most = bytes.length) {
  const from = random.below(bytes.length + 1);
  return [from, Math.min(bytes.length, from + random.below(most + 1))];
}

/** @param {Buffer} bytes @param {number} from @param {number} to @param {Buffer | string} middle */
function replaced(bytes, from, to, middle) {
  return Buffer.concat([bytes.subarray(0, from), Buffer.from(middle), bytes.subarray(to)]);
}

/** Replaces one place that the expression finds. @param {Buffer} bytes @param {RegExp} expression @param {Random} random @param {string} by */
function replacedMatch(bytes, expression, random, by) {
  const text = bytes.toString("latin1");
  const found = [...text.matchAll(expression)];
  if (found.length === 0) return bytes;
  const match = random.one(found);
  return replaced(bytes, match.index, match.index + match[0].length, by);
}

/** @type {Readonly<Record<string, Mutation>>} */
export const MUTATIONS = {
  flipBits(bytes, random) {
    const copy = Buffer.from(bytes);
    for (let left = 1 + random.below(8); left > 0 && copy.length > 0; left -= 1) {
      const at = random.below(copy.length);
      copy[at] = (copy[at] ?? 0) ^ (1 << random.below(8));
    }
    return copy;
  },
  cutEnd: (bytes, random) => bytes.subarray(0, random.below(bytes.length + 1)),
  cutStart: (bytes, random) => bytes.subarray(random.below(bytes.length + 1)),
  remove(bytes, random) {
    const [from, to] = range(bytes, random, 300);
    return replaced(bytes, from, to, "");
  },
  duplicate(bytes, random) {
    const [from, to] = range(bytes, random, 2000);
    const piece = bytes.subarray(from, to);
    return replaced(bytes, to, to, Buffer.concat(Array.from({ length: 1 + random.below(20) }, () => piece)));
  },
  swap(bytes, random) {
    const [from, to] = range(bytes, random, 500);
    const [second, end] = range(bytes.subarray(to), random, 500);
    return Buffer.concat([
      bytes.subarray(0, from),
      bytes.subarray(to + second, to + end),
      bytes.subarray(to, to + second),
      bytes.subarray(from, to),
      bytes.subarray(to + end),
    ]);
  },
  insertHostile(bytes, random) {
    const [at] = range(bytes, random);
    return replaced(bytes, at, at, random.one(HOSTILE));
  },
  hostileString: (bytes, random) => replacedMatch(bytes, /(?<=")[^"\n]{0,60}(?=")/g, random, random.one(HOSTILE)),
  hostileKey: (bytes, random) => replacedMatch(bytes, /(?<=")\w{1,40}(?="\s*:)|^\s*[\w-]+(?=:)/gm, random, random.one(HOSTILE)),
  hostileNumber: (bytes, random) =>
    replacedMatch(bytes, /\d+/g, random, random.one(["1e309", "-1", "0", "9".repeat(30), "1.5", "2147483648"])),
  hostileStamp: (bytes, random) =>
    replacedMatch(bytes, /\d{4}-\d\d-\d\d[T ][\d:.,]+Z?/g, random, random.one(HOSTILE.filter((text) => /^\d/.test(text)))),
  giantLine(bytes, random) {
    const [at] = range(bytes, random);
    return replaced(bytes, at, at, random.one(FILLERS).repeat(1000 * (1 + random.below(random.below(10) === 0 ? 400 : 40))));
  },
  nest(bytes, random) {
    const [at] = range(bytes, random);
    return replaced(bytes, at, at, random.one(OPENERS).repeat(100 + random.below(10_000)));
  },
  dropLineEnds: (bytes) => Buffer.from(bytes.toString("latin1").replaceAll("\n", " "), "latin1"),
  addLineEnds: (bytes, random) => Buffer.from(bytes.toString("latin1").replaceAll(random.one([",", " ", ":", '"']), "\n"), "latin1"),
  windows: (bytes) => Buffer.from(bytes.toString("latin1").replaceAll("\n", "\r\n"), "latin1"),
  utf16: (bytes, random) => Buffer.from((random.below(2) === 0 ? "\ufeff" : "") + bytes.toString("utf8"), "utf16le"),
  utf16Swapped: (bytes) => Buffer.from(`\ufeff${bytes.toString("utf8")}`, "utf16le").swap16(),
  zeroBytes(bytes, random) {
    const [at] = range(bytes, random);
    return replaced(bytes, at, at, Buffer.alloc(1 + random.below(3000)));
  },
  splice(bytes, random, others) {
    const other = random.one(others);
    const [from, to] = range(other, random);
    const [at] = range(bytes, random);
    return replaced(bytes, at, at, other.subarray(from, to));
  },
  compress: (bytes) => gzipSync(bytes, { level: 1 }),
};

const NAMES = Object.keys(MUTATIONS);

/**
 * Input number `number` of the session `seed`: one of the starting points after one to four mutations.
 * @param {readonly Buffer[]} starts @param {number} seed @param {number} number
 */
export function inputOf(starts, seed, number) {
  const random = randomOf(seed, number);
  let bytes = random.one(starts);
  const applied = [];
  for (let left = 1 + random.below(4); left > 0; left -= 1) {
    const name = random.one(NAMES);
    const mutation = MUTATIONS[name];
    if (mutation === undefined) throw new Error(`no mutation ${name}`);
    bytes = mutation(bytes, random, starts).subarray(0, LARGEST);
    applied.push(name);
  }
  return { bytes, applied };
}
