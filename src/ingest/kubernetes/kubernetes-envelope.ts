/**
 * What tools put around Kubernetes objects: watch rows (also nested, and with the time of arrival, as `postrun collect` writes them), Lists
 * inside a document, and the rows of eventrouter (`{"verb","event","old_event"}`).
 */
import type { Observation } from "../../model/event.js";
import { isObject, type JsonObject } from "../../model/text/json-object.js";
import { asText } from "../json/json-fields.js";
import { stampOf } from "../stamps/quick-stamps.js";
import type { Stamp } from "../stamps/stamps.js";
import { arrivalStamp } from "./arrival-stamps.js";
import { isCaptureRow, isContainerLogRow } from "./capture-rows.js";
import { isPodMetrics } from "./kubernetes-metrics.js";

interface Arrival {
  readonly received: Stamp | undefined;
  /** The row came late, and tells of some moment since then. */
  readonly since: Stamp | undefined;
  /** It came in answer to a list: it was there before, and nothing happened to it when it arrived. */
  readonly listed: boolean;
}

interface Context extends Arrival {
  /** Kind of the List that it is an item of; "" where there is none. */
  readonly listKind: string;
  readonly change: Observation["change"];
}

/** An object that stood in an envelope. */
export interface EnclosedObject extends Context {
  readonly type: "object";
  readonly object: JsonObject;
}

/** What stands in an envelope. `notice`: a row that tells of no object (a bookmark). */
export type Enclosed =
  | EnclosedObject
  /** A row of a capture about itself. */
  | { readonly type: "capture"; readonly row: JsonObject; readonly received: Stamp | undefined }
  | { readonly type: "error"; readonly status: JsonObject; readonly received: Stamp | undefined }
  | { readonly type: "notice"; readonly received: Stamp | undefined };

const CHANGES: ReadonlyMap<string, Observation["change"]> = new Map([
  ["ADDED", "ADDED"],
  ["MODIFIED", "MODIFIED"],
  ["DELETED", "DELETED"],
]);
/** What eventrouter calls a change. */
const ROUTER_CHANGES: ReadonlyMap<string, Observation["change"]> = new Map([
  ["ADDED", "ADDED"],
  ["UPDATED", "MODIFIED"],
]);
/** Envelopes in envelopes; more is no capture. */
const DEPTH = 8;
const AS_IT_IS: Context = { listKind: "", change: "unknown", received: undefined, since: undefined, listed: false };

/** Takes a document out of its envelopes. `listKind` is set for an item of a List that was split before: its kind, or "". */
export function openEnvelope(document: JsonObject, listKind: string | undefined): Enclosed[] {
  return open(document, listKind === undefined ? AS_IT_IS : { ...AS_IT_IS, listKind, change: "listed" }, DEPTH);
}

function open(value: JsonObject, context: Context, depth: number): Enclosed[] {
  if (depth === 0) return [];
  const received = arrivalStamp(value.received);
  if (isCaptureRow(value)) return [{ type: "capture", row: value, received }];
  if (isContainerLogRow(value)) return [{ type: "notice", received: undefined }];
  const within = arrived(value, received, context);
  if (isObject(value.object)) return openRow(asText(value.type), value.object, within, depth);
  if (isObject(value.event) && isObject(value.event.object)) return open(value.event, within, depth - 1);
  if (isObject(value.event) && typeof value.verb === "string") {
    const change = ROUTER_CHANGES.get(value.verb) ?? "unknown";
    return open(value.event, { ...within, listKind: "EventList", change }, depth - 1);
  }
  const items = value.items ?? value.Items;
  if (!Array.isArray(items)) {
    const { listKind, change, since, listed } = within;
    return [{ type: "object", object: value, listKind, change, received: within.received, since, listed }];
  }
  const listKind = asText(value.kind);
  const change = within.change === "unknown" ? "listed" : within.change;
  return items.filter(isObject).flatMap((item) => open(item, { ...within, listKind, change }, depth - 1));
}

/** The context with what this envelope says of its arrival; what it does not say, one around it may have. */
function arrived(value: JsonObject, received: Stamp | undefined, context: Context): Context {
  if (received === undefined && value.listed !== true) return context;
  return {
    listKind: context.listKind,
    change: context.change,
    received: received ?? context.received,
    since: (received === undefined ? undefined : stampOf(value.since)) ?? context.since,
    listed: value.listed === true || context.listed,
  };
}

function openRow(type: string, object: JsonObject, { received, since, listed }: Context, depth: number): Enclosed[] {
  if (type === "ERROR") return [{ type: "error", status: object, received }];
  if (isPodMetrics(object)) return [{ type: "object", object, listKind: "", change: "unknown", received, since, listed }];
  const change = CHANGES.get(type);
  if (change === undefined) return [{ type: "notice", received }];
  return open(object, { listKind: "", change, received, since, listed }, depth - 1);
}
