import type { Random } from "../model/statistics/random.js";
import type { EpochMs } from "../model/time.js";
import type { AuditRequest } from "./audit-log.js";
import { type ClusterWrite, withVersion } from "./cluster-write.js";
import { type EventSource, eventObject, planEvent } from "./event-objects.js";
import { secondsStamp } from "./instants.js";
import { jobObject, type KubernetesObject } from "./job-objects.js";
import type { JobPlan } from "./job-plan.js";
import type { SimulationSettings } from "./options.js";
import { type PodMoments, type PodState, podObject } from "./pod-objects.js";

/** Collects what happens to one Job: writes to the store, and requests to the API server. */
export class JobTracer {
  readonly writes: ClusterWrite[] = [];
  readonly requests: AuditRequest[] = [];
  /** Clock of the Pod's node less cluster time. */
  readonly #nodeSkewMs: number;

  constructor(
    readonly settings: SimulationSettings,
    readonly job: JobPlan,
    readonly moments: PodMoments,
    readonly random: Random,
  ) {
    this.#nodeSkewMs = settings.nodeSkewMs[job.pod.node] ?? 0;
  }

  /** A request about the Job itself, unless `rest` names another object. */
  ask(at: EpochMs, user: string, verb: AuditRequest["verb"], rest: Partial<AuditRequest> = {}): void {
    const { namespace, name } = this.job;
    const about = { resource: "jobs" as const, namespace, name, code: verb === "create" ? 201 : 200 };
    this.requests.push({ at, leadMs: this.random.between(2, 5), user, verb, ...about, ...rest });
  }

  writeJob(at: EpochMs, change: ClusterWrite["change"], status: KubernetesObject, marks?: KubernetesObject): void {
    const { uid, namespace, name, createdAt } = this.job;
    const object = () => jobObject(this.settings, this.job, secondsStamp(createdAt), status, marks);
    this.writes.push({ at, kind: "Job", change, uid, namespace, name, object: (own) => withVersion(object(), own) });
  }

  writePod(at: EpochMs, change: ClusterWrite["change"], state: PodState, marks?: KubernetesObject): void {
    const { uid, name } = this.job.pod;
    const object = () => podObject(this.settings, this.job, this.moments, state, marks);
    this.writes.push({ at, kind: "Pod", change, uid, namespace: this.job.namespace, name, object: (own) => withVersion(object(), own) });
  }

  /** An Event, and its repeats, each of which raises its count in place. */
  writeEvent(
    at: EpochMs,
    kind: "Job" | "Pod",
    source: EventSource,
    what: Parameters<typeof planEvent>[1],
    repeats: readonly EpochMs[] = [],
  ): void {
    const skew = source === "kubelet" ? this.#nodeSkewMs : 0;
    const plan = planEvent({ job: this.job, kind, source, nodeSkewMs: this.#nodeSkewMs }, what, at, this.random);
    for (const [index, repeat] of [at, ...repeats].entries()) {
      this.writes.push({
        at: index === 0 ? plan.createdAt : repeat + this.random.between(3, 9),
        kind: "Event",
        change: index === 0 ? "ADDED" : "MODIFIED",
        uid: plan.uid,
        namespace: plan.namespace,
        name: plan.name,
        about: plan.involved.uid,
        object: (own, involved) => eventObject(plan, { own, involved }, { count: index + 1, lastAt: repeat + skew }),
      });
    }
  }

  /** An Event of the kubelet about the container. */
  writeContainerEvent(
    at: EpochMs,
    reason: string,
    message: string,
    type: "Normal" | "Warning" = "Normal",
    repeats: readonly EpochMs[] = [],
  ): void {
    this.writeEvent(at, "Pod", "kubelet", { reason, message, type, ofContainer: true }, repeats);
  }
}
