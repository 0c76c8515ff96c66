import { expect, it } from "vitest";
import { cleanupFinder } from "../../../src/timeline/cluster/cleanup-finder.js";
import { jobNaming } from "../../../src/timeline/cluster/job-naming.js";
import { moment } from "../../analyze/builders.js";
import { focusServer } from "../builders.js";

const job = (uid: string, name: string, ms: number): ReturnType<Parameters<typeof cleanupFinder>[0]>[number] => ({
  history: { uid, name, namespace: "default", observations: [], events: [], pods: [] },
  created: moment(ms),
});

it("the cleanup Job of a serving one is its own, also where its id is used again", () => {
  const [a, b, c] = [job("a", "grpc-job-1-1", 0), job("b", "grpc-job-1-1", 100_000), job("c", "grpc-job-2-2", 200_000)];
  const cleanups = [job("of-a", "cleanup-job-1-1", 50), job("of-b", "cleanup-job-1-1", 100_050)];
  const find = cleanupFinder(() => [a, b, c, ...cleanups], jobNaming(focusServer));
  expect([a, b, c, ...cleanups].map(({ history }) => find(history)?.uid)).toEqual(["of-a", "of-b", undefined, undefined, undefined]);
});
