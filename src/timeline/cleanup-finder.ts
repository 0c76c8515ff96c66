import { groupBy } from "../model/group-by.js";
import type { JobHistory } from "./cluster-history.js";
import type { JobContext } from "./jobs.js";

/** Finds the cleanup Job of a serving one: that of its job id in its namespace. */
export function cleanupFinder(
  histories: readonly JobHistory[],
  naming: JobContext["naming"],
): (history: JobHistory) => JobHistory | undefined {
  let byId: ReadonlyMap<string, readonly JobHistory[]> | undefined;
  const keyOf = ({ namespace, name }: JobHistory) => `${namespace}/${naming(name).jobId ?? ""}`;
  const findAll = () =>
    groupBy(
      histories.filter(({ name }) => naming(name).role === "cleanup"),
      keyOf,
    );
  return (history) => {
    const { role, jobId } = naming(history.name);
    if (role !== "serving" || jobId === null) return undefined;
    byId ??= findAll();
    return byId.get(keyOf(history))?.[0];
  };
}
