/**
 * What tools put around Kubernetes objects: watch rows (also nested, and with the time of arrival, as `postrun collect` writes them), Lists
 * inside a document, and the rows of eventrouter (`{"verb","event","old_event"}`).
 */
import type { Observation } from "../model/event.js";
import { isCaptureRow, isContainerLogRow } from "./capture-rows.js";
import { asObject, asStamp, asText, isObject, type JsonObject, present } from "./json-fields.js";
import { isPodMetrics } from "./kubernetes-metrics.js";
import type { Stamp } from "./stamps.js";

/** What stands in an envelope. `notice`: a row that tells of no object (a bookmark). */
export type Enclosed =
  | {
      readonly type: "object";
      readonly object: JsonObject;
      /** Kind of the List that it is an item of; "" where there is none. */
      readonly listKind: string;
      readonly change: Observation["change"];
      readonly received?: Stamp;
      /** The row came late, and tells of some moment since then. */
      readonly since?: Stamp;
      /** It came in answer to a list: it was there before, and nothing happened to it when it arrived. */
      readonly listed?: true;
    }
  /** A row of a capture about itself. */
  | { readonly type: "capture"; readonly row: JsonObject; readonly received?: Stamp }
  | { readonly type: "error"; readonly status: JsonObject; readonly received?: Stamp }
  | { readonly type: "notice"; readonly received?: Stamp };

type Context = Pick<Extract<Enclosed, { type: "object" }>, "listKind" | "change" | "received" | "since" | "listed">;

const CHANGES: ReadonlySet<string> = new Set(["ADDED", "MODIFIED", "DELETED"]);
/** What eventrouter calls a change. */
const ROUTER_CHANGES: ReadonlyMap<string, Observation["change"]> = new Map([
  ["ADDED", "ADDED"],
  ["UPDATED", "MODIFIED"],
]);
/** Envelopes in envelopes; more is no capture. */
const DEPTH = 8;

/** Takes a document out of its envelopes. `listKind` is set for an item of a List that was split before: its kind, or "". */
export function openEnvelope(document: JsonObject, listKind: string | undefined): Enclosed[] {
  return open(document, { listKind: listKind ?? "", change: listKind === undefined ? "unknown" : "listed" }, DEPTH);
}

function open(value: JsonObject, context: Context, depth: number): Enclosed[] {
  if (depth === 0) return [];
  const received = asStamp(value.received);
  if (isCaptureRow(value)) return [{ type: "capture", row: value, ...(received === undefined ? {} : { received }) }];
  if (isContainerLogRow(value)) return [{ type: "notice" }];
  const since = asStamp(value.since);
  const within = {
    ...context,
    ...(received === undefined ? {} : { received }),
    ...(received === undefined || since === undefined ? {} : { since }),
    ...(value.listed === true ? { listed: true as const } : {}),
  };
  if (isObject(value.object)) return openRow(asText(value.type), value.object, within, depth);
  if (isObject(value.event) && isObject(value.event.object)) return open(value.event, within, depth - 1);
  if (isObject(value.event) && typeof value.verb === "string") {
    const change = ROUTER_CHANGES.get(value.verb) ?? "unknown";
    return open(value.event, { ...within, listKind: "EventList", change }, depth - 1);
  }
  const items = value.items ?? value.Items;
  if (!Array.isArray(items)) return [{ type: "object", object: value, ...within }];
  const listKind = asText(value.kind);
  const change = within.change === "unknown" ? "listed" : within.change;
  return items.filter(isObject).flatMap((item) => open(item, { ...within, listKind, change }, depth - 1));
}

function openRow(type: string, object: JsonObject, context: Context, depth: number): Enclosed[] {
  const { received, since, listed } = context;
  const arrival = present<Pick<Context, "received" | "since" | "listed">>({ received, since, listed });
  if (type === "ERROR") return [{ type: "error", status: asObject(object), ...arrival }];
  if (isPodMetrics(object)) return [{ type: "object", object, listKind: "", change: "unknown", ...arrival }];
  if (!CHANGES.has(type)) return [{ type: "notice", ...arrival }];
  return open(object, { ...arrival, listKind: "", change: type as Observation["change"] }, depth - 1);
}
