/** Writes the table of formats into docs/formats.md from the list that the tests read (test/ingest/format-matrix.ts). */
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { transformSync } from "esbuild";

process.chdir(fileURLToPath(new URL("..", import.meta.url)));
const { code } = transformSync(readFileSync("test/ingest/format-matrix.ts", "utf8"), { loader: "ts", format: "esm" });
/** @type {typeof import("../test/ingest/format-matrix.js")} */
const { withFormatTable } = await import(`data:text/javascript,${encodeURIComponent(code)}`);
writeFileSync("docs/formats.md", withFormatTable(readFileSync("docs/formats.md", "utf8")));
