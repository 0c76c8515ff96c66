import { rotation } from "../../model/text/rotated-path.js";

/** By UTF-16 code units: the same on every machine, whatever its locale. */
export function compareText(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}

/** By path, but the parts of a rotated log in the order of time: the highest number first, dates upwards, the file without either last. */
export function inRotationOrder(left: string, right: string): number {
  const [a, b] = [rotation(left), rotation(right)];
  return compareText(a.log, b.log) || b.age - a.age || compareText(a.date, b.date) || compareText(left, right);
}
