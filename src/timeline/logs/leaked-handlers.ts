import { firstIndex } from "../../model/collections/first-index.js";
import { groupBy } from "../../model/collections/group-by.js";
import { inOrder } from "../../model/collections/in-order.js";
import { oncePer } from "../../model/collections/once-per.js";
import type { LogMark } from "../../model/event.js";
import type { DurationMs } from "../../model/time.js";
import { inTimeOrder, isIdentified, signature } from "./record-identity.js";
import { inLineOrder } from "./shifts.js";

/** From one copy of a record to the next where handlers leaked. */
const COPY_GAP_MS: DurationMs = 20;
/** So many copies of a record that names a thing are copies, whatever its neighbours look like. */
const MANY_COPIES = 5;
/** Within so much a record that names a thing does not truly occur twice. */
const FINEST_STAMP_MS: DurationMs = 1;
/** Neighbours that say how many handlers there were at the time: handlers leak test by test, so the number grows over a file. */
const NEIGHBOURS = 9;

/** Records with the same text, close to each other. */
interface Cluster {
  /** In the order of time. */
  readonly marks: readonly LogMark[];
  readonly first: LogMark;
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
  const named = clusters.filter(({ first }) => isIdentified(first)).sort((a, b) => inTimeOrder(a.first, b.first));
  const ofLogger = groupBy(named, ({ first }) => first.logger);
  const copies = new Set<LogMark>();
  for (const cluster of clusters) {
    const { marks, first } = cluster;
    if (marks.length === 1) continue;
    const neighbours = ofLogger.get(first.logger) ?? named;
    const once = new Set(
      isIdentified(first) ? onceEach(cluster, neighbours, ordered) : everyNth(marks, medianSize(neighbours, first.at.at)),
    );
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

/**
 * The records of a cluster that names a thing. A handler writes its copy at once, so what stands between two of them parts two records (a try, its
 * failure, the next try), if each side has about as many as there were handlers. Two with nothing between them are copies if they have one stamp, but
 * a stamp of a second holds two tries as well: then only if the next record is doubled too, for handlers stay.
 */
function onceEach(cluster: Cluster, neighbours: readonly Cluster[], stream: readonly LogMark[]): readonly LogMark[] {
  const { marks, first } = cluster;
  const handlers = medianSize(neighbours, first.at.at);
  const parts = partedByOthers(marks, stream);
  if (parts.every(({ length }) => 2 * length > handlers && length < 2 * handlers)) return parts.flatMap((part) => part.slice(0, 1));
  if (handlers >= 2 || marks.length >= MANY_COPIES) return [first];
  return first.at.resolutionMs <= FINEST_STAMP_MS || isNextDoubled(cluster, neighbours) ? oncePerStamp(marks) : marks;
}

/** Copies that follow one another in the file, apart from those that another record parts from them. */
function partedByOthers(marks: readonly LogMark[], stream: readonly LogMark[]): readonly (readonly LogMark[])[] {
  const places = placesIn(stream);
  const parts: LogMark[][] = [];
  let last = Number.NaN;
  for (const mark of inLineOrder(marks)) {
    const place = places.get(mark) ?? Number.NaN;
    if (place === last + 1) parts.at(-1)?.push(mark);
    else parts.push([mark]);
    last = place;
  }
  return parts;
}

/** Where each record of a stream stands in its file; in most streams nobody asks. */
const placesIn = oncePer((stream: readonly LogMark[]) => placesOf(inLineOrder(stream)));

/** The same of clusters among their neighbours. */
const placesAmong = oncePer((neighbours: readonly Cluster[]) => placesOf(neighbours));

function placesOf<T>(list: readonly T[]): ReadonlyMap<T, number> {
  return new Map(list.map((one, place) => [one, place]));
}

/** Whether the record after it, or before the last one, has copies. */
function isNextDoubled(cluster: Cluster, neighbours: readonly Cluster[]): boolean {
  const place = placesAmong(neighbours).get(cluster) ?? Number.NaN;
  const next = neighbours[place + 1] ?? neighbours[place - 1];
  return next !== undefined && next.marks.length > 1;
}

/** @param marks in the order of time */
function clustersOf(marks: readonly LogMark[]): Cluster[] {
  const clusters: { readonly marks: LogMark[]; readonly first: LogMark }[] = [];
  for (const mark of marks) {
    const open = clusters.at(-1)?.marks;
    const last = open?.at(-1);
    if (open === undefined || last === undefined || mark.at.at - last.at.at > COPY_GAP_MS) clusters.push({ marks: [mark], first: mark });
    else open.push(mark);
  }
  return clusters;
}

/** How often the records around this moment stand there. */
function medianSize(clusters: readonly Cluster[], at: number): number {
  const next = firstIndex(clusters, ({ first }) => first.at.at >= at);
  const from = Math.max(0, Math.min(next - (NEIGHBOURS >> 1), clusters.length - NEIGHBOURS));
  const sizes = clusters
    .slice(from, from + NEIGHBOURS)
    .map(({ marks }) => marks.length)
    .sort((a, b) => a - b);
  return sizes[(sizes.length - 1) >> 1] ?? 1;
}

/** One of each `handlers` copies, at least one. */
function everyNth(marks: readonly LogMark[], handlers: number): readonly LogMark[] {
  if (handlers < 2) return marks;
  const repetitions = Math.max(1, Math.round(marks.length / handlers));
  return marks.filter(
    (_mark, index) =>
      index === 0 || Math.floor((index * repetitions) / marks.length) > Math.floor(((index - 1) * repetitions) / marks.length),
  );
}

function oncePerStamp(marks: readonly LogMark[]): LogMark[] {
  return marks.filter((mark, index) => mark.at.at !== marks[index - 1]?.at.at);
}
