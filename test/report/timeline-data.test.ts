import { expect, it } from "vitest";
import { loadDrawing } from "../../src/report/page-script.js";
import { fixtureReport } from "./fixture.js";

it("draws of an investigation that has no place on the cluster's time its Job alone", async () => {
  const drawing = await loadDrawing();
  const report = fixtureReport();
  const [one] = report.investigations.filter(({ jobUid }) => jobUid !== undefined);
  const job = report.jobs.find(({ uid }) => uid === one?.jobUid);
  const local = { startedAt: null, endedAt: null, startedAtLocal: "2030-01-01T00:00:00", endedAtLocal: "2030-01-01T00:00:09" };
  const stages = (one?.stages ?? []).map((stage) => ({ ...stage, from: null, to: null, fromLocal: "2030-01-01T00:00:00" }));
  const investigations = report.investigations.map((entry) => (entry === one ? { ...entry, ...local, stages } : entry));
  const drawn = drawing.timelineOf({ ...report, investigations });
  const createdAt = Date.parse(job?.createdAt ?? "");
  expect(drawn.rows.find((row) => "id" in row && row.id === one?.id)).toMatchObject({
    from: createdAt,
    stages: [],
    job: { from: createdAt },
  });
  expect(drawn.rows).toHaveLength(drawing.timelineOf(report).rows.length);
});
