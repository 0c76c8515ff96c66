import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { fileURLToPath, pathToFileURL } from "node:url";
import { PostrunError } from "../model/errors.js";

/** templates/ of the package: two levels up from src/report and from dist/report alike. */
const TEMPLATES = new URL("../../templates/", import.meta.url);

/** Partials of the page, each in partials/<name>.hbs; documented in docs/report.md. */
export const PARTIALS = [
  "header",
  "anchor",
  "range",
  "claims",
  "comparison",
  "pool",
  "curve",
  "timeline",
  "measure",
  "life",
  "survival",
  "survival-data",
  "shares",
  "polling",
  "deviations",
  "stages",
  "over-run",
  "load",
  "what-if",
  "investigations",
  "jobs",
  "parts",
  "cross-checks",
  "consistency",
  "appendix",
] as const;

/** What a folder of own templates may hold. */
const OWN = [...PARTIALS.map((name) => `partials/${name}.hbs`), "document.hbs", "part.hbs", "report.css", "own.css"];
const MOST_BYTES = 1 << 20;

/** What the page's security policy would forbid anyway, or what would let text of a log act as markup. */
const REFUSED: readonly (readonly [RegExp, string])[] = [
  [/\{\{\{|\{\{~?&/, "markup without escaping ({{{ or {{&): text of a log could act as markup"],
  [/<\s*(?:script|iframe|object|embed|link|meta|base|form)\b/i, "an element that the page's security policy forbids"],
  [/\son[a-z]+\s*=/i, "an event handler, which the page's security policy forbids"],
  [/\sstyle\s*=/i, "a style attribute, which the page's security policy forbids; put it into own.css"],
  [/javascript\s*:/i, "a javascript: address"],
  [/\b(?:src|href)\s*=\s*["']?\s*(?:https?:)?\/\//i, "an address outside of the page"],
];
const REFUSED_STYLE: readonly (readonly [RegExp, string])[] = [
  [/<\s*\/?\s*style/i, "a style element inside a style sheet"],
  [/@import|url\s*\((?!\s*["']?\s*(?:data:|#))/i, "an address: the page asks for nothing from anywhere"],
];

/** Where the texts of the page come from. */
export interface TemplateSource {
  /** Text of a file in templates/, or the folder's own one of that name; "" for own.css where there is none. */
  text(name: string): string;
  /** How messages name the file. */
  name(name: string): string;
}

/** Text of a file in templates/. */
export function templateText(name: string): string {
  return readFileSync(new URL(name, TEMPLATES), "utf8");
}

/** Address of a file in templates/, for imports. */
export function templateAddress(name: string): string {
  return new URL(name, TEMPLATES).href;
}

/** Path of a font in templates/fonts/. */
export function fontPath(name: string): string {
  return fileURLToPath(new URL(`fonts/${name}`, TEMPLATES));
}

/** The package's templates, with those of a folder in their place. Throws a PostrunError (config) for a file that has no place or may not do what it does. */
export function templateSource(directory: string | undefined): TemplateSource {
  const packaged: TemplateSource = { text: (name) => (name === "own.css" ? "" : templateText(name)), name: (name) => `templates/${name}` };
  if (directory === undefined) return packaged;
  if (!existsSync(directory) || !statSync(directory).isDirectory())
    throw new PostrunError("config", `${directory}: expected a folder of templates`, "docs/report.md says what it may hold");
  const base = pathToFileURL(`${directory}/`);
  const present = readdirSync(directory, { recursive: true, encoding: "utf8" })
    .map((name) => name.replaceAll("\\", "/"))
    .filter((name) => /\.(?:hbs|css)$/.test(name));
  const unknown = present.find((name) => !OWN.includes(name));
  if (unknown !== undefined)
    throw new PostrunError("config", `${directory}/${unknown}: there is no template of this name`, `expected one of ${OWN.join(", ")}`);
  const own = new Map(present.map((name) => [name, readOwn(new URL(name, base), `${directory}/${name}`)]));
  return {
    text: (name) => own.get(name) ?? packaged.text(name),
    name: (name) => (own.has(name) ? `${directory}/${name}` : packaged.name(name)),
  };
}

function readOwn(file: URL, shown: string): string {
  if (statSync(file).size > MOST_BYTES) throw new PostrunError("config", `${shown}: larger than 1 MB`, "give a template or a style sheet");
  const text = readFileSync(file, "utf8");
  const rules = shown.endsWith(".css") ? REFUSED_STYLE : REFUSED;
  for (const [pattern, reason] of rules) {
    const at = text.search(pattern);
    if (at >= 0)
      throw new PostrunError(
        "config",
        `${shown}, line ${text.slice(0, at).split("\n").length}: ${reason}`,
        "docs/report.md says what templates may do",
      );
  }
  return text;
}
