import type { EpochMs } from "../model/time.js";

const NEWLINE = 10;
/** Longer than any object that etcd takes (1.5 MB by default); a stream without line ends must not fill the memory. */
const LONGEST_BYTES = 32 * 1024 * 1024;

export interface ArrivedLine {
  readonly text: string;
  /** When its first byte was there. */
  readonly received: EpochMs;
}

/** Complete lines of a stream, each with the time at which it began to arrive. What stands after the last line end was cut off and is left out. */
export async function* arrivedLines(stream: AsyncIterable<Buffer>, clock: () => EpochMs): AsyncGenerator<ArrivedLine> {
  let parts: Buffer[] = [];
  let size = 0;
  let began = 0;
  for await (const chunk of stream) {
    const now = clock();
    let from = 0;
    for (let end = chunk.indexOf(NEWLINE); end !== -1; end = chunk.indexOf(NEWLINE, from)) {
      const received = parts.length === 0 ? now : began;
      const text = Buffer.concat([...parts, chunk.subarray(from, end)]).toString("utf8");
      parts = [];
      size = 0;
      from = end + 1;
      if (text !== "") yield { text, received };
    }
    if (from === chunk.length) continue;
    if (parts.length === 0) began = now;
    parts.push(chunk.subarray(from));
    size += chunk.length - from;
    if (size > LONGEST_BYTES) throw new Error(`a row of more than ${LONGEST_BYTES} bytes`);
  }
}
