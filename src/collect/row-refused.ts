import type { CaptureRow, WatchPorts } from "./collect-types.js";

/** What an onRow throws, its `cause`: it ends the watching, and is told apart from what connections throw. */
export class RowRefused extends Error {}

/** Resolves when the next row may come. Rejects with a RowRefused. */
export async function handOn(row: CaptureRow, ports: WatchPorts): Promise<void> {
  try {
    await ports.onRow?.(row);
  } catch (error) {
    throw new RowRefused("a row was refused", { cause: error });
  }
}
