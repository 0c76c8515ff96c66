import type { ReportFrame } from "../../src/analyze/build-report.js";

/** A frame that is the same every time, so that reports can be compared. */
export const fixedFrame: ReportFrame = {
  tool: { name: "postrun", version: "0.0.0-test" },
  generatedAt: "2026-01-01T00:00:00.000Z",
  title: null,
  labels: {},
  command: "postrun analyze",
};
