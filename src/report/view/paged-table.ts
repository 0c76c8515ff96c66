import type { Html } from "../templates/markup.js";
import { type Context, sayHtml, sayText } from "./context.js";

/** Rows that stand in the page itself; the script makes the others from the embedded report. */
export const MOST_ROWS = 400;

const OUTCOMES = ["ok", "failed", "timeout", "unopened", "running"] as const;
const ROLES = ["serving", "cleanup", "other"] as const;
const MECHANISMS = ["idle-cleanup", "ttl", "stream-timeout", "other", "unknown", "open"] as const;

/** How much of a table is shown, and the words with which the script makes more rows of it. */
export function pagedTable(context: Context, count: number, extra: object): { count: number; part?: Html; rowWords?: string } {
  if (count <= MOST_ROWS) return { count };
  const { locale, times } = context;
  const words = {
    ...extra,
    locale: locale.intl,
    offset: times.offsetMinutes,
    day: times.day,
    outcomes: Object.fromEntries(OUTCOMES.map((outcome) => [outcome, sayText(context, `outcome.${outcome}`)])),
    roles: Object.fromEntries(ROLES.map((role) => [role, sayText(context, `role.${role}`)])),
    mechanisms: Object.fromEntries(MECHANISMS.map((mechanism) => [mechanism, sayText(context, `mechanism.${mechanism}`)])),
    attempts: sayText(context, "investigations.attempts"),
    stillOpen: sayText(context, "jobs.still-open"),
    unknown: sayText(context, "clocks.unknown"),
    notOfThisRun: sayText(context, "jobs.other"),
    seconds: sayText(context, "unit.s"),
  };
  return { count, part: sayHtml(context, "ui.part", { k: MOST_ROWS, n: count }), rowWords: JSON.stringify(words) };
}
