/** By UTF-16 code units: the same on every machine, whatever its locale. */
export function compareText(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}

/** `test-run.log.2`, `test-run.log.2.gz` (Python's RotatingFileHandler, logrotate), `test-run.log.2025-12-07` (TimedRotatingFileHandler). */
const ROTATED = /^(?<log>.*\.[A-Za-z]{2,8})\.(?:(?<number>\d{1,4})|(?<date>\d{4}-\d\d-\d\d[\d_-]{0,9}))(?<packed>\.(?:gz|zst))?$/;

/** By path, but the parts of a rotated log in the order of time: the highest number first, dates upwards, the file without either last. */
export function inRotationOrder(left: string, right: string): number {
  const [a, b] = [rotation(left), rotation(right)];
  return compareText(a.log, b.log) || b.age - a.age || compareText(a.date, b.date) || compareText(left, right);
}

function rotation(path: string): { log: string; age: number; date: string } {
  const { log, number, date } = ROTATED.exec(path)?.groups ?? {};
  // Behind every date stands the part that is still written to.
  if (log === undefined) return { log: path, age: -1, date: "~" };
  return number === undefined ? { log, age: -1, date: date ?? "" } : { log, age: Number(number), date: "" };
}
