import { describe, expect, test } from "vitest";
import { progressLine } from "../../src/commands/progress.js";

/** A terminal that keeps what is written, and a clock that is set by hand. */
function terminal(isTTY = true) {
  const written: string[] = [];
  let at = 0;
  const line = progressLine(
    {
      isTTY,
      write: (text: string | Uint8Array) => {
        written.push(String(text));
        return true;
      },
    },
    () => at,
  );
  const show = (ms: number, bytesRead: number, bytesTotal = 100e6, path = "run.log") => {
    at = ms;
    line.show({ path, bytesRead, bytesTotal });
  };
  return { written, show, clear: line.clear };
}

describe("the line of progress", () => {
  test("says bytes, rate and what remains of a long file", () => {
    const { written, show } = terminal();
    show(0, 1e6);
    show(2000, 40e6);
    expect(written).toHaveLength(2);
    expect(written[0]).toMatch(/reading run\.log: 1 of 100 MB \(1%\)$/);
    expect(written[1]).toMatch(/40 of 100 MB \(40%\), 20 MB\/s, 3 s left$/);
  });

  test("goes on through files that are read by turns, and is rewritten every few megabytes only", () => {
    const { written, show } = terminal();
    show(0, 10e6);
    show(1000, 11e6, 100e6, "other.log");
    show(1500, 30e6, 100e6, "other.log");
    show(2000, 60e6);
    expect(written).toHaveLength(3);
    expect(written[1]).toMatch(/reading other\.log: 30 of 100 MB/);
    expect(written[2]).toMatch(/30 MB\/s, 2 s left$/);
  });

  test("is silent for short files and where nobody looks, and takes itself away", () => {
    const short = terminal();
    short.show(0, 1e6, 2e6);
    short.clear();
    const piped = terminal(false);
    piped.show(0, 50e6);
    piped.clear();
    expect([...short.written, ...piped.written]).toEqual([]);
    const shown = terminal();
    shown.show(0, 50e6);
    shown.clear();
    expect(shown.written.at(-1)).toBe("\r\u001b[K");
  });
});
