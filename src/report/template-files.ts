import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** templates/ of the package: two levels up from src/report and from dist/report alike. */
const TEMPLATES = new URL("../../templates/", import.meta.url);

/** Text of a file in templates/. */
export function templateText(name: string): string {
  return readFileSync(new URL(name, TEMPLATES), "utf8");
}

/** Path of a font in templates/fonts/. */
export function fontPath(name: string): string {
  return fileURLToPath(new URL(`fonts/${name}`, TEMPLATES));
}
