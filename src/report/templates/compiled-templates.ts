import type Handlebars from "handlebars";

/** What Handlebars makes of a template, of a form known to Handlebars alone. */
export type Specification = ReturnType<typeof Handlebars.precompile>;

/** A template of the package, compiled when the command was built. */
export interface CompiledTemplate {
  /** Of the text that it was compiled from; another text has to be compiled again. */
  readonly sha256: string;
  readonly specification: Specification;
}

/** By file name under templates/. Empty in the sources: scripts/build.mjs puts a module with the compiled templates in the place of this one. */
export const COMPILED_TEMPLATES: ReadonlyMap<string, CompiledTemplate> = new Map();
