/** Audit log at Metadata level: audit.k8s.io/v1, one compact JSON object a line, stage ResponseComplete. */

import type { Random } from "../model/statistics/random.js";
import type { DurationMs, EpochMs } from "../model/time.js";
import { microsecondsStamp } from "./instants.js";

/** A request to the API server. */
export interface AuditRequest {
  /** When the server wrote to its store, or answered if it wrote nothing. */
  readonly at: EpochMs;
  /** Received so long before. */
  readonly leadMs: DurationMs;
  readonly user: string;
  readonly verb: "create" | "update" | "patch" | "delete" | "get" | "list";
  readonly resource: "jobs" | "pods" | "services";
  readonly namespace: string;
  /** "" for Pods that a controller creates: their name is only in the response. */
  readonly name: string;
  readonly uid?: string;
  readonly subresource?: string;
  readonly code: number;
  /** `Success` where the answer is a Status object, as for a background deletion of a Job. */
  readonly status?: "Success" | "Failure";
}

const USER_AGENTS: readonly (readonly [RegExp, string])[] = [
  [/job-cleanup$/, "kubectl/v1.20.2 (linux/amd64) kubernetes/faecb19"],
  [/focus-server$/, "focus-server/1.8.2"],
  [/^system:node:/, "kubelet/v1.20.2 (linux/amd64) kubernetes/faecb19"],
  [/^system:kube-scheduler$/, "kube-scheduler/v1.20.2 (linux/amd64) kubernetes/faecb19/scheduler"],
];
const CONTROLLER_MANAGER = "kube-controller-manager/v1.20.2 (linux/amd64) kubernetes/faecb19";

/** Lines in the order in which the requests completed. */
export function renderAuditLog(requests: readonly AuditRequest[], until: EpochMs, random: Random): string {
  return requests
    .map((request) => ({ request, completedAt: request.at + random.between(1, 4) }))
    .sort((left, right) => left.completedAt - right.completedAt)
    .filter(({ completedAt }) => completedAt <= until)
    .map(({ request, completedAt }) => `${JSON.stringify(auditEvent(request, completedAt, random.uuid()))}\n`)
    .join("");
}

function auditEvent(request: AuditRequest, completedAt: EpochMs, auditID: string): unknown {
  const { namespace, resource, name, subresource, uid } = request;
  const group = resource === "jobs" ? "batch" : "";
  const collection = `${group ? "/apis/batch/v1" : "/api/v1"}/namespaces/${namespace}/${resource}`;
  const inCollection = name === "" || (request.verb === "create" && !subresource);
  return {
    kind: "Event",
    apiVersion: "audit.k8s.io/v1",
    level: "Metadata",
    auditID,
    stage: "ResponseComplete",
    requestURI: requestUri(request, inCollection ? collection : `${collection}/${name}${subresource ? `/${subresource}` : ""}`, collection),
    verb: request.verb,
    user: { username: request.user, groups: groupsOf(request.user) },
    sourceIPs: ["10.0.0.10"],
    userAgent: USER_AGENTS.find(([pattern]) => pattern.test(request.user))?.[1] ?? CONTROLLER_MANAGER,
    objectRef: {
      resource,
      namespace,
      ...(name ? { name } : {}),
      ...(uid ? { uid } : {}),
      ...(group ? { apiGroup: group } : {}),
      apiVersion: "v1",
      ...(subresource ? { subresource } : {}),
    },
    responseStatus: {
      metadata: {},
      ...(request.status ? { status: request.status } : {}),
      ...(request.code === 404 ? { reason: "NotFound" } : {}),
      code: request.code,
    },
    requestReceivedTimestamp: microsecondsStamp(request.at - request.leadMs),
    stageTimestamp: microsecondsStamp(completedAt),
    annotations: { "authorization.k8s.io/decision": "allow", "authorization.k8s.io/reason": "" },
  };
}

function requestUri(request: AuditRequest, object: string, collection: string): string {
  return request.verb === "list" ? `${collection}?fieldSelector=metadata.name%3D${request.name}` : object;
}

function groupsOf(user: string): string[] {
  const account = /^system:serviceaccount:([^:]+):/.exec(user);
  if (account) {
    return ["system:serviceaccounts", `system:serviceaccounts:${account[1] ?? ""}`, "system:authenticated"];
  }
  return user.startsWith("system:node:") ? ["system:nodes", "system:authenticated"] : ["system:authenticated"];
}
