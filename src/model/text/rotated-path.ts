/** `test-run.log.2`, `test-run.log.2.gz` (Python's RotatingFileHandler, logrotate), `test-run.log.2025-12-07` (TimedRotatingFileHandler). */
const ROTATED = /^(?<log>.*\.[A-Za-z]{2,8})\.(?:(?<number>\d{1,4})|(?<date>\d{4}-\d\d-\d\d[\d_-]{0,9}))(?<packed>\.(?:gz|zst))?$/;

/** Which log a file is a part of, by its path, and where it stands in that: the higher its age the earlier, then by its date. */
export function rotation(path: string): { readonly log: string; readonly age: number; readonly date: string } {
  const { log, number, date } = ROTATED.exec(path)?.groups ?? {};
  // Behind every date stands the part that is still written to.
  if (log === undefined) return { log: path, age: -1, date: "~" };
  return number === undefined ? { log, age: -1, date: date ?? "" } : { log, age: Number(number), date: "" };
}
