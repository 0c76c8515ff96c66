const MONTHS = ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"];
/** As much of a name as %b prints. */
const SHORT = 3;

/** The number of a month by its English name, whole or short; null for any other, since one language's short name may be another's for another month. */
export function monthNumber(name: string): number | null {
  const bare = name.toLowerCase().replace(/\.$/, "");
  const index = MONTHS.findIndex((month) => bare === month || bare === month.slice(0, SHORT) || (bare === "sept" && month === "september"));
  return index === -1 ? null : index + 1;
}
