/**
 * What a capture of `postrun collect` says of itself (version 1, docs/capture.md): its header with what bounds the collecting clock, when each
 * watch was up, where it may have missed something, and how it ended.
 */

import type { JobWatch } from "../../model/source.js";
import { secondsToTenth } from "../../model/statistics/rounding.js";
import { smallest } from "../../model/statistics/statistics.js";
import type { JsonObject } from "../../model/text/json-object.js";
import type { EpochMs } from "../../model/time.js";
import { isoFromEpoch } from "../../model/time.js";
import { asArray, asObject, asText } from "../json/json-fields.js";
import type { Recorder } from "../recorder.js";
import { stampOf } from "../stamps/quick-stamps.js";
import type { Stamp } from "../stamps/stamps.js";

/** Rows about the capture, not about an object. */
const TYPES: ReadonlySet<string> = new Set(["HEADER", "LISTED", "CONNECTED", "DISCONNECTED", "GAP", "BOOKMARK", "ALIVE", "END"]);
/** What containers printed: it serves people, nothing is measured by it, and it does not prove that the watches were up. */
const LOG_TYPES: ReadonlySet<string> = new Set(["LOG", "LOG_END"]);

export function isCaptureRow({ type, object, received }: JsonObject): boolean {
  return object === undefined && typeof received === "string" && TYPES.has(asText(type));
}

export function isContainerLogRow({ type, object, received, pod }: JsonObject): boolean {
  return object === undefined && typeof received === "string" && typeof pod === "string" && LOG_TYPES.has(asText(type));
}

/** Follows the rows of one source, and tells its coverage: how long nothing could go unnoticed that happened to a Job. */
export class CaptureRows {
  /** The kind whose watch counts; undefined as long as no header was seen. */
  private counted: string | undefined;
  /** By kind, how many of its namespaces have not been listed yet. */
  private readonly toBeListed = new Map<string, number>();
  /** By kind, and by namespace: since when the watch is down, or its list is complete and no watch has followed it. */
  private readonly down = new Map<string, Map<string, EpochMs>>();
  /** By namespace, the stretch of a watch of Jobs that no gap has ended yet. */
  private readonly watching = new Map<string, Omit<JobWatch, "to">>();
  private readonly watched: JobWatch[] = [];
  /** By `Job/namespace`, the last moment of which a row of that watch tells: what postrun writes by itself (ALIVE) proves nothing of a connection. */
  private readonly heard = new Map<string, EpochMs>();
  private isSelected = false;
  private from: EpochMs | undefined;
  private to: EpochMs | undefined;
  private last: EpochMs | undefined;
  private ended = false;
  private readonly gaps = { count: 0, ms: 0, kinds: new Set<string>(), line: 0 };

  constructor(private readonly recorder: Recorder) {}

  /** A row of the capture about itself. */
  take(row: JsonObject, received: Stamp | undefined, line: number): void {
    const type = asText(row.type);
    const kind = asText(row.kind);
    const since = stampOf(row.since)?.at;
    const namespace = asText(row.namespace);
    const watch = `${kind}/${namespace}`;
    if (type === "HEADER") this.header(row, line);
    if (type === "LISTED") this.listed(kind, received);
    if (type === "LISTED" && kind === "Job" && received !== undefined) this.watch(namespace, received.at, line);
    if (type === "DISCONNECTED") this.goDown(kind, namespace, since ?? received?.at ?? 0);
    if (type === "LISTED" || type === "BOOKMARK") this.hear(watch, received?.at);
    if (type === "DISCONNECTED") this.hear(watch, since);
    if (type === "CONNECTED") {
      this.down.get(kind)?.delete(namespace);
      this.sample(asObject(row.clock), line);
    }
    if (type === "GAP" && since !== undefined && received !== undefined) {
      this.gap(kind, received.at - since, line);
      if (kind === "Job") this.unwatch(namespace, since);
    }
    if (type === "END") this.ended = true;
    if (received !== undefined) this.arrive(received);
    // A list shows one moment: where the watch behind it is refused, nothing more is known.
    if (type === "LISTED" && this.down.get(kind)?.has(namespace) !== true) this.goDown(kind, namespace, received?.at ?? 0);
  }

  /** Something arrived: the watches were up until then. @param object what of, where it is no row about the capture */
  arrive({ at }: Stamp, object: JsonObject = {}): void {
    const kind = asText(object.kind);
    for (const namespace of [asText(asObject(object.metadata).namespace), ""])
      if (this.heard.has(`${kind}/${namespace}`)) this.hear(`${kind}/${namespace}`, at);
    this.last = Math.max(this.last ?? at, at);
    if (this.counted === undefined) this.from = Math.min(this.from ?? at, at);
    if (!this.isLost(this.counted)) this.to = Math.max(this.to ?? at, at);
  }

  /** Where arrivals are stamped they are the coverage: they also say how long nothing happened. */
  end(): void {
    const { recorder, counted, last } = this;
    if (last === undefined) return;
    recorder.clock = "collector";
    const to = Math.min(this.to ?? last, this.lostAt(counted) ?? last, this.provenTo(counted) ?? last);
    const from = Math.min(this.from ?? to, to);
    // Without a list, or a watch behind it, rows of other kinds prove nothing, whatever stamps they have: a Job could come and go without a word of it.
    const covers = !this.unlisted().includes(counted ?? "") && (from < to || !this.isLost(counted));
    recorder.from = covers ? from : null;
    recorder.to = covers ? to : null;
    this.unwatchAll(last);
    recorder.jobWatches = [...this.watched].sort((a, b) => a.from - b.from);
    if (counted !== undefined) this.tellLosses(last);
  }

