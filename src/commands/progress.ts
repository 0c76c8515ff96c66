interface Progress {
  readonly path: string;
  readonly bytesRead: number;
  readonly bytesTotal: number;
}

/** Less than this is read before anyone could look. */
const WORTH_SHOWING_BYTES = 20_000_000;
const MIN_STEP_BYTES = 4_000_000;

/** One line on a terminal that says how far reading has come; nothing where there is no terminal. */
export function progressLine(stream: NodeJS.WriteStream): { show: (progress: Progress) => void; clear: () => void } {
  if (!stream.isTTY) return { show: () => undefined, clear: () => undefined };
  let shownAt = Number.NEGATIVE_INFINITY;
  let shownPath = "";
  let shown = false;
  return {
    show({ path, bytesRead, bytesTotal }) {
      if (bytesTotal < WORTH_SHOWING_BYTES) return;
      if (path === shownPath && bytesRead - shownAt < MIN_STEP_BYTES && bytesRead < bytesTotal) return;
      shownAt = bytesRead;
      shownPath = path;
      shown = true;
      const share = Math.floor((100 * bytesRead) / bytesTotal);
      stream.write(`\r\u001b[Kreading ${path}: ${(bytesRead / 1e6).toFixed(0)} of ${(bytesTotal / 1e6).toFixed(0)} MB (${share}%)`);
    },
    clear() {
      if (shown) stream.write("\r\u001b[K");
    },
  };
}
