import { readFileSync } from "node:fs";

/** Version of this package, from its package.json beside src/ and dist/ alike. */
export function packageVersion(): string {
  const found: unknown = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8"));
  return typeof found === "object" && found !== null && "version" in found ? String(found.version) : "unknown";
}