  private tellLosses(last: EpochMs): void {
    const { recorder } = this;
    const { count, ms, kinds, line } = this.gaps;
    const unlisted = this.unlisted();
    if (unlisted.length > 0) recorder.diagnose("capture-not-listed", "warning", { kinds: unlisted.join(", ") });
    if (count > 0) {
      const values = { gaps: count, seconds: secondsToTenth(ms), kinds: [...kinds].sort().join(", ") };
      recorder.diagnose("capture-gaps", "warning", values, recorder.evidence(line));
    }
    const lost = [...this.toBeListed.keys()].flatMap((kind) => {
      const at = this.lostAt(kind);
      return at === undefined ? [] : [`${kind} (${isoFromEpoch(at)})`];
    });
    if (lost.length > 0) recorder.diagnose("capture-watch-lost", "warning", { lost: lost.sort().join(", ") });
    if (!this.ended) recorder.diagnose("capture-unfinished", "warning", { at: isoFromEpoch(last) });
  }

  private goDown(kind: string, namespace: string, at: EpochMs): void {
    const ofKind = this.down.get(kind) ?? new Map<string, EpochMs>();
    this.down.set(kind, ofKind.set(namespace, at));
  }

  /** Whether some watch of the kind is down; asked at every row. */
  private isLost(kind: string | undefined): boolean {
    return kind !== undefined && (this.down.get(kind)?.size ?? 0) > 0;
  }

  /** Since when some watch of the kind is down; undefined where all are up. */
  private lostAt(kind: string | undefined): EpochMs | undefined {
    return kind === undefined || !this.isLost(kind) ? undefined : smallest([...(this.down.get(kind)?.values() ?? [])]);
  }

  /** A capture whose end is missing was never asked whether its silent watches were up: until when all of the kind were heard. */
  private provenTo(kind: string | undefined): EpochMs | undefined {
    if (this.ended) return undefined;
    const heard = [...this.heard].flatMap(([watch, at]) => (watch.startsWith(`${kind}/`) ? [at] : []));
    return heard.length === 0 ? undefined : smallest(heard);
  }

  private hear(watch: string, at: EpochMs | undefined): void {
    if (at !== undefined) this.heard.set(watch, Math.max(this.heard.get(watch) ?? at, at));
  }

  /** Kinds of which the list of some namespace was never complete. */
  private unlisted(): string[] {
    return [...this.toBeListed].flatMap(([kind, left]) => (left > 0 ? [kind] : [])).sort();
  }

  private header(row: JsonObject, line: number): void {
    this.recorder.usable = true;
    const watched = asObject(row.watched);
    const kinds = asArray(watched.kinds).map(asText);
    this.counted = kinds.includes("Job") ? "Job" : (kinds[0] ?? "Job");
    const namespaces = Math.max(1, asArray(watched.namespaces).length);
    for (const kind of kinds) this.toBeListed.set(kind, namespaces);
    // Of two captures in one file, the first is over.
    this.unwatchAll(this.last);
    this.heard.clear();
    this.ended = false;
    this.isSelected = asText(watched.selector) !== "";
    this.from = undefined;
    for (const sample of asArray(row.clock)) this.sample(asObject(sample), line);
  }

  /** Coverage begins when every namespace was listed once. */
  private listed(kind: string, received: Stamp | undefined): void {
    const left = this.toBeListed.get(kind) ?? 0;
    this.toBeListed.set(kind, left - 1);
    if (left === 1 && kind === this.counted && received !== undefined) this.from = received.at;
  }

  private watch(namespace: string, from: EpochMs, line: number): void {
    this.watching.set(namespace, { namespace, from, line, ...(this.isSelected ? { selected: true } : {}) });
  }

  /** A list behind which no watch came up shows one moment, and not which: nothing is known of what was created meanwhile. */
  private unwatch(namespace: string, to: EpochMs): void {
    const known = this.watching.get(namespace);
    this.watching.delete(namespace);
    if (known !== undefined && to > known.from) this.watched.push({ ...known, to });
  }

  private unwatchAll(last: EpochMs | undefined): void {
    const to = (namespace: string) =>
      this.down.get("Job")?.get(namespace) ?? (this.ended ? undefined : this.heard.get(`Job/${namespace}`)) ?? last;
    for (const namespace of [...this.watching.keys()]) this.unwatch(namespace, to(namespace) ?? Number.NEGATIVE_INFINITY);
  }

  /** The server's `Date` lies between our sending and receiving. */
  private sample(clock: JsonObject, line: number): void {
    const [sent, received, date] = [stampOf(clock.sent), stampOf(clock.received), stampOf(clock.date)];
    if (sent === undefined || received === undefined || date === undefined) return;
    this.recorder.emit({
      type: "http-date",
      host: "kube-apiserver",
      requested: { ...sent, clock: "collector" },
      logged: { ...received, clock: "collector" },
      date: date.at,
      evidence: this.recorder.evidence(line),
    });
  }

  private gap(kind: string, ms: number, line: number): void {
    if (this.gaps.count === 0) this.gaps.line = line;
    this.gaps.count += 1;
    this.gaps.ms += ms;
    this.gaps.kinds.add(kind);
  }
}
