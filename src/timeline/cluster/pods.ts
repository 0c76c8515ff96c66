import type { Growing } from "../../model/collections/growing.js";
import type { Pod } from "../../model/timeline.js";
import type { JobHistory } from "./cluster-history.js";
import { finishStampOf } from "./job-mechanism.js";
import { finishMoment } from "./job-points.js";
import type { JobContext } from "./jobs.js";
import { podEndOf, podGoneOf, podStartOf } from "./pod-moments.js";

/** The Pods of all Jobs, with what is known of their time. */
export function buildPods(histories: readonly JobHistory[], context: Pick<JobContext, "clocks" | "versions">): Pod[] {
  return histories.flatMap((history) => {
    const finish = finishStampOf(history, context.clocks);
    const over = finish && {
      ...finishMoment(history, finish.at, context.clocks),
      failed: finish.failed,
      isOnly: history.pods.length === 1,
    };
    return history.pods.map((pod) => {
      const started = podStartOf(pod, context.clocks);
      const gone = podGoneOf(pod, context);
      const ended = podEndOf(pod, gone, over, context);
      const row: Growing<Pod> = { name: pod.name, uid: pod.uid, jobUid: history.uid };
      if (started !== undefined) row.started = started;
      if (ended !== undefined) row.ended = ended;
      if (gone !== undefined) row.gone = gone;
      return row;
    });
  });
}
