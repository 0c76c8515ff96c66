/**
 * Counts the rows of NDJSON files by kind and type with DuckDB: node bench/duckdb.mjs FILE ... The package @duckdb/node-api is no part of postrun; it is looked for here
 * and in the folder that BENCH_MODULES names.
 */
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const folder = process.env.BENCH_MODULES ?? fileURLToPath(new URL("..", import.meta.url));
const { DuckDBInstance } = createRequire(join(folder, "package.json"))("@duckdb/node-api");
const connection = await (await DuckDBInstance.create(":memory:")).connect();
for (const file of process.argv.slice(2)) {
  const columns = file.includes("watch") ? "{type: 'VARCHAR', object: 'STRUCT(kind VARCHAR)'}" : "{kind: 'VARCHAR', reason: 'VARCHAR'}";
  const rows = `read_json('${file.replaceAll("'", "''")}', format = 'newline_delimited', columns = ${columns})`;
  const counted = await connection.runAndReadAll(`SELECT COLUMNS(*), count(*) FROM ${rows} GROUP BY ALL`);
  process.stdout.write(`${JSON.stringify(counted.getRowsJson())}\n`);
}
