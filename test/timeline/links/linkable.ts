import type { LinkableJob } from "../../../src/timeline/links/candidate-jobs.js";
import { moment } from "../../analyze/builders.js";
import { T0 } from "../builders.js";

/** A serving Job of this id that was created `ms` after T0. */
export function linkableJob(jobId: string, ms: number): LinkableJob {
  return {
    uid: `uid-${jobId}`,
    name: `grpc-job-${jobId}`,
    namespace: "default",
    role: "serving",
    jobId,
    created: { ...moment(0), at: T0 + ms, lo: T0 + ms, hi: T0 + ms },
  };
}
