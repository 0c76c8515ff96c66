import { readFileSync } from "node:fs";
import { isObject } from "../model/text/json-object.js";

/** Version of this package, from its package.json beside src/ and dist/ alike. */
export function packageVersion(): string {
  const found: unknown = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8"));
  return isObject(found) && "version" in found ? String(found.version) : "unknown";
}
