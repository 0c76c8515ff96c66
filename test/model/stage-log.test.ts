import { expect, it } from "vitest";
import { adaptToStageLog } from "../../src/model/stage-log.js";
import { focusServer, focusServerClaims, mark } from "../timeline/builders.js";

it("takes the end of the stage that asks for the Job for the answer, not what is logged inside it", () => {
  const events = ["stage-log/configure/start", "stage-log/upload/start", "stage-log/upload/end", "stage-log/configure/end"].map((id, at) =>
    mark(id, at),
  );
  const { profile } = adaptToStageLog(focusServer, focusServerClaims, events);
  const ofLog = profile.patterns.filter(({ id }) => id.startsWith("stage-log/"));
  expect(ofLog.filter(({ opens }) => opens).map(({ id }) => id)).toEqual(["stage-log/configure/start"]);
  expect(ofLog.filter(({ answers }) => answers).map(({ id }) => id)).toEqual(["stage-log/configure/end"]);
});
