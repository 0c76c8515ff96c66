import type { DurationMs, EpochMs } from "../../model/time.js";
import type { Draft } from "./draft.js";
import { RUN_GAP_MS } from "./runs.js";

/**
 * Investigations that may have been taken for one another: a line without a key went to one of them and could have been of any. What they log
 * without a key from then on measures nothing.
 */
export interface MixUp {
  readonly members: Set<Draft>;
  /** Those of them that have not ended. */
  readonly open: Set<Draft>;
  /** Marks at which they stood when they were mixed up. */
  readonly from: Set<string>;
  /** Failures that befell one of them, each with the lines that may have followed it. */
  readonly failures: Draft[];
  /** Of those failures some may be told twice, or be of several. */
  mayBeMore: boolean;
  /** How many of them stand at which mark is not known either, so that counting tells nothing. */
  blurred: boolean;
}

/** Joins drafts, and all with whom they were mixed up before. */
export function mixedUp(drafts: readonly Draft[], isOpen: (draft: Draft) => boolean): MixUp {
  const before = new Set<MixUp>();
  for (const { mixUp } of drafts) if (mixUp !== undefined) before.add(mixUp);
  const parts = [...before].sort((a, b) => b.members.size - a.members.size);
  const [joint = { members: new Set(), open: new Set(), from: new Set(), failures: [], mayBeMore: false, blurred: false }, ...others] =
    parts;
  const join = (draft: Draft) => {
    draft.mixUp = joint;
    if (draft.isFailure === true) return;
    joint.members.add(draft);
    if (isOpen(draft)) joint.open.add(draft);
  };
  for (const other of others) {
    for (const member of other.members) join(member);
    for (const failure of other.failures) {
      join(failure);
      joint.failures.push(failure);
    }
    for (const mark of other.from) joint.from.add(mark);
    joint.mayBeMore ||= other.mayBeMore;
    joint.blurred ||= other.blurred;
    // Nobody is in it any more.
    other.open.clear();
  }
  for (const draft of drafts) {
    if (draft.mixUp === joint) continue;
    joint.from.add(lastMark(draft));
    join(draft);
  }
  return joint;
}

/** It is known again where this one stands. */
export function leave(draft: Draft): void {
  draft.mixUp?.members.delete(draft);
  draft.mixUp?.open.delete(draft);
  delete draft.mixUp;
}

/**
 * And those with whom they are mixed up, as far as they have logged anything lately.
 * @param silenceMs for so long others of the run are known to have said nothing before they went on
 */
export function withMixedUp(drafts: readonly Draft[], at: EpochMs, silenceMs: DurationMs): readonly Draft[] {
  const mixUps = new Set(drafts.flatMap(({ mixUp }) => mixUp ?? []));
  if (mixUps.size === 0) return drafts;
  const found = new Set(drafts);
  for (const { members, blurred } of mixUps) {
    for (const member of members) {
      // What says nothing for longer than either does not go on.
      if (at - lastAt(member) <= Math.max(RUN_GAP_MS, silenceMs)) found.add(member);
      // In a long log there are many, and they are not counted any more.
      else if (blurred) members.delete(member);
    }
  }
  return [...found];
}

/** Where an investigation stands. */
export function lastMark({ points }: Draft): string {
  return points.at(-1)?.mark ?? "";
}

/** When an investigation logged something last; before all time where it has not. */
export function lastAt({ points }: Draft): EpochMs {
  return points.at(-1)?.at ?? Number.NEGATIVE_INFINITY;
}

/** The one that logged something last: one that has broken off stays behind. */
export function latestOf(drafts: readonly Draft[]): Draft {
  return drafts.reduce((a, b) => (lastAt(b) > lastAt(a) ? b : a));
}
