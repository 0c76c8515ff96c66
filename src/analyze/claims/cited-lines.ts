import type { ReportClaim } from "../../model/report.js";
import { type Evidence, placeOf } from "../../model/source.js";
import { shownText } from "../../model/text/shown-text.js";
import type { Timeline } from "../../model/timeline.js";

/**
 * The claims with what the lines of a runner's log say on which they rest: who reads a report months later has no log beside it. Rows of a cluster have their place alone,
 * for they are whole objects.
 */
export function withCitedLines(claims: readonly ReportClaim[], { investigations, runLines }: Timeline): ReportClaim[] {
  const wanted = new Map<number, string | undefined>();
  for (const { evidence } of claims)
    for (const line of evidence) if (line.text === undefined && runLines.has(line.source)) wanted.set(placeOf(line), undefined);
  let missing = wanted.size;
  for (const { points } of investigations) {
    if (missing === 0) break;
    for (const { evidence, message } of points) {
      const place = placeOf(evidence);
      if (!wanted.has(place) || wanted.get(place) !== undefined) continue;
      wanted.set(place, message);
      missing -= 1;
    }
  }
  const cited = (line: Evidence): Evidence => {
    const said = wanted.get(placeOf(line))?.split("\n", 1)[0];
    return said === undefined || said === "" || line.text !== undefined ? line : { ...line, text: shownText(said) };
  };
  return claims.map((claim) => ({ ...claim, evidence: claim.evidence.map(cited) }));
}
