import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";

export const ROOT = fileURLToPath(new URL("../../", import.meta.url));

/** An import or re-export of a file, by value, by type or lazily. */
export interface ImportLine {
  /** Path from the root, with slashes. */
  readonly file: string;
  readonly line: number;
  /** Loaded together with the file; only seen by the compiler; or loaded when its turn comes. */
  readonly kind: "eager" | "type" | "lazy";
  /** As written. */
  readonly specifier: string;
  /** For relative ones: path from the root, with slashes. */
  readonly target?: string;
}

const STATEMENT = /^(?:import|export)(\s+type\b)?(?:[^;"'()=]*?\sfrom)?\s*["']([^"']+)["']/gm;
const LAZY = /\bimport\(\s*["']([^"']+)["']/g;

/** Every import under a folder of the project, in its TypeScript files. */
export function importLines(folder: string): readonly ImportLine[] {
  return filesUnder(folder, ".ts").flatMap((file) => importsOf(file, text(file)));
}

/** Every import in the text of a file. */
export function importsOf(file: string, source: string): readonly ImportLine[] {
  const at = (index: number, kind: ImportLine["kind"], specifier: string): ImportLine => {
    const line = source.slice(0, index).split("\n").length;
    const target = specifier.startsWith(".") ? { target: slashes(join(dirname(file), specifier)) } : {};
    return { file, line, kind, specifier, ...target };
  };
  return [
    ...[...source.matchAll(STATEMENT)].map((match) => at(match.index, match[1] === undefined ? "eager" : "type", match[2] ?? "")),
    ...[...source.matchAll(LAZY)].map((match) => at(match.index, "lazy", match[1] ?? "")),
  ];
}

/** Files under a folder whose name ends so, as paths from the root with slashes. */
export function filesUnder(folder: string, end: string): readonly string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(end))
    .map((entry) => slashes(relative(ROOT, join(entry.parentPath, entry.name))))
    .sort();
}

/** What .gitignore names, and git's own: made on a machine, not kept. */
const NOT_KEPT = /^(?:\.git|node_modules|dist|demo|coverage)$/;

/** Every file that belongs to the project, as paths from the root with slashes. */
export function keptFiles(folder = "."): readonly string[] {
  return readdirSync(join(ROOT, folder), { withFileTypes: true }).flatMap((entry) => {
    if (NOT_KEPT.test(entry.name)) return [];
    const path = slashes(join(folder, entry.name));
    return entry.isDirectory() ? keptFiles(path) : [path];
  });
}

export function text(file: string): string {
  return readFileSync(join(ROOT, file), "utf8");
}

function slashes(path: string): string {
  return path.replaceAll("\\", "/");
}
