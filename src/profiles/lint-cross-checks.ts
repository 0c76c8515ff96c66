import { QUANTITIES_AT_MOMENT, QUANTITIES_OF_RUN } from "../model/cross-check-quantities.js";
import type { CrossCheckDefinition, Profile } from "../model/profile.js";
import { arithmeticFaults, lintExpression } from "./lint-expressions.js";
import { badPattern, groupsOf, unknown } from "./lint-names.js";
import type { LintProblem } from "./lint-problem.js";

/** Cross-checks of lines that do not exist, of groups that these do not have, or with what is never known there. */
export function lintCrossChecks(profile: Profile): LintProblem[] {
  return profile.crossChecks.flatMap((check, index) => lintCrossCheck(`crossChecks.${index}`, check, profile));
}

function lintCrossCheck(place: string, { mark, group, expected }: CrossCheckDefinition, { patterns, jobId }: Profile): LintProblem[] {
  const pattern = patterns.find(({ id }) => id === mark);
  const marks = patterns.map(({ id }) => id);
  if (mark !== undefined && pattern === undefined) return unknown(`${place}.mark`, [mark], marks, "pattern");
  const text = pattern?.message ?? jobId;
  // An expression that does not compile is told at its own place.
  if (badPattern("", text).length > 0) return [];
  const groups = groupsOf(text);
  const ofLine = [...groups, ...QUANTITIES_AT_MOMENT, ...QUANTITIES_OF_RUN];
  const known = mark === undefined ? QUANTITIES_OF_RUN : ofLine;
  const what = mark === undefined ? "quantity of the run" : `group of ${mark}, or quantity,`;
  return [
    ...unknown(`${place}.group`, [group], groups, mark === undefined ? "group of jobId" : `group of ${mark}`),
    ...lintExpression(`${place}.expected`, expected, { known, what, faultsOf: arithmeticFaults }),
  ];
}
