/** A collector against a stand-in, in a folder of its own. */
import type { ChildProcess } from "node:child_process";
import { readFileSync } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { constants, gunzipSync } from "node:zlib";
import type { CollectOptions, Collector, WatchState } from "../../src/collect/collect-types.js";
import { collect } from "../../src/collect/index.js";
import { systemPorts } from "../../src/commands/system-ports.js";
import type { StandIn } from "./stand-in/api.js";

/** A row of a capture as it stands in the file. */
export interface StoredRow {
  readonly received: string;
  readonly since?: string;
  readonly type: string;
  readonly kind?: string;
  readonly listed?: boolean;
  readonly missed?: boolean;
  readonly reason?: string;
  readonly object?: { readonly kind: string; readonly metadata: Record<string, unknown>; readonly [field: string]: unknown };
  readonly [field: string]: unknown;
}

export interface Collecting {
  readonly folder: string;
  readonly path: string;
  readonly collector: Collector;
  readonly states: WatchState[];
  /** Rows that are on disk now. */
  rows(): Promise<StoredRow[]>;
  close(): Promise<void>;
}

export interface CollectingOptions extends Partial<CollectOptions> {
  readonly clock?: () => number;
  /** Name of the file (default: capture.ndjson). */
  readonly name?: string;
  /** Another kubeconfig than the stand-in's own. */
  readonly kubeconfigText?: (folder: string) => Promise<string>;
}

export async function startCollecting(
  server: StandIn,
  { clock, name = "capture.ndjson", kubeconfigText, ...options }: CollectingOptions = {},
): Promise<Collecting> {
  const folder = await mkdtemp(join(tmpdir(), "postrun-collect-"));
  const kubeconfig = join(folder, "kubeconfig");
  await writeFile(kubeconfig, (await kubeconfigText?.(folder)) ?? server.kubeconfig());
  const path = join(folder, name);
  const states: WatchState[] = [];
  const collector = collect(
    { kubeconfig, output: path, version: "0.0.0-test", ...options },
    { ...systemPorts, ...(clock === undefined ? {} : { clock }), onState: (state) => states.push(state) },
  );
  await collector.started.catch(async (error: unknown) => {
    await collector.stop();
    await rm(folder, { recursive: true, force: true });
    throw error;
  });
  return {
    folder,
    path,
    collector,
    states,
    // It is still being written: what is read may end in the middle of a row.
    rows: async () => readRows(await readFile(path), { cut: true }),
    async close() {
      await collector.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Complete rows of a capture, also of one that is still being written; `cut`: whose last row may have broken off. */
export function readRows(bytes: Buffer, { cut = false } = {}): StoredRow[] {
  const text = (bytes[0] === 0x1f ? gunzipSync(bytes, { finishFlush: constants.Z_SYNC_FLUSH }) : bytes).toString("utf8");
  const lines = text.split("\n");
  if (cut) lines.pop();
  return lines.filter((line) => line !== "").map((line) => JSON.parse(line) as StoredRow);
}

/** Rows of one kind of object, as `TYPE name`. */
export function told(rows: readonly StoredRow[], kind: string): string[] {
  return rows.filter(({ object }) => object?.kind === kind).map(({ type, object }) => `${type} ${String(object?.metadata.name)}`);
}

/** Waits until something holds, for at most some seconds. */
export async function until(holds: () => boolean | Promise<boolean>, timeoutMs = 10_000): Promise<void> {
  const deadline = performance.now() + timeoutMs;
  while (!(await holds())) {
    if (performance.now() > deadline) throw new Error("waited in vain");
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** Waits until watches have connected so many times. */
export function connected({ states }: Pick<Collecting, "states">, times: number): Promise<void> {
  return until(() => states.filter(({ state }) => state === "connected").length >= times);
}

/** The most memory that a process has held so far [MB]; Linux tells it. */
export function highestMemoryMb({ pid }: ChildProcess): number {
  return Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]) / 1024;
}
