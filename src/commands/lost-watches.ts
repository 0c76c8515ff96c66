import type { WatchStanding } from "../collect/index.js";
import { isoFromEpoch } from "../model/time.js";

/** What a watch that is not up at the end of a capture leaves out. */
export function lostWatchText({ kind, namespace, soundAt }: WatchStanding): string {
  const where = `${kind}s${namespace === "" ? "" : ` in ${namespace}`}`;
  return soundAt === undefined
    ? `${where} were never listed, so nothing is known of them`
    : `${where} are lost from ${isoFromEpoch(soundAt)} on`;
}
