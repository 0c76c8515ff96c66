import { describe, expect, it } from "vitest";
import type { Profile } from "../../../src/model/profile.js";
import { profileSchema } from "../../../src/model/profile.js";
import { answerFinder } from "../../../src/timeline/investigations/answers.js";
import { MarkPoint } from "../../../src/timeline/investigations/mark-point.js";
import { focusServer, investigationMarks, mark } from "../builders.js";

const profileOf = (more: object = {}): Profile =>
  profileSchema.parse({
    schemaVersion: 1,
    id: "queue",
    title: { en: "queue", he: "תור" },
    jobId: "p\\d+",
    jobs: [{ role: "serving", name: "order-{jobId}" }],
    patterns: [
      { id: "ask", message: "ask", opens: true },
      { id: "queued", message: "queued", after: ["ask"] },
      { id: "got", message: "got", after: ["ask", "queued"] },
      { id: "refused", message: "refused", fails: true, after: ["ask"] },
      { id: "end", message: "end", closes: true, after: ["got"] },
    ],
    stages: [],
    ...more,
  });

/** The first line that answers the request, which is the first of all. */
function answer(profile: Profile, marks: readonly ReturnType<typeof mark>[]): string | undefined {
  const points = marks.map((one) => new MarkPoint(one));
  const isAnswer = answerFinder(profile)(points, 0);
  return points.slice(1).find(isAnswer)?.mark;
}

describe("the answer to a request", () => {
  const id = { jobId: "p7" };

  it("is the line that brings the job id, not one that is logged while the request waits", () => {
    expect(answer(profileOf(), [mark("ask", 0), mark("queued", 30), mark("got", 20_000, id), mark("end", 27_000, id)])).toBe("got");
  });

  it("is the line that brings a port, where a port stands for a job id", () => {
    const aliases = [{ key: "port", slotGroup: "slot", base: 9000 }];
    const marks = [mark("ask", 0), mark("queued", 30, { port: "9007" }), mark("got", 20_000, id)];
    expect(answer(profileOf({ aliases }), marks)).toBe("queued");
    expect(answer(profileOf(), marks)).toBe("got");
  });

  it("is the line that the profile names, though it brings nothing", () => {
    expect(answer(focusServer, investigationMarks(0, "1-1", "12301"))).toBe("configured");
  });

  it("without any of these is that the client has connected, or that the investigation has ended well", () => {
    const marks = [mark("ask", 0), mark("queued", 30), mark("got", 20_000), mark("end", 27_000)];
    expect(answer(profileOf(), marks)).toBe("end");
    expect(answer(profileOf(), marks.slice(0, 3))).toBeUndefined();
    const stages = [{ id: "connect", title: { en: "connect", he: "חיבור" }, from: "ask", to: "got" }];
    expect(answer(profileOf({ stages }), marks)).toBe("got");
  });

  it("is never a failure, whatever id it tells", () => {
    expect(answer(profileOf(), [mark("ask", 0), mark("refused", 30, id)])).toBeUndefined();
  });

  describe("to a request that names the Job itself", () => {
    const marks = [mark("ask", 0, id), mark("queued", 30, id), mark("got", 20_000, id), mark("end", 27_000, id)];

    it("is the line with the id that no good end comes without", () => {
      expect(answer(profileOf(), marks)).toBe("got");
    });

    it("is the end where any line with the id may be left out", () => {
      const patterns = profileOf().patterns.map((pattern) => ({ ...pattern, after: [] }));
      expect(answer(profileOf({ patterns }), marks)).toBe("end");
    });

    it("is the line that the profile names, and no other with the id", () => {
      const patterns = profileOf().patterns.map((pattern) => ({ ...pattern, answers: pattern.id === "end" }));
      expect(answer(profileOf({ patterns }), marks)).toBe("end");
    });
  });
});
