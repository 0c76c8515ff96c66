/** A stage that means something beside being measured; docs/profiles.md lists all of them. Without it what is made from it is left out. */
import type { Profile } from "./profile.js";

/** Until the client has connected: its end tells Jobs that were used from those that nobody opened. */
export const CONNECT_STAGE = "connect";

/** The mark that says that the client of an investigation has connected; undefined where the profile tells of no connecting. */
export function connectedMark({ stages }: Pick<Profile, "stages">): string | undefined {
  return stages.find(({ id }) => id === CONNECT_STAGE)?.to;
}
