import { expect, test } from "vitest";
import { alarmLine } from "../../src/live/live-text.js";

const at = Date.UTC(2025, 11, 7, 8, 51);

test.each([
  [12_590, "12.5 s"],
  [70_290, "1 min 10.2 s"],
  [3_725_999, "1 h 2 min"],
])("an alarm never says that a Job has been open for longer than it certainly has: %i ms", (ageMs, shown) => {
  const job = { uid: "u", name: "job", namespace: "", createdAt: at, ageMs };
  expect(alarmLine({ kind: "max-age", at, open: 1, limit: 10_000, job })).toBe(
    `2025-12-07T08:51:00Z ALARM: job has been open for ${shown}, longer than 10 s`,
  );
});
