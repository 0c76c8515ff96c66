import type { LogMark } from "../model/event.js";
import { groupBy } from "../model/group-by.js";
import { inOrder } from "../model/in-order.js";
import type { DurationMs } from "../model/time.js";
import { inTimeOrder, isIdentified, signature } from "./record-identity.js";

/** From one copy of a record to the next where handlers leaked. */
const COPY_GAP_MS: DurationMs = 20;
/** So many copies of a record that names a thing are copies, whatever its neighbours look like. */
const MANY_COPIES = 5;
/** Neighbours that say how many handlers there were at the time: handlers leak test by test, so the number grows over a file. */
const NEIGHBOURS = 9;

/** Records with the same text, close to each other. */
interface Cluster {
  readonly marks: readonly LogMark[];
  readonly at: number;
}

/**
 * The records of one stream, each once, in the order of time. Handlers that are attached again by every test print each record two, three,
 * hundreds of times. How many handlers there were is seen from the records that name a thing (a Job, a port): those occur once. The others are
 * divided by that number, so that parallel work, which truly repeats a text in the same moment, survives.
 */
export function withoutLeakedHandlers(stream: readonly LogMark[]): readonly LogMark[] {
  const ordered = inOrder(stream, inTimeOrder);
  if (!mayHaveCopies(ordered)) return ordered;
  const clusters = [...groupBy(ordered, signature).values()].flatMap(clustersOf);
  const named = clusters.filter((cluster) => isIdentified(cluster.marks[0] as LogMark)).sort((a, b) => a.at - b.at);
  const ofLogger = groupBy(named, (cluster) => cluster.marks[0]?.logger ?? "");
  const copies = new Set<LogMark>();
  for (const { marks, at } of clusters) {
    const [first] = marks;
    if (first === undefined || marks.length === 1) continue;
    const once = new Set(withoutCopies(marks, first, medianSize(ofLogger.get(first.logger) ?? named, at)));
    for (const mark of marks) if (!once.has(mark)) copies.add(mark);
  }
  return copies.size === 0 ? ordered : ordered.filter((mark) => !copies.has(mark));
}

/** Neighbours in time that are looked at for each record; where more stand so close, copies are taken to be possible. */
const MOST_NEIGHBOURS = 16;

/** Whether two records with the same text may stand close to each other: in most logs none do, which is seen without asking for their texts. */
function mayHaveCopies(ordered: readonly LogMark[]): boolean {
  for (let index = 1; index < ordered.length; index += 1) {
    const mark = ordered[index] as LogMark;
    for (let before = index - 1; before >= 0; before -= 1) {
      const other = ordered[before] as LogMark;
      if (mark.at.at - other.at.at > COPY_GAP_MS) break;
      if (index - before > MOST_NEIGHBOURS || (other.mark === mark.mark && signature(other) === signature(mark))) return true;
    }
  }
  return false;
}

function withoutCopies(marks: readonly LogMark[], first: LogMark, handlers: number): readonly LogMark[] {
  if (!isIdentified(first)) return handlers < 2 ? marks : everyNth(marks, handlers);
  return handlers >= 2 || marks.length >= MANY_COPIES ? [first] : oncePerStamp(marks);
}

/** @param marks in the order of time */
function clustersOf(marks: readonly LogMark[]): Cluster[] {
  const clusters: LogMark[][] = [];
  for (const mark of marks) {
    const open = clusters.at(-1);
    const last = open?.at(-1);
    if (open === undefined || last === undefined || mark.at.at - last.at.at > COPY_GAP_MS) clusters.push([mark]);
    else open.push(mark);
  }
  return clusters.map((ofCluster) => ({ marks: ofCluster, at: ofCluster[0]?.at.at ?? 0 }));
}

/** How often the records around this moment stand there. */
function medianSize(clusters: readonly Cluster[], at: number): number {
  let next = 0;
  let end = clusters.length;
  while (next < end) {
    const middle = (next + end) >> 1;
    if ((clusters[middle]?.at ?? 0) < at) next = middle + 1;
    else end = middle;
  }
  const from = Math.max(0, Math.min(next - (NEIGHBOURS >> 1), clusters.length - NEIGHBOURS));
  const sizes = clusters
    .slice(from, from + NEIGHBOURS)
    .map(({ marks }) => marks.length)
    .sort((a, b) => a - b);
  return sizes[(sizes.length - 1) >> 1] ?? 1;
}

/** One of each `handlers` copies, at least one. */
function everyNth(marks: readonly LogMark[], handlers: number): LogMark[] {
  const repetitions = Math.max(1, Math.round(marks.length / handlers));
  return marks.filter(
    (_mark, index) =>
      index === 0 || Math.floor((index * repetitions) / marks.length) > Math.floor(((index - 1) * repetitions) / marks.length),
  );
}

function oncePerStamp(marks: readonly LogMark[]): LogMark[] {
  return marks.filter((mark, index) => mark.at.at !== marks[index - 1]?.at.at);
}
