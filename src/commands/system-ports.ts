import type { EpochMs } from "../model/time.js";

/** The system's clock may run ahead of the monotonic one by this much before it is followed: the machine was asleep. */
const ASLEEP_MS = 2000;

/**
 * A clock that starts with the system's and then runs by itself: a correction of the system's clock in the middle of a capture would tear its
 * stamps apart. It only follows forward jumps, which a machine makes that wakes up.
 */
function steadyClock(): () => EpochMs {
  let ahead = 0;
  return () => {
    const steady = performance.timeOrigin + performance.now();
    if (Date.now() - steady - ahead > ASLEEP_MS) ahead = Date.now() - steady;
    return steady + ahead;
  };
}

/** The clock and the chance that a command gives to what talks to a cluster. */
export const systemPorts: { readonly clock: () => EpochMs; readonly random: () => number } = { clock: steadyClock(), random: Math.random };
