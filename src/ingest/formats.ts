import { auditLog } from "./audit-log.js";
import type { Ingester } from "./ingester.js";
import { junitXml } from "./junit-xml.js";
import { kubernetesJson, postrunCapture } from "./kubernetes-json.js";
import { kubernetesYaml } from "./kubernetes-yaml.js";
import { prometheusJson } from "./prometheus-json.js";
import { pytestJsonReport } from "./pytest-json-report.js";
import { pytestReportlog } from "./pytest-reportlog.js";
import { jsonLog, pythonLog } from "./python-log.js";
import { robotXml } from "./robot-xml.js";
import { runOutput } from "./run-output.js";
import { stageLog } from "./stage-log.js";
import { timelineNdjson } from "./timeline-ndjson.js";

/** Every format, the more particular before the more general: the first that matches reads the source. */
export const FORMATS: readonly Ingester[] = [
  timelineNdjson,
  postrunCapture,
  runOutput,
  pytestReportlog,
  pytestJsonReport,
  junitXml,
  robotXml,
  stageLog,
  auditLog,
  prometheusJson,
  kubernetesJson,
  kubernetesYaml,
  jsonLog,
  pythonLog,
];
