import { readdir } from "node:fs/promises";
import { join, parse, sep } from "node:path";
import { compareText } from "./path-order.js";

/** Folders below one another that `**` looks into; links are not followed. */
const DEPTH_LIMIT = 32;

export function isGlob(path: string): boolean {
  return /[*?]/.test(path);
}

/** Paths that match, sorted: `*` is any text, `?` any character of one name, `**` any number of folders. Hidden names want their dot written. */
export async function expandGlob(pattern: string): Promise<readonly string[]> {
  const { root } = parse(pattern);
  const parts = pattern
    .slice(root.length)
    .split(sep === "\\" ? /[\\/]/ : "/")
    .filter((part) => part !== "");
  const found = await matching(root, parts, 0);
  return [...new Set(found)].sort(compareText);
}

async function matching(folder: string, [part, ...rest]: readonly string[], depth: number): Promise<string[]> {
  if (part === undefined) return [folder];
  if (!isGlob(part)) return matching(folder === "" ? part : join(folder, part), rest, depth);
  // What is no folder, or may not be read, has no members that match.
  const entries = await readdir(folder === "" ? "." : folder, { withFileTypes: true }).catch(() => []);
  const found = part === "**" ? await matching(folder, rest, depth) : [];
  const expression = nameExpression(part);
  for (const entry of entries) {
    if (!expression.test(entry.name) || (entry.name.startsWith(".") && !part.startsWith("."))) continue;
    const path = folder === "" ? entry.name : join(folder, entry.name);
    // One by one: a call takes no more than some hundred thousand arguments.
    if (part !== "**") for (const one of await matching(path, rest, depth)) found.push(one);
    else if (entry.isDirectory() && depth < DEPTH_LIMIT) {
      for (const one of await matching(path, [part, ...rest], depth + 1)) found.push(one);
    }
  }
  return found;
}

/** Runs of stars are one: several would make the search slow. */
function nameExpression(part: string): RegExp {
  const escaped = part.replace(/[\\^$.+()[\]{}|]/g, "\\$&");
  return new RegExp(`^${escaped.replace(/\*+/g, "[^/]*").replaceAll("?", "[^/]")}$`, "s");
}
