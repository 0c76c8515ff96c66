import type { DurationMs, EpochMs } from "../model/time.js";
import type { AgedJob, LiveView } from "./live-jobs.js";

export interface AlarmLimits {
  /** More open Jobs than this. */
  readonly maxOpen?: number;
  /** A Job open for longer than this. */
  readonly maxAgeMs?: DurationMs;
}

export type Alarm =
  | { readonly kind: "max-open"; readonly at: EpochMs; readonly open: number; readonly limit: number }
  | { readonly kind: "max-age"; readonly at: EpochMs; readonly open: number; readonly limit: DurationMs; readonly job: AgedJob };

/** Raises each alarm once: too many Jobs until there are few enough again, a Job that is too old once in its life. */
export class Alarms {
  private crowded = false;
  private old = new Set<string>();

  constructor(private readonly limits: AlarmLimits) {}

  check({ at, open, oldest }: LiveView): Alarm[] {
    const alarms: Alarm[] = [];
    const { maxOpen, maxAgeMs } = this.limits;
    if (maxOpen !== undefined) {
      if (open > maxOpen && !this.crowded) alarms.push({ kind: "max-open", at, open, limit: maxOpen });
      this.crowded = open > maxOpen;
    }
    if (maxAgeMs === undefined) return alarms;
    const tooOld = oldest.filter(({ ageMs }) => ageMs > maxAgeMs);
    for (const job of tooOld) if (!this.old.has(job.uid)) alarms.push({ kind: "max-age", at, open, limit: maxAgeMs, job });
    this.old = new Set(tooOld.map(({ uid }) => uid));
    return alarms;
  }
}

/** What a hook finds in its environment; values stand nowhere else, so that no name can become a command. */
export function alarmEnvironment(alarm: Alarm): Record<string, string> {
  const common = {
    POSTRUN_ALARM: alarm.kind,
    POSTRUN_ALARM_AT: new Date(alarm.at).toISOString(),
    POSTRUN_ALARM_OPEN: String(alarm.open),
    POSTRUN_ALARM_LIMIT: alarm.kind === "max-open" ? String(alarm.limit) : String(alarm.limit / 1000),
  };
  if (alarm.kind === "max-open") return common;
  const { name, namespace, ageMs } = alarm.job;
  return { ...common, POSTRUN_ALARM_JOB: name, POSTRUN_ALARM_NAMESPACE: namespace, POSTRUN_ALARM_AGE: (ageMs / 1000).toFixed(1) };
}
