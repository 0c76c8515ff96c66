/** Which lines of an investigation answer its request: its Job was created before them. */
import { marksThat } from "../../model/marks.js";
import type { Pattern, Profile } from "../../model/profile.js";
import { connectedMark } from "../../model/reserved-stages.js";
import type { Point } from "../../model/timeline.js";

/**
 * A line answers if the profile says so (`answers`), or if it brings a job id, or a port that stands for one. Whoever has connected, or has ended well, has been answered
 * in any case; any other line may be logged while the request still waits. Where the request names the Job itself, an id in a later line brings nothing: then only the lines
 * that `answers` names count or, where the profile names none, those with the id that no investigation ends well without. `start`: the index of the request, -1 without one.
 */
export function answerFinder(profile: Profile): (points: readonly Point[], start: number) => (point: Point) => boolean {
  const named = marksThat(profile, "answers");
  const past = marksThat(profile, "closes");
  const connected = connectedMark(profile);
  if (connected !== undefined) past.add(connected);
  const never = marksThat(profile, "opens", "fails", "header");
  const portTells = profile.aliases.some(({ key }) => key === "port");
  const bringsKey = ({ groups }: Point) => groups.jobId !== undefined || (portTells && groups.port !== undefined);
  let unavoidable: ReadonlySet<string> | undefined;
  return (points, start) => {
    const isAskedFor = points.slice(0, start + 1).some(bringsKey);
    return (point) => {
      const { mark } = point;
      if (never.has(mark)) return false;
      if (named.has(mark) || past.has(mark)) return true;
      if (!bringsKey(point)) return false;
      if (!isAskedFor) return true;
      unavoidable ??= named.size > 0 ? new Set() : unavoidableMarks(profile.patterns);
      return unavoidable.has(mark);
    };
  };
}

/** Marks that lie on every way from a request to a good end, by what may follow what. None where the profile tells of no end. */
function unavoidableMarks(patterns: readonly Pattern[]): ReadonlySet<string> {
  const inside = patterns.filter(({ ignore, standalone, startsRun, header }) => !(ignore || standalone || startsRun || header));
  const isEnded = (without: string): boolean => {
    const reached = inside.filter(({ id, opens }) => opens && id !== without);
    const known = new Set(reached.map(({ id }) => id));
    for (let next = reached.pop(); next !== undefined; next = reached.pop()) {
      if (next.closes) return true;
      for (const pattern of inside) {
        const mayFollow = pattern.after.length === 0 || pattern.after.includes(next.id);
        if (!mayFollow || pattern.id === without || known.has(pattern.id)) continue;
        known.add(pattern.id);
        reached.push(pattern);
      }
    }
    return false;
  };
  if (!patterns.some(({ closes }) => closes)) return new Set();
  return new Set(inside.filter(({ id }) => !isEnded(id)).map(({ id }) => id));
}
