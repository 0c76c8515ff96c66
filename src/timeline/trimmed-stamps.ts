/**
 * Many printers leave out zeros at the end of a second's decimals: Go (RFC3339Nano), Java (ISO_INSTANT: 0, 3, 6 or 9 digits), Python (isoformat, the repr
 * of a float), every writer of JSON numbers. `08:50:03Z` among stamps with milliseconds is then 08:50:03.000, and as exact as its neighbours. Another
 * handler of the same file may print whole seconds in the same form, each of its records a copy of a finer one: those are as coarse as they look.
 */
import type { LogMark } from "../model/event.js";
import { addToGroup, groupBy } from "../model/group-by.js";
import { largest, smallest } from "../model/statistics.js";
import type { DurationMs } from "../model/time.js";
import { signature } from "./record-identity.js";
import { withReading } from "./shifts.js";

/** How coarse a stamp with none to six decimals of a second is. Others are no printed decimals: minutes, times of arrival. */
const PRINTED_MS: ReadonlySet<DurationMs> = new Set([1000, 100, 10, 1, 0.1, 0.01, 0.001]);
/** So many stamps of a logger without one that is finer: it prints no finer ones. */
const COARSE_LOGGER = 3;
/** Zeros at the end come by chance as often as other digits do, within so many standard deviations of a count (its square root). */
const DEVIATIONS = 3;
/** Of the records of a stream that doubles another, this share must stand in both. */
const DOUBLED_SHARE = 0.5;
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
      for (const mark of trimmedAmong(coarse, finer, resolution)) resolutions.set(mark, finest);
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

/** Those of the coarse marks whose printer left out zeros; none where they are rather a stream of their own. */
function trimmedAmong(coarse: readonly LogMark[], finer: readonly LogMark[], resolutionMs: DurationMs): readonly LogMark[] {
  const finerLoggers = new Set(finer.map(({ logger }) => logger));
  const mayBe = [...groupBy(coarse, ({ logger }) => logger)].flatMap(([logger, marks]) =>
    finerLoggers.has(logger) || marks.length < COARSE_LOGGER ? marks : [],
  );
  const isTrimmed =
    !printsZeros(finer, resolutionMs) && isChance(mayBe.length, finer, resolutionMs) && !doubles(mayBe, finer, resolutionMs);
  return isTrimmed ? mayBe : [];
}

/** What the decimals of a stamp that are finer than that add to it [microseconds]. */
function remainder(mark: LogMark, resolutionMs: DurationMs): number {
  return Math.round(mark.at.at * 1000) % (resolutionMs * 1000);
}

/** Whether the finer stamps have zeros where the coarse ones have nothing. Of microseconds nobody knows: what is finer was cut from them. */
function printsZeros(finer: readonly LogMark[], resolutionMs: DurationMs): boolean {
  return finer.some((mark) => mark.at.resolutionMs > 0.001 && remainder(mark, resolutionMs) === 0);
}

/** Whether so many stamps end in zeros by chance: hardly more than end in whatever other digits the finer ones end in most often. */
function isChance(count: number, finer: readonly LogMark[], resolutionMs: DurationMs): boolean {
  const ends = groupBy(finer, (mark) => remainder(mark, resolutionMs));
  const most = largest([...ends.values()].map(({ length }) => length));
  return count <= most + DEVIATIONS * Math.sqrt(most);
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
