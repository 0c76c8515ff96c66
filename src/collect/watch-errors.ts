/** What an error of a watch means: whether to list anew, to read the token again, and what to tell of it. */

import { errorMessage } from "../model/errors.js";
import { isObject } from "../model/text/json-object.js";
import { ApiError } from "./api-get.js";
import type { KubeObject } from "./collect-types.js";

/** The server has not come so far, or was set back (its store restored from a copy), and then never will: as client-go does, list anew. */
export function isTooLarge(status: number, message: string): boolean {
  return status === 504 && message.includes("Too large resource version");
}

/** An ERROR row carries a Status (meta/v1). */
export function watchError(status: KubeObject): ApiError {
  const details = isObject(status.details) ? status.details : {};
  const seconds = Number(details.retryAfterSeconds);
  const wait = seconds > 0 ? seconds * 1000 : undefined;
  return new ApiError(Number(status.code ?? 0), `${String(status.code)} ${String(status.message)}`, wait);
}

export function isUnknownToken(error: unknown): boolean {
  return error instanceof ApiError && error.status === 401;
}

/** Why a watch ended, for people. */
export function reasonOf(error: unknown): string {
  const message = errorMessage(error);
  // What Node says of an answer that ends before its end.
  return message === "aborted" ? "the connection broke" : message;
}
