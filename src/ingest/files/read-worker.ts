/** Runs in a thread of its own: reads the files that it is told, one after the other (read-pool.ts). */
import { parentPort, workerData } from "node:worker_threads";
import { PostrunError } from "../../model/errors.js";
import { compileProfile } from "../log/compiled-profile.js";
import { packReading } from "./packed-reading.js";
import { readFile } from "./read-file.js";
import type { ReadAnswer, ReadRequest } from "./read-pool.js";

/** Progress is told after so many bytes. */
const STEP_BYTES = 4 * 1024 * 1024;

const profile = compileProfile(workerData);

parentPort?.on("message", async ({ file, piece }: ReadRequest) => {
  const total = piece === undefined ? file.bytes : piece.to - piece.from;
  let toldAt = 0;
  const onBytes = (bytesRead: number): void => {
    if (bytesRead - toldAt < STEP_BYTES && bytesRead < total) return;
    toldAt = bytesRead;
    answer({ type: "progress", bytesRead });
  };
  try {
    const reading = await readFile(file, 0, profile, { onBytes, ...(piece === undefined ? {} : { piece }) });
    if (reading.embedded !== undefined || reading.table === undefined) {
      answer({ type: "elsewhere" });
      return;
    }
    const { packed, transfer } = packReading(reading, reading.table);
    answer({ type: "reading", packed }, transfer);
  } catch (error) {
    // Anything else is a bug: it ends the thread, and the main thread hears of it.
    if (!(error instanceof PostrunError)) throw error;
    answer({ type: "problem", code: error.code, message: error.message, hint: error.hint });
  }
});

function answer(message: ReadAnswer, transfer: readonly ArrayBuffer[] = []): void {
  parentPort?.postMessage(message, [...transfer]);
}
