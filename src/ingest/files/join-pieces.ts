import type { FileReading } from "./read-file.js";

/**
 * One reading of a file from those of its pieces, the same as if it had been read at once; undefined where that is not sure. Rows of a piece that did
 * not make out all of its text may be about what stands in the next, and what a capture says of itself holds for all of it.
 * @param pieces in their order, each with the lines before it counted in
 * @param sha256 of the file as stored
 */
export function joinPieces(pieces: readonly FileReading[], sha256: string): FileReading | undefined {
  const [first] = pieces;
  if (first === undefined || !pieces.every((piece, index) => isSure(piece, index === pieces.length - 1))) return undefined;
  const summaries = pieces.map(({ summary }) => summary);
  const sum = (of: "bytes" | "lines" | "matched" | "ignored" | "unparsed") => summaries.reduce((total, summary) => total + summary[of], 0);
  const [lines, matched, ignored, unparsed] = [sum("lines"), sum("matched"), sum("ignored"), sum("unparsed")];
  const from = extreme(
    summaries.map((summary) => summary.from),
    Math.min,
  );
  const to = extreme(
    summaries.map((summary) => summary.to),
    Math.max,
  );
  return {
    ...first,
    summary: { ...first.summary, sha256, bytes: sum("bytes"), lines, matched, ignored, unparsed, from, to },
    contentSha256: sha256,
    usable: true,
    events: pieces.flatMap(({ events }) => events),
    diagnostics: pieces.at(-1)?.diagnostics ?? [],
  };
}

function isSure({ summary, usable, isValidText, diagnostics }: FileReading, isLast: boolean): boolean {
  const isWhole = diagnostics.length === 0 && summary.unparsed === 0;
  const isPlain = summary.clock === "cluster" && summary.encoding === "utf-8" && summary.lostLine === undefined;
  return usable && isValidText && isPlain && (isLast || isWhole);
}

function extreme(times: readonly (number | null)[], of: (a: number, b: number) => number): number | null {
  return times.reduce((a, b) => (a === null ? b : b === null ? a : of(a, b)), null);
}
