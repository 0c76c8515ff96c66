import { createHash } from "node:crypto";
import Handlebars from "handlebars";
import { errorMessage, PostrunError } from "../../model/errors.js";
import type { MessageKey } from "../locales/index.js";
import { PARTIALS, type TemplateSource, templateText } from "../template-files.js";
import { plain, say, toText } from "../words/phrase.js";
import { COMPILED_TEMPLATES, type Specification } from "./compiled-templates.js";
import { phraseHtml } from "./markup.js";

/** The same for every template of a page. */
export const TEMPLATE_OPTIONS = { strict: false, preventIndent: true } as const;

/** A page's template with the partials and helpers of all pages. Throws a PostrunError (config) that names the template that is wrong. */
export function pageTemplate(source: TemplateSource, page: "page.hbs" | "prediction.hbs" = "page.hbs"): (data: object) => string {
  const engine = Handlebars.create();
  const partials = [
    ...PARTIALS.map((name) => [name, `partials/${name}.hbs`] as const),
    ["document", "document.hbs"] as const,
    ["part", "part.hbs"] as const,
  ];
  for (const [name, file] of partials) {
    const text = source.text(file);
    const compiled = compiledTemplate(file, text);
    if (compiled !== undefined) {
      engine.registerPartial(name, engine.template(compiled));
      continue;
    }
    try {
      engine.precompile(text);
      engine.registerPartial(name, text);
    } catch (error) {
      throw wrong(source.name(file), error);
    }
  }
  /** {{#within}}: what is inside knows its document as @document, at any depth. */
  engine.registerHelper("within", function (this: unknown, helper: Handlebars.HelperOptions) {
    const data = Handlebars.createFrame(helper.data);
    data.document = this;
    return helper.fn(this, { data });
  });
  /** {{t "key" name=value}}: a sentence in the language of the document around it. */
  engine.registerHelper("t", (key: MessageKey, helper: Handlebars.HelperOptions) =>
    phraseHtml(say(helper.data.document.locale, known(helper, key), helper.hash)),
  );
  /** {{words "key"}}: the same as bare text, for attributes. */
  engine.registerHelper("words", (key: MessageKey, helper: Handlebars.HelperOptions) =>
    toText(say(helper.data.document.locale, known(helper, key), helper.hash)),
  );
  /** (listOf "a" "b"), and (keyOf "timeline." name): the key of a sentence from its parts. */
  engine.registerHelper("listOf", (...items: unknown[]) => items.slice(0, -1));
  engine.registerHelper("keyOf", (...parts: unknown[]) => parts.slice(0, -1).join(""));
  engine.registerHelper("isolate", (text: string) => phraseHtml([{ text, isolate: "ltr" }]));
  engine.registerHelper("prose", (text: string) => phraseHtml(plain(text)));
  const text = templateText(page);
  const compiled = compiledTemplate(page, text);
  const template = compiled === undefined ? engine.compile(text, TEMPLATE_OPTIONS) : engine.template(compiled);
  return (data) => {
    try {
      return template(data);
    } catch (error) {
      throw wrong("the templates", error);
    }
  };
}

/** What the build has compiled of this very text. */
function compiledTemplate(file: string, text: string): Specification | undefined {
  const compiled = COMPILED_TEMPLATES.get(file);
  return compiled !== undefined && compiled.sha256 === createHash("sha256").update(text, "utf8").digest("hex")
    ? compiled.specification
    : undefined;
}

function known(helper: Handlebars.HelperOptions, key: MessageKey): MessageKey {
  if (!Object.hasOwn(helper.data.document.locale.catalog, key)) throw new Error(`there is no sentence "${String(key)}"`);
  return key;
}

function wrong(name: string, error: unknown): PostrunError {
  const reason = error instanceof RangeError ? "a partial that holds itself" : errorMessage(error);
  return new PostrunError(
    "config",
    `${name}: ${reason.split("\n").filter(Boolean).join(" ")}`,
    "docs/report.md says how templates are written",
  );
}
