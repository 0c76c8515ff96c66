import type { ReadingProgress } from "../postrun.js";

/** Less than this is read before anyone could look. */
const WORTH_SHOWING_BYTES = 20_000_000;
const MIN_STEP_BYTES = 4_000_000;
/** Before that, a rate says little. */
const RATE_AFTER_MS = 500;

/**
 * One line on a terminal that says how far the reading of all files has come, how fast it goes and how long it will still take; nothing where there is no terminal.
 * @param now a steady clock [ms]
 */
export function progressLine(
  stream: Pick<NodeJS.WriteStream, "isTTY" | "write">,
  now: () => number = () => performance.now(),
): { show: (progress: ReadingProgress) => void; clear: () => void } {
  if (!stream.isTTY) return { show: () => undefined, clear: () => undefined };
  let shownAt = Number.NEGATIVE_INFINITY;
  let began: number | undefined;
  return {
    show({ path, bytesRead, bytesTotal }) {
      if (bytesTotal < WORTH_SHOWING_BYTES) return;
      began ??= now();
      if (bytesRead - shownAt < MIN_STEP_BYTES && bytesRead < bytesTotal) return;
      shownAt = bytesRead;
      const share = Math.floor((100 * bytesRead) / bytesTotal);
      const pace = paceText(bytesRead, bytesTotal, now() - began);
      stream.write(`\r\u001b[Kreading ${path}: ${(bytesRead / 1e6).toFixed(0)} of ${(bytesTotal / 1e6).toFixed(0)} MB (${share}%)${pace}`);
    },
    clear() {
      if (began !== undefined) stream.write("\r\u001b[K");
    },
  };
}

function paceText(bytesRead: number, bytesTotal: number, elapsedMs: number): string {
  if (elapsedMs < RATE_AFTER_MS || bytesRead === 0) return "";
  const bytesPerMs = bytesRead / elapsedMs;
  const leftS = Math.ceil((bytesTotal - bytesRead) / bytesPerMs / 1000);
  return `, ${(bytesPerMs / 1000).toFixed(0)} MB/s, ${leftS} s left`;
}
