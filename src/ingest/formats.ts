import type { Ingester } from "./ingester.js";
import { auditLog } from "./readers/audit-log.js";
import { junitXml } from "./readers/junit-xml.js";
import { kubernetesJson, postrunCapture } from "./readers/kubernetes-json.js";
import { kubernetesYaml } from "./readers/kubernetes-yaml.js";
import { prometheusJson } from "./readers/prometheus-json.js";
import { pytestJsonReport } from "./readers/pytest-json-report.js";
import { pytestReportlog } from "./readers/pytest-reportlog.js";
import { jsonLog, pythonLog } from "./readers/python-log.js";
import { robotXml } from "./readers/robot-xml.js";
import { runOutput } from "./readers/run-output.js";
import { stageLog } from "./readers/stage-log.js";
import { timelineNdjson } from "./readers/timeline-ndjson.js";

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
