import { closeSync, openSync, writeSync } from "node:fs";
import { Session } from "node:inspector";
import { PostrunError, systemReason } from "../model/errors.js";

/** Between two looks at what runs [microseconds]. */
const INTERVAL_US = 250;

/** Watches the program from now on until it exits, and writes what V8's profiler saw: a .cpuprofile, as browsers and editors show it. Throws a PostrunError (output). */
export function profileCpu(path: string): void {
  const file = created(path);
  const session = new Session();
  session.connect();
  session.post("Profiler.enable");
  session.post("Profiler.setSamplingInterval", { interval: INTERVAL_US });
  session.post("Profiler.start");
  process.once("exit", () => {
    // Within one thread the answer comes before post returns.
    session.post("Profiler.stop", (_, result) => writeSync(file, JSON.stringify(result.profile)));
    closeSync(file);
  });
}

/** Before the work, so that it does not end in a refusal; a profile bears no mark of postrun, so none is overwritten. */
function created(path: string): number {
  try {
    return openSync(path, "wx");
  } catch (error) {
    throw new PostrunError("output", `${path}: cannot be written (${systemReason(error)})`, "name a new file in a folder that exists");
  }
}
