/** Rows of a capture, or of a watch, as far as they tell of Jobs: `{received, type, object}` and `{type, object}`, Jobs alone, and lists of them. */
import type { ClockSample } from "../model/clock.js";
import { isObject, type JsonObject } from "../model/text/json-object.js";
import type { EpochMs } from "../model/time.js";
import type { LiveJob } from "./live-jobs.js";

/** What one row says. */
export interface RowNews {
  /** When it arrived, where it says so. */
  readonly at?: EpochMs;
  readonly jobs: readonly { readonly job: LiveJob; readonly gone: boolean }[];
  readonly clocks: readonly ClockSample[];
  /** The capture has ended. */
  readonly ended: boolean;
  /** Something may have been missed. */
  readonly gap: boolean;
}

export function readRow(row: JsonObject): RowNews {
  const at = timeOf(row.received);
  const object = objectOf(row.object) ?? row;
  const items = Array.isArray(object.items) ? object.items : [object];
  const gone = row.type === "DELETED";
  const jobs = items.flatMap((item) => {
    const job = jobOf(objectOf(item), String(object.kind ?? ""));
    return job === null ? [] : [{ job, gone }];
  });
  const clocks = [row.clock].flat().flatMap((sample) => clockOf(objectOf(sample)));
  return { ...(at === undefined ? {} : { at }), jobs, clocks, ended: row.type === "END", gap: row.type === "GAP" };
}

/** Items of a typed list say neither kind nor version. */
function jobOf(object: JsonObject | undefined, listKind: string): LiveJob | null {
  if (object === undefined) return null;
  const isJob = object.kind === "Job" ? String(object.apiVersion ?? "batch/").startsWith("batch/") : listKind === "JobList";
  const metadata = objectOf(object.metadata);
  const createdAt = timeOf(metadata?.creationTimestamp);
  if (!isJob || metadata === undefined || createdAt === undefined || typeof metadata.uid !== "string") return null;
  return { uid: metadata.uid, name: String(metadata.name ?? ""), namespace: String(metadata.namespace ?? ""), createdAt };
}

function clockOf(sample: JsonObject | undefined): ClockSample[] {
  const [sent, received, date] = [timeOf(sample?.sent), timeOf(sample?.received), timeOf(sample?.date)];
  return sent === undefined || received === undefined || date === undefined ? [] : [{ sent, received, date }];
}

/** ISO 8601, or epoch ms as rows have it that never were in a file. */
function timeOf(value: unknown): EpochMs | undefined {
  if (typeof value === "number") return value;
  const at = typeof value === "string" ? Date.parse(value) : Number.NaN;
  return Number.isNaN(at) ? undefined : at;
}

function objectOf(value: unknown): JsonObject | undefined {
  return isObject(value) ? value : undefined;
}
