import type { Measured, MetricSpec } from "../../model/measurement.js";
import { goDuration, plainNumber } from "../../model/text/number-text.js";
import type { Job } from "../../model/timeline.js";
import { none, ofRun } from "./measured.js";
import type { MetricContext } from "./metric-context.js";

/** What a setting is set to: a plain number, or a duration as Go writes it [s]; undefined for what is neither. */
export function settingValue(text: string): number | undefined {
  return plainNumber(text) ?? goDuration(text);
}

/** A setting as it is deployed: from the Job specs in the input. In seconds where one of them is written as a duration. */
export function jobSetting({ role, setting }: Extract<MetricSpec, { metric: "job-setting" }>, { timeline }: MetricContext): Measured {
  const read = (job: Job): string | undefined => {
    if (typeof setting === "object") return job.env[setting.env];
    const value =
      setting === "backoffLimit" ? job.backoffLimit : job.ttlMsAfterFinished === undefined ? undefined : job.ttlMsAfterFinished / 1000;
    return value?.toString();
  };
  const texts = new Set<string>();
  let first: { readonly job: Job; readonly text: string } | undefined;
  let [seen, n] = [0, 0];
  for (const job of timeline.jobs) {
    if (!job.ofThisRun || job.role !== role || !job.specSeen) continue;
    seen += 1;
    const text = read(job);
    if (text === undefined) continue;
    n += 1;
    first ??= { job, text };
    texts.add(text);
  }
  if (seen === 0) return none("no-job-specs", { role });
  const name = typeof setting === "object" ? setting.env : setting;
  if (first === undefined) return none("setting-absent", { role, setting: name });
  const settings = [...texts].sort();
  const value = settingValue(first.text);
  const unread = settings.find((text) => settingValue(text) === undefined);
  if (value === undefined || unread !== undefined) return none("setting-not-a-number", { role, setting: name, text: unread ?? first.text });
  const isTime = setting === "ttlSecondsAfterFinished" || settings.some((text) => goDuration(text) !== undefined);
  return ofRun(value, isTime ? "s" : "count", {
    statistic: "setting",
    n,
    settings,
    evidence: first.job.evidence.slice(0, 1),
  });
}
