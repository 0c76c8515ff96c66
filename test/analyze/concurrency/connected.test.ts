import { expect, it } from "vitest";
import { connectedOverTime } from "../../../src/analyze/concurrency/connected.js";
import type { Point } from "../../../src/model/timeline.js";
import { focusServer } from "../../timeline/builders.js";
import { investigation, point, timeline } from "../builders.js";

/** A point that counts how often its mark is looked at. */
function watched(given: Point, look: () => void): Point {
  return {
    ...given,
    get mark() {
      look();
      return given.mark;
    },
  };
}

it("looks at each line of a client that connects again and again a few times, however many there are", () => {
  const connections = 5_000;
  let looks = 0;
  const look = () => {
    looks += 1;
  };
  const points = Array.from({ length: connections }, (_, index) => watched(point("connected", index * 10), look));
  const curve = connectedOverTime(timeline([investigation(1, 0, { points })], []), focusServer, null);
  expect(curve?.steps.peak).toBe(1);
  expect(looks).toBeGreaterThanOrEqual(connections);
  expect(looks).toBeLessThan(5 * connections);
});
