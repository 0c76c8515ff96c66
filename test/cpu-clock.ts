/**
 * Processor time of this process from now on [ms]: what other programs on the machine do hardly counts in it, so a limit that only a quadratic
 * step breaks can be held in a test.
 */
export function cpuClock(): () => number {
  const before = process.cpuUsage();
  return () => {
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1000;
  };
}
