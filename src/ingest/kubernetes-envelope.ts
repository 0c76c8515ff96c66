/**
 * What tools put around Kubernetes objects: watch rows (also nested, and with the time of arrival), Lists inside a document, and the rows of
 * eventrouter (`{"verb","event","old_event"}`).
 */
import type { Observation } from "../model/event.js";
import { asObject, asStamp, asText, isObject, type JsonObject } from "./json-fields.js";
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
    }
  | { readonly type: "error"; readonly status: JsonObject; readonly received?: Stamp }
  | { readonly type: "notice"; readonly received?: Stamp };

type Context = Pick<Extract<Enclosed, { type: "object" }>, "listKind" | "change" | "received">;

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
  const within = received === undefined ? context : { ...context, received };
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
  const arrival = context.received === undefined ? {} : { received: context.received };
  if (type === "ERROR") return [{ type: "error", status: asObject(object), ...arrival }];
  if (!CHANGES.has(type)) return [{ type: "notice", ...arrival }];
  return open(object, { listKind: "", change: type as Observation["change"], ...arrival }, depth - 1);
}
