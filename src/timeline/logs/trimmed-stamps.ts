/**
 * Stamps of a log whose zeros at the end are not printed (model/statistics/trimmed-zeros.ts). Another handler of the same file may print whole seconds in the same form, each
 * of its records a copy of a finer one, and so may another program: those are as coarse as they look.
 */

import { addToGroup, groupBy } from "../../model/collections/group-by.js";
import type { LogMark } from "../../model/event.js";
import { smallest } from "../../model/statistics/statistics.js";
import { mostByChance, shareOfZeros } from "../../model/statistics/trimmed-zeros.js";
import type { DurationMs, EpochMs } from "../../model/time.js";
import { DOUBLED_SHARE, signature } from "./record-identity.js";
import { withReading } from "./shifts.js";

/** How coarse a stamp with none to six decimals of a second is. Others are no printed decimals: minutes, times of arrival. */
const PRINTED_MS: ReadonlySet<DurationMs> = new Set([1000, 100, 10, 1, 0.1, 0.01, 0.001]);
/** Doubles come by chance where the same text is often repeated; less likely than this they do not. */
const RARE = 0.01;

/** The marks, those with trimmed stamps as fine as the finest of their source and form. */
export function withTrimmedZeros(marks: readonly LogMark[]): readonly LogMark[] {
  const any = marks[0]?.at.resolutionMs;
  if (marks.every(({ at }) => at.resolutionMs === any)) return marks;
  const resolutions = new Map<LogMark, DurationMs>();
  for (const form of formsOf(marks)) {
    if (form.size < 2 || ![...form.keys()].every((resolution) => PRINTED_MS.has(resolution))) continue;
    const finest = smallest([...form.keys()]);
    for (const [resolution, coarse] of form) {
      if (resolution === finest) continue;
      const finer = [...form].flatMap(([other, ofOther]) => (other < resolution ? ofOther : []));
      for (const mark of trimmedAmong(coarse, finer, { resolutionMs: resolution, finestMs: finest })) resolutions.set(mark, finest);
    }
  }
  if (resolutions.size === 0) return marks;
  return marks.map((mark) => {
    const resolutionMs = resolutions.get(mark);
    return resolutionMs === undefined ? mark : withReading(mark, { ...mark.at, resolutionMs });
  });
}

/** By source and form, the marks of each resolution. */
function formsOf(marks: readonly LogMark[]): readonly ReadonlyMap<DurationMs, LogMark[]>[] {
  const forms = new Map<number, Map<string, Map<DurationMs, LogMark[]>>>();
  for (let index = 0; index < marks.length; index += 1) {
    const mark = marks[index] as LogMark;
    const { source } = mark.evidence;
    const ofSource = forms.get(source) ?? new Map<string, Map<DurationMs, LogMark[]>>();
    forms.set(source, ofSource);
    const form = ofSource.get(mark.variant) ?? new Map<DurationMs, LogMark[]>();
    ofSource.set(mark.variant, form);
    addToGroup(form, mark.at.resolutionMs, mark);
  }
  return [...forms.values()].flatMap((ofSource) => [...ofSource.values()]);
}

/** How coarse some stamps look, and how fine the finest of their form are. */
interface Decimals {
  readonly resolutionMs: DurationMs;
  readonly finestMs: DurationMs;
}

/** Those of the coarse marks whose printer left out zeros; none where they are rather a stream of their own. Of a logger that prints nothing finer nobody knows. */
function trimmedAmong(coarse: readonly LogMark[], finer: readonly LogMark[], decimals: Decimals): readonly LogMark[] {
  const { resolutionMs } = decimals;
  const finerLoggers = new Set(finer.map(({ logger }) => logger));
  const mayBe = coarse.filter(({ logger }) => finerLoggers.has(logger));
  const isTrimmed = !printsZeros(finer, resolutionMs) && isChance(mayBe.length, finer, decimals) && !doubles(mayBe, finer, resolutionMs);
  return isTrimmed ? mayBe : [];
}

/** What the decimals of a stamp that are finer than that add to it [microseconds]. */
function remainder(at: EpochMs, resolutionMs: DurationMs): number {
  return Math.round(at * 1000) % (resolutionMs * 1000);
}

/** Whether the finer stamps have zeros where the coarse ones have nothing. Of microseconds nobody knows: what is finer was cut from them. */
function printsZeros(finer: readonly LogMark[], resolutionMs: DurationMs): boolean {
  return finer.some((mark) => mark.at.resolutionMs > 0.001 && remainder(mark.at.at, resolutionMs) === 0);
}

/** Whether so many stamps end in zeros by chance: as often as digits do, or as often as other ends come again where everything happens in steps. */
function isChance(count: number, finer: readonly LogMark[], { resolutionMs, finestMs }: Decimals): boolean {
  const share = shareOfZeros(Math.round(Math.log10(resolutionMs / finestMs)));
  return count <= mostByChance(count + finer.length, Math.max(share, likeness(finer, resolutionMs)));
}

/** How often two of the moments that stamps tell of end alike (Simpson's index of diversity; https://doi.org/10.1038/163688a0). Records of one moment are one. */
function likeness(marks: readonly LogMark[], resolutionMs: DurationMs): number {
  const moments = [...new Set(marks.map(({ at }) => at.at))];
  if (moments.length < 2) return 0;
  const ends = groupBy(moments, (at) => remainder(at, resolutionMs));
  const alike = [...ends.values()].reduce((sum, { length }) => sum + length * (length - 1), 0);
  return alike / (moments.length * (moments.length - 1));
}

/** Whether the coarse records say what finer ones say in the same moment, and more often than these do among themselves. */
function doubles(coarse: readonly LogMark[], finer: readonly LogMark[], resolutionMs: DurationMs): boolean {
  const moment = (mark: LogMark) => `${Math.floor(mark.at.at / resolutionMs)}/${signature(mark)}`;
  const moments = groupBy(finer, moment);
  const repeated = finer.filter((mark) => (moments.get(moment(mark))?.length ?? 0) > 1).length;
  const doubled = coarse.filter((mark) => moments.has(moment(mark))).length;
  const byChance = (repeated + 1) / (finer.length + 2);
  return doubled > coarse.length * DOUBLED_SHARE && tail(coarse.length, doubled, byChance) < RARE;
}

/** Upper bound of the probability that at least `hits` of n happen, each with this probability (Chernoff; https://doi.org/10.1214/aoms/1177729330). */
function tail(n: number, hits: number, probability: number): number {
  const share = hits / n;
  if (share <= probability) return 1;
  const misses = share === 1 ? 0 : (1 - share) * Math.log((1 - share) / (1 - probability));
  return Math.exp(-n * (share * Math.log(share / probability) + misses));
}
