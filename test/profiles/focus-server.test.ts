import { readFile } from "node:fs/promises";
import { gunzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { compilePattern } from "../../src/model/patterns/safe-pattern.js";
import { loadProfile } from "../../src/profiles/load-profile.js";

describe("the focus-server patterns", async () => {
  const { profile } = await loadProfile("focus-server");
  const patterns = profile.patterns.map(({ id, message }) => ({ id, pattern: compilePattern(message) }));
  const matches = (message: string) =>
    patterns.flatMap(({ id, pattern }) => {
      const groups = pattern.exec(message);
      return groups ? [[id, { ...groups }]] : [];
    });

  it.each([
    ["===================== test session starts ======================", "run-start", {}],
    ["=========== 1 failed, 3 passed in 5540.12s (1:32:20) ===========", "run-end", {}],
    ["=== Investigation 1/60 ===", "investigation-header", { index: "1", total: "60" }],
    ["Configuring streaming job", "configure-start", {}],
    ["Streaming job configured successfully", "configured", {}],
    ["{'status': 'ok', 'job_id': '7-1729', 'a': 1, 'stream_port': 12307, 'x': 2}", "job-body", { jobId: "7-1729", port: "12307" }],
    ["Auto-tracked job: 8-1730", "tracked", { jobId: "8-1730" }],
    ["Connecting to gRPC server at fs.example:12308...", "connecting", { host: "fs.example", port: "12308" }],
    ["Waiting for channel ready (timeout: 30s)...", "connect-waiting", {}],
    ["âœ… Connected to gRPC server at 10.0.0.5:12308", "connected", { host: "10.0.0.5", port: "12308" }],
    [
      "❌ Failed to connect to gRPC server at 10.0.0.5:12301: channel not ready after 6.0s",
      "connect-failed",
      { host: "10.0.0.5", port: "12301", error: "channel not ready after 6.0s" },
    ],
    ["Starting stream (stream_id=0, max_frames=500, timeout=120s)", "stream-start", { streamId: "0", maxFrames: "500" }],
    ["Frame 1: shape=4352x1, amp: [0.00, 1169.91], channels: 1-17", "frame", {}],
    ["Stream ended: 500 frames in 6.63s (75.4 fps)", "stream-ended", { frames: "500", seconds: "6.63", fps: "75.4" }],
    ["Disconnecting from gRPC server...", "disconnecting", {}],
    ["✅ Disconnected from gRPC server", "disconnected", {}],
    ["Waiting 5 seconds before next investigation...", "delay-wait", { seconds: "5" }],
    ["Wave 2, Job 5: 3-1734... connected", "wave-job", { wave: "2", number: "5", jobId: "3-1734" }],
    ["Wave 1 complete: 5 active connections", "wave-complete", { wave: "1", active: "5" }],
    ["Waiting 20s before next wave...", "wave-wait", { seconds: "20" }],
    ["ITERATION 4", "iteration", { iteration: "4" }],
    ["Investigation created: 8-1730", "investigation-created", { jobId: "8-1730" }],
    ["Received 5 frames in 6.71s", "frames-received", { frames: "5", seconds: "6.71" }],
    ["Active investigations count: 12", "active-count", { active: "12" }],
  ])("read %j as %s alone", (message, id, groups) => expect(matches(message)).toEqual([[id, groups]]));

  it("read a stream error with its status", () => {
    const message = 'UNAVAILABLE { grpc_message:"socket closed", grpc_status:14 }';
    expect(matches(message)).toEqual([["stream-failed", { error: message }]]);
  });

  it("recognise every record of the captured log, each once", async () => {
    const gzip = await readFile("samples/kubernetes-run/test-run.log.gz");
    const records = gunzipSync(gzip)
      .toString("utf8")
      .split("\n")
      .filter((line) => /^\d{4}-/.test(line));
    expect(records.length).toBeGreaterThan(1000);
    for (const record of records) expect([record, matches(record.split(" - ").slice(3).join(" - ")).length]).toEqual([record, 1]);
  });

  it("know a timeout, a job id and the cleanup's user", () => {
    const any = (list: readonly string[], text: string) => list.some((one) => compilePattern(one).exec(text) !== null);
    expect(any(profile.timeoutErrors, "channel not ready after 6.0s")).toBe(true);
    expect(any(profile.timeoutErrors, "Deadline Exceeded")).toBe(true);
    expect(any(profile.timeoutErrors, "connection refused")).toBe(false);
    expect({ ...compilePattern(profile.jobId).exec("12-70788") }).toEqual({ slot: "12" });
    expect(any(profile.cleanupUsers, "system:serviceaccount:default:job-cleanup")).toBe(true);
    expect(any(profile.cleanupUsers, "system:serviceaccount:kube-system:ttl-after-finished-controller")).toBe(false);
  });
});
