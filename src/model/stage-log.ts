/**
 * What the records of a stage log (docs/stage-log.md) are called inside: marks like those of patterns, with names that no profile can have,
 * and the patterns and stages that go with them, so that everything after the reader works on them as on any log.
 */

import type { ClaimsFile } from "./claim.js";
import type { LogMark, TimelineEvent } from "./event.js";
import { marksThat } from "./marks.js";
import type { Pattern, Profile, StageDefinition } from "./profile.js";
import { NEXT_START } from "./reserved-stages.js";

export type StageLogEvent = "start" | "end" | "failed" | "run";

/** Begins the message of every mark of a stage log. */
export const STAGE_LOG_MESSAGE = "stage-log";

const PREFIX = "stage-log";
/** The investigation itself, where a record names no stage. */
export const WHOLE = "";

/** The mark of a record; the ids of a profile hold no slash. */
export function stageLogMark(stage: string, event: StageLogEvent): string {
  return `${PREFIX}/${stage}/${event}`;
}

function stageOf(mark: LogMark): string | null {
  const [prefix, stage] = mark.mark.split("/");
  return prefix === PREFIX && stage !== undefined ? stage : null;
}

/** A profile and its claims as a stage log makes them. */
export interface Adapted {
  readonly profile: Profile;
  readonly claims: ClaimsFile;
  readonly events: readonly TimelineEvent[];
  /** Lines of other logs that say the same again and were set aside. */
  readonly setAside: number;
}

/**
 * Puts the marks of a stage log into the profile. A stage that the log speaks of runs from its start record to its end record, whatever the
 * profile's patterns say; other stages that begin or end where such a stage does follow it; stages that the profile does not know are added
 * in order of appearance. Lines of other logs about investigations are set aside: they say less exactly what the stage log says.
 * Everything is unchanged where the events hold no stage log.
 */
export function adaptToStageLog(profile: Profile, claims: ClaimsFile, events: readonly TimelineEvent[]): Adapted {
  const marks = events.filter((event): event is LogMark => event.type === "log-mark");
  const stages = [...new Set(marks.flatMap((mark) => stageOf(mark) ?? []))];
  if (stages.length === 0) return { profile, claims, events, setAside: 0 };
  const named = stages.filter((stage) => stage !== WHOLE);
  const ofRun = marksThat(profile, "standalone", "startsRun");
  const kept = events.filter((event) => event.type !== "log-mark" || stageOf(event) !== null || ofRun.has(event.mark));
  const adapted = {
    ...profile,
    patterns: [...profile.patterns, ...patternsFor(profile, named)],
    stages: stagesWith(profile, named),
    timeoutErrors: [...profile.timeoutErrors, `^${STAGE_LOG_MESSAGE} .* timeout(?::|$)`],
  };
  return { profile: adapted, claims: claimsWith(claims, profile, named), events: kept, setAside: events.length - kept.length };
}

/** Claims about a value that a mark reports find it in the record of the stage that ends or begins with that mark. */
function claimsWith(file: ClaimsFile, profile: Profile, named: readonly string[]): ClaimsFile {
  const claims = file.claims.map((claim) => {
    const { measure } = claim;
    if (measure.metric !== "mark-value") return claim;
    const stage = profile.stages.find(({ id, to }) => named.includes(id) && to === measure.mark);
    return stage === undefined ? claim : { ...claim, measure: { ...measure, mark: stageLogMark(stage.id, "end") } };
  });
  return { ...file, claims };
}

function patternsFor(profile: Profile, named: readonly string[]): Pattern[] {
  const [opens, closes, attempts] = [marksThat(profile, "opens"), marksThat(profile, "closes"), marksThat(profile, "attempt")];
  const stages = profile.stages.filter((stage) => named.includes(stage.id));
  const begins = (stage: StageDefinition, marks: ReadonlySet<string>) => [stage.from].flat().some((mark) => marks.has(mark));
  // The stage whose end closes an investigation is the profile's, else the record of the whole; the Job is asked for in the profile's, else in the first.
  const closing = stages.find((stage) => closes.has(stage.to))?.id ?? WHOLE;
  const requesting = stages.find((stage) => begins(stage, opens))?.id ?? named[0] ?? WHOLE;
  const tried = stages.find((stage) =>
    profile.stages.some((part) => (part === stage || part.partOf === stage.id) && begins(part, attempts)),
  )?.id;
  const ofStages = [WHOLE, ...named].flatMap((stage): Pattern[] => [
    { ...PLAIN, id: stageLogMark(stage, "start"), header: stage === WHOLE, opens: stage === requesting, attempt: stage === tried },
    { ...PLAIN, id: stageLogMark(stage, "end"), answers: stage === requesting, closes: stage === closing },
    { ...PLAIN, id: stageLogMark(stage, "failed"), fails: true, after: [stageLogMark(stage, "start")] },
  ]);
  return [{ ...PLAIN, id: stageLogMark(WHOLE, "run"), startsRun: true, standalone: true }, ...ofStages];
}

const PLAIN: Omit<Pattern, "id"> = {
  message: "",
  ignore: false,
  startsRun: false,
  header: false,
  opens: false,
  answers: false,
  after: [],
  closes: false,
  fails: false,
  attempt: false,
  standalone: false,
};

function stagesWith(profile: Profile, named: readonly string[]): StageDefinition[] {
  const inMarks = (stage: StageDefinition) => named.includes(stage.id);
  const starts = new Map<string, string>();
  const ends = new Map<string, string>();
  for (const stage of profile.stages.filter(inMarks)) {
    for (const mark of [stage.from].flat()) starts.set(mark, stageLogMark(stage.id, "start"));
    ends.set(stage.to, stageLogMark(stage.id, "end"));
  }
  const failures = named.map((stage) => stageLogMark(stage, "failed"));
  const known = profile.stages.map((stage): StageDefinition => {
    if (inMarks(stage)) return { ...stage, from: stageLogMark(stage.id, "start"), to: stageLogMark(stage.id, "end") };
    const from = [stage.from].flat().map((mark) => starts.get(mark) ?? ends.get(mark) ?? mark);
    const begin = stage.includeFailed ? [...from, ...failures] : from.length === 1 ? (from[0] ?? "") : from;
    return { ...stage, from: begin, to: ends.get(stage.to) ?? starts.get(stage.to) ?? stage.to };
  });
  const added = named
    .filter((id) => !profile.stages.some((stage) => stage.id === id))
    .map(
      (id): StageDefinition => ({
        id,
        title: { en: id, he: id },
        from: stageLogMark(id, "start"),
        to: stageLogMark(id, "end"),
        sequentialOnly: false,
        includeFailed: false,
      }),
    );
  // What begins or ends at a line of another log can never be measured here.
  const reachable = (point: string) => point.startsWith(PREFIX) || point.startsWith("job.") || point === NEXT_START;
  const measurable = known.filter(
    (stage) =>
      [stage.from].flat().some(reachable) && (reachable(stage.to) || [stage.from].flat().some((point) => point.startsWith("job."))),
  );
  return [...measurable, ...added];
}
