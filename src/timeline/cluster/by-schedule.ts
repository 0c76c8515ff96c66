import type { JobHistory } from "./cluster-history.js";

const CRONJOB_CONTROLLER = /:cronjob-controller$/;

/** Whether a CronJob made a Job when its time had come: its object names the CronJob or, where none was seen, the audit log the controller that made it. */
export function isBySchedule({ observations, audit }: JobHistory): boolean {
  const { job } = observations.at(-1) ?? {};
  return job?.bySchedule ?? (job === undefined && CRONJOB_CONTROLLER.test(audit?.create?.user ?? ""));
}
