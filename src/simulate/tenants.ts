import type { Random } from "../model/statistics/random.js";
import { roundMicroseconds } from "../model/time.js";
import { planInvestigation } from "./investigation-plan.js";
import { type JobPlan, planFinish, planPod, planTtlRemoval } from "./job-plan.js";
import type { SimulationSettings } from "./options.js";

/** Slots and sequences of serving Jobs that somebody else asked for; the run's own never get there. */
const FOREIGN_SLOT = 41;
const FOREIGN_SEQUENCE = 90_210;

/** Jobs that have nothing to do with the run but share its cluster. */
export function planTenants(settings: SimulationSettings, from: number, to: number, random: Random): JobPlan[] {
  const jobs: JobPlan[] = [];
  for (let index = 0; index < settings.otherNamespaceJobs; index += 1) {
    jobs.push(planReport(settings, index, random.between(from, to), random.fork(`report-${index}`)));
  }
  for (let index = 0; index < settings.foreignServingJobs; index += 1) {
    const place = {
      index,
      sequence: FOREIGN_SEQUENCE + index,
      slot: FOREIGN_SLOT + index,
      start: Math.round(random.between(from, to)),
      fate: "ok" as const,
    };
    const plan = planInvestigation(settings, place, random.fork(`foreign-${index}`));
    jobs.push(plan.serving, plan.cleanup);
  }
  return jobs;
}

/** A Job of another team, in its own namespace: runs for a while, completes, and its TTL removes it. */
function planReport(settings: SimulationSettings, index: number, at: number, random: Random): JobPlan {
  const name = `nightly-report-${29_417_000 + index}`;
  const createdAt = roundMicroseconds(at);
  const pod = planPod(settings, { name, createdAt }, null, random);
  const finish = planFinish(pod.startedAt + random.between(15_000, 60_000), true, random);
  return {
    kind: "report",
    name,
    namespace: "demo",
    uid: random.uuid(),
    slot: 0,
    jobId: "",
    createdBy: "system:serviceaccount:kube-system:cronjob-controller",
    createdAt,
    pod,
    finish,
    removal: planTtlRemoval("report", finish, random),
  };
}
