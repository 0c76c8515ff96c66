/**
 * Kubernetes objects as JSON, as kubectl, the API and exporters of Events write them (1.8 to 1.32): Lists, typed lists, bare arrays, single
 * objects, documents one after the other, watch rows `{type, object}`, also with the time of arrival (`{received, type, object}`).
 * Used: Jobs (batch), Pods, Events (core and events.k8s.io). Other kinds, `managedFields` and bookmarks are ignored on purpose.
 */

import type { TextSource } from "../bytes/text-source.js";
import type { Ingester } from "../ingester.js";
import { JsonDocumentSplitter } from "../json/json-documents.js";
import { parseObject } from "../json/json-fields.js";
import { KUBERNETES_LISTS } from "../json/list-shape.js";
import { KubernetesStream } from "../kubernetes/kubernetes-stream.js";
import { UNREAD } from "../kubernetes/kubernetes-unread.js";
import { startsWithStamp } from "../log/log-record.js";
import type { Recorder } from "../recorder.js";

/** Valid answers that hold nothing. */
const EMPTY = /^\s*(?:null|\[\s*\])\s*$/;
/** What only Kubernetes writes. An exporter's file may begin with nothing but what it discarded. */
const SIGNS = [
  /"apiVersion"\s{0,9}:\s{0,9}"/,
  /"[iI]tems"\s{0,9}:\s{0,9}\[/,
  /"(?:involvedObject|regarding|InvolvedObject)"\s{0,9}:\s{0,9}\{/,
  /"message":"Event discarded as being older/,
];

/** What `postrun collect` writes; its rows about itself say how far it can be trusted (capture-rows.ts). */
export const postrunCapture: Ingester = {
  id: "postrun-capture",
  matches: (head) => /^\s{0,9}\{[^\n]{0,200}"postrun":"capture"/.test(head),
  read(source, recorder) {
    recorder.selfDescribing = true;
    return readStream(source, recorder);
  },
};

export const kubernetesJson: Ingester = {
  id: "kubernetes-json",
  documentsStandAlone: true,
  matches: (head) => EMPTY.test(head) || (SIGNS.some((sign) => sign.test(head)) && isMostlyJson(head)),
  read: readStream,
};

async function readStream(source: TextSource, recorder: Recorder): Promise<void> {
  const stream = new KubernetesStream(recorder, parseObject);
  const splitter = new JsonDocumentSplitter(stream, KUBERNETES_LISTS, UNREAD);
  for await (const chunk of source.chunks) splitter.push(chunk);
  stream.end(splitter.end());
}

/** Documents begin lines more often than stamps do: a log may hold JSON bodies, and a capture a line of noise. */
function isMostlyJson(head: string): boolean {
  let documents = 0;
  let stamped = 0;
  for (const line of head.split("\n")) {
    if (/^\s{0,9}[[{]/.test(line)) documents += 1;
    else if (startsWithStamp(line)) stamped += 1;
  }
  return documents > 0 && documents >= stamped;
}
