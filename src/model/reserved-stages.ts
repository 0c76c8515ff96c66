/** A stage that means something beside being measured; docs/profiles.md lists all of them. Without it what is made from it is left out. */
import type { Profile } from "./profile.js";

/** Until the client has connected: its end tells Jobs that were used from those that nobody opened. */
export const CONNECT_STAGE = "connect";

/** While the client reads its stream: the Job is in use. */
export const FRAMES_STAGE = "frames";

/** The pause between investigations; a parameter of this name tells how long it is set, in seconds. */
export const DELAY_STAGE = "delay";

/** Not a stage but the point at which one ends: the next investigation begins. */
export const NEXT_START = "next.start";

/** The mark that says that the client of an investigation has connected; undefined where the profile tells of no connecting. */
export function connectedMark({ stages }: Pick<Profile, "stages">): string | undefined {
  return stages.find(({ id }) => id === CONNECT_STAGE)?.to;
}
