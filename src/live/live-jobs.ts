/**
 * The Jobs that are open right now, from rows as they arrive: in any order, repeated, or listed anew. What is kept does not grow with the length of
 * the watch: the open Jobs, those created within one documented life, and as many of the gone as a late row could still speak of.
 */
import type { DurationMs, EpochMs } from "../model/time.js";

/** Gone Jobs that are remembered, so that a late or repeated row does not open them again. */
const REMEMBERED = 10_000;
/** Kubernetes cuts the time of creation to the second. */
const CUT_MS: DurationMs = 1000;

export interface LiveJob {
  readonly uid: string;
  readonly name: string;
  readonly namespace: string;
  /** Cut to the second, the cluster's clock. */
  readonly createdAt: EpochMs;
}

/** An open Job and how long it has certainly been open. */
export interface AgedJob extends LiveJob {
  readonly ageMs: DurationMs;
}

/** What can be said at one moment. */
export interface LiveView {
  readonly at: EpochMs;
  /** Since when it is watched; null before the first row. */
  readonly from: EpochMs | null;
  readonly open: number;
  /** Since the beginning of the watch. */
  readonly peak: number;
  readonly peakAt: EpochMs | null;
  /** Time-weighted; null where no time has passed yet. */
  readonly mean: number | null;
  /** Jobs that would be open if each lived as long as documented; absent where no life is documented. */
  readonly expected?: number;
  /** Open Jobs, the oldest first. */
  readonly oldest: readonly AgedJob[];
  /** Open for longer than documented. */
  readonly overdue: readonly AgedJob[];
  readonly created: number;
  readonly gone: number;
}

export class LiveJobs {
  private readonly open = new Map<string, LiveJob>();
  /** In the order in which they went; the oldest are forgotten. */
  private readonly remembered = new Set<string>();
  private young: LiveJob[] = [];
  private from: EpochMs | null = null;
  private at: EpochMs = Number.NEGATIVE_INFINITY;
  private integral = 0;
  private peak = 0;
  private peakAt: EpochMs | null = null;
  private created = 0;
  private gone = 0;
  /** Our clock less the cluster's. */
  private skewMs: DurationMs = 0;

  /** @param lifeMs how long a Job lives by the documents, from its creation on */
  constructor(private readonly lifeMs?: DurationMs) {}

  /** A Job is there. */
  seen(job: LiveJob, at: EpochMs): void {
    this.advance(at);
    if (this.open.has(job.uid) || this.remembered.has(job.uid)) return;
    this.meet(job);
    this.open.set(job.uid, job);
    if (this.open.size <= this.peak) return;
    this.peak = this.open.size;
    this.peakAt = this.at;
  }

  /** A Job is gone, whether it was seen before or not. */
  vanished(job: LiveJob, at: EpochMs): void {
    this.advance(at);
    if (this.remembered.has(job.uid)) return;
    if (!this.open.delete(job.uid)) this.meet(job);
    this.gone += 1;
    this.remembered.add(job.uid);
    if (this.remembered.size <= REMEMBERED) return;
    for (const oldest of this.remembered) {
      this.remembered.delete(oldest);
      break;
    }
  }

  /** An exchange with the API server: sent and received by our clock, its date cut to the second. */
  compareClocks({ sent, received, date }: { sent: EpochMs; received: EpochMs; date: EpochMs }): void {
    this.skewMs = (sent + received) / 2 - (date + CUT_MS / 2);
  }

  /** Time passes, also where no row tells of it. */
  advance(at: EpochMs): void {
    if (this.from === null) {
      this.from = at;
      this.at = at;
    }
    if (at <= this.at) return;
    this.integral += this.open.size * (at - this.at);
    this.at = at;
  }

  view(): LiveView {
    const clusterNow = this.at - this.skewMs;
    const aged = [...this.open.values()].map((job) => ({ ...job, ageMs: Math.max(0, clusterNow - job.createdAt - CUT_MS) }));
    aged.sort((a, b) => a.createdAt - b.createdAt || (a.name < b.name ? -1 : 1));
    const span = this.from === null ? 0 : this.at - this.from;
    const { lifeMs } = this;
    return {
      at: this.at,
      from: this.from,
      open: this.open.size,
      peak: this.peak,
      peakAt: this.peakAt,
      mean: span > 0 ? this.integral / span : null,
      ...(lifeMs === undefined ? {} : { expected: this.expected(lifeMs, clusterNow) }),
      oldest: aged,
      overdue: lifeMs === undefined ? [] : aged.filter(({ ageMs }) => ageMs > lifeMs),
      created: this.created,
      gone: this.gone,
    };
  }

  /** A Job of which no row has told before. */
  private meet(job: LiveJob): void {
    this.created += 1;
    if (this.lifeMs !== undefined) this.young.push(job);
  }

  /** The stamp is cut, so on average a Job is half a second younger than it says. */
  private expected(lifeMs: DurationMs, clusterNow: EpochMs): number {
    this.young = this.young.filter(({ createdAt }) => createdAt + CUT_MS / 2 + lifeMs > clusterNow);
    return this.young.length;
  }
}
