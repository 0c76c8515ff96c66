import type { Growing } from "../../model/collections/growing.js";
import type { Profile } from "../../model/profile.js";
import type { ClockId } from "../../model/time.js";
import type { Investigation } from "../../model/timeline.js";
import { creationBounds } from "../investigations/creation-windows.js";
import type { Draft } from "../investigations/draft.js";
import type { Ending } from "../investigations/outcomes.js";
import type { Link } from "./candidate-jobs.js";

/** The investigations of one log with how they ended and which Job served them. Numbered from 1. */
export function investigationsOf(
  drafts: readonly Draft[],
  links: ReadonlyMap<Draft, Link>,
  ends: readonly Ending[],
  clock: ClockId,
  profile: Profile,
): Investigation[] {
  const creationOf = creationBounds(profile);
  return drafts.map((draft, index) => {
    const link = links.get(draft);
    const { outcome, attempts, error, failure, uncertain, bySilence }: Ending = ends[index] ?? { outcome: "running", attempts: 1 };
    const investigation: Growing<Investigation> = { number: index + 1, jobId: draft.jobId, outcome, attempts, points: draft.points };
    if (error !== undefined) investigation.error = error;
    if (failure !== undefined) investigation.failure = failure;
    if (link?.jobUid !== undefined) investigation.jobUid = link.jobUid;
    if (link?.companions !== undefined) investigation.companionUids = link.companions;
    if (link?.jobUid !== undefined) investigation.jobLink = link.by;
    const creation = link?.jobUid === undefined ? creationOf(draft) : undefined;
    if (creation !== undefined) investigation.unseenCreation = creation;
    if (uncertain !== undefined) investigation.outcomeUncertain = uncertain;
    if (bySilence !== undefined) investigation.endedBySilence = bySilence;
    if (draft.run !== undefined) investigation.run = draft.run;
    if (clock !== "runner") investigation.clock = clock;
    return investigation;
  });
}
