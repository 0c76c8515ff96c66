import { createRequire } from "node:module";
import { z } from "zod";

/** SheetJS as danfojs has it inside: a reader that knows nothing of the writer under test. */
const require = createRequire(createRequire(import.meta.url).resolve("danfojs-node"));
const cellSchema = z.object({ t: z.string(), v: z.unknown(), f: z.unknown(), l: z.unknown() }).partial();
const bookSchema = z.object({ SheetNames: z.array(z.string()), Sheets: z.record(z.string(), z.record(z.string(), z.unknown())) });

export interface ReadCell {
  readonly sheet: string;
  /** "B7" */
  readonly place: string;
  readonly value: unknown;
  readonly isFormula: boolean;
  readonly isLink: boolean;
}

/** Every cell of an XLSX file; times as Date. */
export function cellsOf(bytes: Uint8Array): readonly ReadCell[] {
  const { SheetNames, Sheets } = bookSchema.parse(require("xlsx").read(bytes, { cellDates: true, cellFormula: true, UTC: true }));
  return SheetNames.flatMap((sheet) =>
    Object.entries(Sheets[sheet] ?? {})
      .filter(([place]) => !place.startsWith("!"))
      .map(([place, cell]) => {
        const { v, f, l } = cellSchema.parse(cell);
        return { sheet, place, value: v, isFormula: f !== undefined, isLink: l !== undefined };
      }),
  );
}

const archiveSchema = z.object({ FullPaths: z.array(z.string()), FileIndex: z.array(z.object({ content: z.unknown().optional() })) });

/** Text of a file inside an XLSX file. */
export function entryOf(bytes: Uint8Array, name: string): string {
  const { FullPaths, FileIndex } = archiveSchema.parse(require("xlsx").CFB.read(bytes, { type: "buffer" }));
  const content = FileIndex[FullPaths.findIndex((path) => path.endsWith(`/${name}`))]?.content;
  if (!(content instanceof Uint8Array)) throw new Error(`${name} is not in the archive`);
  return Buffer.from(content).toString("utf8");
}
