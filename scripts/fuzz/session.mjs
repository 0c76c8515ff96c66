/** Runs mutated inputs through the subject and gathers what must not happen. */
import { inputOf } from "./mutations.mjs";

/** An input may take this long [ms]. */
const LIMIT_MS = 1000;

/** @typedef {{ number: number, what: string, applied: readonly string[], bytes: Buffer }} Finding */

/**
 * @param {object} options
 * @param {readonly Buffer[]} options.starts
 * @param {number} options.seed
 * @param {number} options.from number of the first input
 * @param {number} options.count
 * @param {number} options.analyzeEvery each n-th input goes through the whole analysis
 * @param {Awaited<ReturnType<typeof import("./subject.mjs").makeSubject>>} options.subject
 * @param {(number: number) => void} [options.onInput] called before each input
 * @returns {Promise<{ findings: Finding[], formats: Record<string, number>, slowestMs: number }>}
 */
export async function fuzz({ starts, seed, from, count, analyzeEvery, subject, onInput }) {
  /** @type {Finding[]} */
  const findings = [];
  /** @type {Record<string, number>} */
  const formats = {};
  let slowestMs = 0;
  for (let number = from; number < from + count; number += 1) {
    onInput?.(number);
    const { bytes, applied } = inputOf(starts, seed, number);
    const once = async () => {
      const begin = performance.now();
      const format = await subject.read(bytes);
      if (number % analyzeEvery === 0) await subject.analyze(bytes);
      return { format, took: performance.now() - begin };
    };
    try {
      let { format, took } = await once();
      // A busy machine is no finding.
      if (took > LIMIT_MS) took = Math.min(took, (await once()).took);
      formats[format] = (formats[format] ?? 0) + 1;
      slowestMs = Math.max(slowestMs, took);
      if (took > LIMIT_MS) findings.push({ number, what: `${format} took ${Math.round(took)} ms`, applied, bytes });
    } catch (error) {
      findings.push({ number, what: error instanceof Error ? (error.stack ?? error.message) : String(error), applied, bytes });
    }
  }
  return { findings, formats, slowestMs };
}
