/** GET requests to an API server: answers as they come, with what each says of the server's clock and of when to ask again. */

import { type IncomingMessage, request as requestHttp } from "node:http";
import { request as requestHttps } from "node:https";
import type { ClockSample } from "../model/clock.js";
import { isObject, parseJson } from "../model/text/json-object.js";
import type { DurationMs, EpochMs } from "../model/time.js";
import type { ClusterAccess } from "./kube-config.js";

/**
 * An answer must begin within this time, and what is no watch must not pause for longer; a watch is answered at once, its rows come later.
 */
const ANSWER_MS: DurationMs = 30_000;
/** A dead connection is found by TCP itself in about half this time more (Node probes every second, ten times). */
const KEEP_ALIVE_MS: DurationMs = 15_000;
/** Longest body of an error that is read [bytes]. */
const ERROR_BYTES = 64 * 1024;

export interface ApiAnswer {
  readonly body: IncomingMessage;
  readonly sample?: ClockSample;
}

/** Anything but 200. */
export class ApiError extends Error {
  override readonly name = "ApiError";

  constructor(
    readonly status: number,
    message: string,
    readonly retryAfterMs?: DurationMs,
  ) {
    super(message);
  }
}

export interface ApiClient {
  readonly access: ClusterAccess;
  readonly clock: () => EpochMs;
  /** Ends every request. */
  readonly signal: AbortSignal;
}

/**
 * Asks, and answers when the headers are there. Rejects with an ApiError for any status but 200, else with what the connection says.
 * @param answerMs within which the answer must begin; Infinity for what may be silent for as long as it likes
 */
export async function apiGet(
  client: ApiClient,
  path: string,
  query: Readonly<Record<string, string>> = {},
  answerMs: DurationMs = ANSWER_MS,
): Promise<ApiAnswer> {
  const { access, clock, signal } = client;
  const url = new URL(access.server + path);
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
  const options = await unlessAborted(access.requestOptions(), signal);
  const sent = clock();
  const body = await new Promise<IncomingMessage>((resolve, reject) => {
    const send = url.protocol === "http:" ? requestHttp : requestHttps;
    const request = send(url, { ...options, signal, headers: { ...options.headers, accept: "application/json", "user-agent": "postrun" } });
    const late = Number.isFinite(answerMs)
      ? setTimeout(() => request.destroy(tooLate(`no answer within ${answerMs / 1000} s`)), answerMs)
      : undefined;
    request.on("socket", (socket) => socket.setKeepAlive(true, KEEP_ALIVE_MS));
    request.on("close", () => clearTimeout(late));
    request.on("error", reject);
    request.on("response", (response) => {
      clearTimeout(late);
      resolve(response);
    });
    request.end();
  });
  const received = clock();
  if (body.statusCode !== 200) throw await apiError(body, Math.min(answerMs, ANSWER_MS));
  const date = Date.parse(body.headers.date ?? "");
  return Number.isNaN(date) ? { body } : { body, sample: { sent, received, date } };
}

/** The whole answer, parsed. Rejects where it is no JSON object, breaks off, or pauses for longer than `answerMs`. */
export async function apiGetJson(
  client: ApiClient,
  path: string,
  query: Readonly<Record<string, string>> = {},
  /** Finite. */
  answerMs: DurationMs = ANSWER_MS,
): Promise<{ readonly value: Readonly<Record<string, unknown>>; readonly sample?: ClockSample }> {
  const { body, sample } = await apiGet(client, path, query, answerMs);
  const chunks: Buffer[] = [];
  for await (const chunk of withoutPauses(body, answerMs)) chunks.push(chunk);
  const value: unknown = JSON.parse(Buffer.concat(chunks).toString("utf8"));
  if (!isObject(value)) throw new Error(`${path}: the answer is no JSON object`);
  return sample === undefined ? { value } : { value, sample };
}

/** The pieces of a body. Rejects where none comes for this long: a connection may be up, and its other end have forgotten the answer. */
async function* withoutPauses(body: IncomingMessage, longestMs: DurationMs): AsyncGenerator<Buffer> {
  const paused = setTimeout(() => body.destroy(tooLate(`the answer did not go on within ${longestMs / 1000} s`)), longestMs);
  try {
    for await (const chunk of body as AsyncIterable<Buffer>) {
      paused.refresh();
      yield chunk;
    }
  } finally {
    clearTimeout(paused);
  }
}

/** What a credential plugin does takes as long as it takes, but not longer than the signal. */
async function unlessAborted<T>(working: Promise<T>, signal: AbortSignal): Promise<T> {
  let stop = (): void => undefined;
  const aborted = new Promise<never>((_, reject) => {
    stop = () => reject(signal.reason);
    if (signal.aborted) stop();
    else signal.addEventListener("abort", stop);
  });
  try {
    return await Promise.race([working, aborted]);
  } finally {
    signal.removeEventListener("abort", stop);
  }
}

/** With the code that systems give it: it is the network's fault, not the kubeconfig's. */
function tooLate(message: string): Error {
  return Object.assign(new Error(message), { code: "ETIMEDOUT" });
}

/** What the server says of an error: the message of a Status (meta/v1), else the beginning of the body. */
async function apiError(body: IncomingMessage, answerMs: DurationMs): Promise<ApiError> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of withoutPauses(body, answerMs)) {
    size += chunk.length;
    if (size > ERROR_BYTES) break;
    chunks.push(chunk);
  }
  const text = Buffer.concat(chunks).toString("utf8");
  const status = body.statusCode ?? 0;
  const seconds = Number(body.headers["retry-after"]);
  const wait = Number.isFinite(seconds) && seconds >= 0 ? seconds * 1000 : undefined;
  return new ApiError(status, `${status} ${messageOf(text)}`.trim(), wait);
}

function messageOf(text: string): string {
  const status = parseJson(text);
  return isObject(status) && typeof status.message === "string" ? status.message : text.slice(0, 200).trim();
}
