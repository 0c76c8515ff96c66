import type {
  ApiRequest,
  ClusterEvent,
  HttpDate,
  JobObservation,
  LogMark,
  MetricSample,
  PodObservation,
  TimelineEvent,
} from "../../model/event.js";

/** The events of each type, in the order in which they were read. */
export interface EventGroups {
  readonly jobs: readonly JobObservation[];
  readonly pods: readonly PodObservation[];
  readonly clusterEvents: readonly ClusterEvent[];
  readonly requests: readonly ApiRequest[];
  readonly marks: readonly LogMark[];
  readonly dates: readonly HttpDate[];
  readonly samples: readonly MetricSample[];
}

/** Parts the events by type, once for all that ask for one type only. */
export function groupEvents(events: readonly TimelineEvent[]): EventGroups {
  const [jobs, pods, clusterEvents, requests]: [JobObservation[], PodObservation[], ClusterEvent[], ApiRequest[]] = [[], [], [], []];
  const [marks, dates, samples]: [LogMark[], HttpDate[], MetricSample[]] = [[], [], []];
  // Loops over all events count their index: until they are optimised, an iterator makes an object of each step.
  for (let index = 0; index < events.length; index += 1) {
    const event = events[index] as TimelineEvent;
    if (event.type === "log-mark") marks.push(event);
    else if (event.type === "cluster-event") clusterEvents.push(event);
    else if (event.type === "job") jobs.push(event);
    else if (event.type === "pod") pods.push(event);
    else if (event.type === "api-request") requests.push(event);
    else if (event.type === "http-date") dates.push(event);
    else if (event.type === "metric-sample") samples.push(event);
  }
  return { jobs, pods, clusterEvents, requests, marks, dates, samples };
}
