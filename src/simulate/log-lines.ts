/**
 * The messages of a Focus Server run, as Python's logging writes them: `TIME - LOGGER - LEVEL - MESSAGE`.
 * Wording as in the captured run of samples/kubernetes-run; decoration such as the tick belongs to it.
 */

import type { Random } from "../model/statistics/random.js";
import type { EpochMs } from "../model/time.js";
import type { InvestigationPlan } from "./investigation-plan.js";
import type { SimulationSettings } from "./options.js";
import { runnerStamp } from "./runner-clock.js";

/** A record at its true moment. */
export interface LogRecord {
  readonly at: EpochMs;
  readonly logger: string;
  readonly level: "DEBUG" | "INFO" | "WARNING" | "ERROR";
  readonly message: string;
  /** Which of several runners wrote it; the first where it is missing. */
  readonly runner?: number;
}

const API = "src.apis.focus_server_api";
const CLIENT = "src.apis.grpc_client";

/** Only the first failure of a kind carries its traceback in real logs; every one here whose index is even. */
const TIMEOUT_TRACEBACK = [
  "Traceback (most recent call last):",
  '  File "/app/src/apis/grpc_client.py", line 118, in connect',
  "    grpc.channel_ready_future(self._channel).result(timeout=self._timeout)",
  '  File "/usr/lib/python3.11/site-packages/grpc/_utilities.py", line 162, in result',
  "    self._block(timeout)",
  "grpc.FutureTimeoutError",
].join("\n");

/** All records of one investigation, in their order. */
export function investigationRecords(settings: SimulationSettings, plan: InvestigationPlan, endAt: EpochMs, random: Random): LogRecord[] {
  const { edges, port } = plan;
  const server = `${settings.host}:${port}`;
  const records: LogRecord[] = [];
  const runner = plan.index % (settings.otherRunners.length + 1);
  const ofRunner = (record: LogRecord): LogRecord => (runner === 0 ? record : { ...record, runner });
  const log = (at: EpochMs, logger: string, level: LogRecord["level"], message: string): void => {
    records.push(ofRunner({ at, logger, level, message }));
  };
  if (settings.style === "load") {
    log(
      edges.configureStart,
      "tests.load.test_investigations",
      "INFO",
      `=== Investigation ${plan.index + 1}/${settings.investigations} ===`,
    );
  }
  log(edges.configureStart, API, "INFO", "Configuring streaming job");
  if (settings.logAnswers) {
    log(edges.configured, API, "DEBUG", `Response headers: date: ${httpDate(edges.configured - 2)}, content-type: application/json`);
    log(edges.configured, API, "DEBUG", `Response body: ${answerBody(settings, plan)}`);
  }
  log(edges.configured, API, "INFO", "Streaming job configured successfully");
  if (settings.style === "stress") {
    log(edges.configured, "tests.stress.test_investigation_stress_loop", "INFO", `Investigation created: ${plan.jobId}`);
  } else {
    log(edges.configured, "load.conftest", "DEBUG", `Auto-tracked job: ${plan.jobId}`);
  }
  if (edges.connectStart === null || edges.lastConnectStart === null) {
    return records;
  }
  const refusal = `failed to connect to all addresses; last error: UNKNOWN: ipv4:${server}: Connection refused {grpc_status:14}`;
  for (const at of new Set([edges.connectStart, edges.lastConnectStart])) {
    log(at, CLIENT, "INFO", `Connecting to gRPC server at ${server}...`);
    log(at, CLIENT, "DEBUG", `Waiting for channel ready (timeout: ${settings.connectTimeoutMs / 1000}s)...`);
    if (at !== edges.lastConnectStart) {
      log(at + random.integer(20, 400), CLIENT, "ERROR", `❌ Failed to connect to gRPC server at ${server}: ${refusal}`);
    }
  }
  if (edges.connected === null) {
    const timeout = `channel not ready after ${(settings.connectTimeoutMs / 1000).toFixed(1)}s`;
    const traceback = plan.fate !== "refused" && plan.index % 2 === 0 ? `\n${TIMEOUT_TRACEBACK}` : "";
    const cause = plan.fate === "refused" ? refusal : timeout;
    log(edges.failed ?? endAt, CLIENT, "ERROR", `❌ Failed to connect to gRPC server at ${server}: ${cause}${traceback}`);
    return records;
  }
  log(edges.connected, CLIENT, "INFO", `✅ Connected to gRPC server at ${server}`);
  log(edges.connected, CLIENT, "INFO", `Starting stream (stream_id=0, max_frames=${settings.frames}, timeout=120s)`);
  records.push(...frameRecords(settings, plan, edges.streamEnd ?? endAt, random).map(ofRunner));
  if (edges.streamEnd === null || edges.disconnectStart === null || edges.disconnected === null) {
    return records;
  }
  const seconds = (edges.streamEnd - edges.connected) / 1000;
  if (edges.failed !== null) {
    log(edges.failed, CLIENT, "ERROR", `❌ Stream error after ${plan.frames} frames: Socket closed {grpc_status:14}`);
  } else {
    const rate = (plan.frames / seconds).toFixed(1);
    log(edges.streamEnd, CLIENT, "INFO", `Stream ended: ${plan.frames} frames in ${seconds.toFixed(2)}s (${rate} fps)`);
    if (settings.style === "stress") {
      const received = `Received ${plan.frames} frames in ${seconds.toFixed(2)}s`;
      log(edges.streamEnd, "tests.stress.test_investigation_stress_loop", "INFO", received);
    }
  }
  log(edges.disconnectStart, CLIENT, "INFO", "Disconnecting from gRPC server...");
  log(edges.disconnected, CLIENT, "INFO", "✅ Disconnected from gRPC server");
  return records;
}

/** The file's text. Records of threads interleave by time; `sort` is stable, so those of one moment keep their order. */
export function renderLog(settings: SimulationSettings, records: readonly LogRecord[]): string {
  return [...records]
    .sort((left, right) => left.at - right.at)
    .map((record) => `${runnerStamp(settings, record.at)} - ${record.logger} - ${record.level} - ${record.message}\n`)
    .join("");
}

function frameRecords(settings: SimulationSettings, plan: InvestigationPlan, until: EpochMs, random: Random): LogRecord[] {
  const from = plan.edges.connected ?? until;
  return Array.from({ length: plan.frames }, (_, index) => index + 1)
    .filter((frame) => frame <= 3 || frame % settings.frameLogEvery === 0)
    .map((frame) => ({
      at: Math.round(from + ((until - from) * frame) / plan.frames),
      logger: CLIENT,
      level: "DEBUG",
      message: `Frame ${frame}: shape=4352x1, amp: [0.00, ${random.between(700, 1500).toFixed(2)}], channels: 1-17`,
    }));
}

/** As Python prints a dict. */
function answerBody(settings: SimulationSettings, plan: InvestigationPlan): string {
  return `{'status': '200 OK', 'job_id': '${plan.jobId}', 'stream_url': 'http://${settings.host}', 'stream_port': ${plan.port}}`;
}

/** IMF-fixdate, the server's own clock (here the cluster's). */
function httpDate(at: EpochMs): string {
  return new Date(at).toUTCString();
}
