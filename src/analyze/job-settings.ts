import type { Measured, MetricSpec } from "../model/measurement.js";
import type { Job } from "../model/timeline.js";
import { none, ofRun } from "./measured.js";
import type { MetricContext } from "./metrics.js";

/** A setting as it is deployed: from the Job specs in the input. */
export function jobSetting({ role, setting }: Extract<MetricSpec, { metric: "job-setting" }>, { timeline }: MetricContext): Measured {
  const jobs = timeline.jobs.filter((job) => job.ofThisRun && job.role === role && job.specSeen);
  if (jobs.length === 0) return none("no-job-specs", { role });
  const read = (job: Job): string | undefined => {
    if (typeof setting === "object") return job.env[setting.env];
    const value =
      setting === "backoffLimit" ? job.backoffLimit : job.ttlMsAfterFinished === undefined ? undefined : job.ttlMsAfterFinished / 1000;
    return value?.toString();
  };
  const set = jobs.flatMap((job) => {
    const text = read(job);
    return text === undefined ? [] : [{ job, text }];
  });
  const name = typeof setting === "object" ? setting.env : setting;
  const [first] = set;
  if (first === undefined) return none("setting-absent", { role, setting: name });
  const settings = [...new Set(set.map(({ text }) => text))].sort();
  const value = Number.parseFloat(first.text);
  if (!Number.isFinite(value)) return none("setting-not-a-number", { role, setting: name, text: first.text });
  const unit = setting === "ttlSecondsAfterFinished" ? "s" : "count";
  return ofRun(value, unit, {
    statistic: "setting",
    n: set.length,
    settings,
    evidence: set.slice(0, 1).flatMap(({ job }) => job.evidence.slice(0, 1)),
  });
}
