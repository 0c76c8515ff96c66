/**
 * A sentence before it becomes HTML, Markdown or terminal text: pieces that know which of them must be isolated from the direction around
 * them (numbers, ids, paths) and which carry the answer.
 */
import type { Locale, MessageKey } from "../locales/index.js";
import type { Plural } from "../locales/message.js";

export interface Piece {
  readonly text: string;
  /** ltr: left to right whatever surrounds it; auto: its own first letter decides. */
  readonly isolate?: "ltr" | "auto";
  readonly strong?: true;
}
export type Phrase = readonly Piece[];
export type Values = Readonly<Record<string, string | number | Phrase>>;

/** Text that runs left to right in any language: numbers, ids, paths, log lines. */
export function ltr(text: string): Phrase {
  return [{ text, isolate: "ltr" }];
}

/** Text of the language itself, no isolation. */
export function plain(text: string): Phrase {
  return [{ text }];
}

/** A title as the beginning of a line: "creating the Job" becomes "Creating the Job", "gRPC" stays. */
export function capitalised(text: string): string {
  return /^\p{Ll}[\p{Ll}\s]/u.test(text) ? text.charAt(0).toUpperCase() + text.slice(1) : text;
}

/** The part of a sentence that is the answer. */
export function strong(phrase: Phrase): Phrase {
  return phrase.map((piece) => ({ ...piece, strong: true }));
}

/** Phrases one after the other with a separator between them. */
export function join(phrases: readonly Phrase[], separator: string): Phrase {
  return phrases.flatMap((phrase, index) => (index === 0 ? phrase : [{ text: separator }, ...phrase]));
}

/** The sentence of a key. Strings are isolated by their own direction, numbers are whole counts; a placeholder without a value stays visible. */
export function say(locale: Locale, key: MessageKey, values: Values = {}): Phrase {
  const message = locale.catalog[key];
  return fill(locale, typeof message === "string" ? message : pluralForm(locale, message, values), values);
}

/** The same for a key that comes with the data; undefined where no sentence is known. */
export function sayIfKnown(locale: Locale, key: string, values: Values): Phrase | undefined {
  return isMessageKey(locale, key) ? say(locale, key, values) : undefined;
}

function isMessageKey(locale: Locale, key: string): key is MessageKey {
  return Object.hasOwn(locale.catalog, key);
}

function pluralForm(locale: Locale, message: Plural, values: Values): string {
  const count = Number(values[message.plural]);
  if (count === 2 && message.two !== undefined) return message.two;
  const form = Number.isInteger(count) ? new Intl.PluralRules(locale.intl).select(count) : "other";
  return form === "one" ? message.one : message.other;
}

function fill(locale: Locale, template: string, values: Values): Phrase {
  return partsOf(template).flatMap((part): Phrase => {
    if (typeof part === "object") return part.bare;
    const value = values[part];
    if (value === undefined) return plain(`{${part}}`);
    if (typeof value === "number") return ltr(value.toLocaleString(locale.intl).replace("-", "\u2212"));
    return typeof value === "string" ? [{ text: value, isolate: "auto" }] : value;
  });
}

/** Names of the placeholders of a sentence, and what stands between them. */
type Part = string | { readonly bare: Phrase };

/** By sentence: the few hundred of a page are said thousands of times. */
const takenApart = new Map<string, readonly Part[]>();

function partsOf(template: string): readonly Part[] {
  const known = takenApart.get(template);
  if (known !== undefined) return known;
  const parts = template
    .split(/\{(\w+)\}/)
    .flatMap((text, index): Part[] => (index % 2 === 1 ? [text] : text === "" ? [] : [{ bare: withOptions(text) }]));
  takenApart.set(template, parts);
  return parts;
}

const RIGHT_TO_LEFT = /[\u0590-\u08FF]/;
/** An option of the command, with a value in capitals. */
const OPTION = /(--[a-z][a-z-]*(?: [A-Z]+)?)/;

/** Among words that run from right to left the dashes of an option would stray to its other end. */
function withOptions(text: string): Phrase {
  if (!RIGHT_TO_LEFT.test(text)) return plain(text);
  return text.split(OPTION).flatMap((piece, index) => (index % 2 === 1 ? ltr(piece) : piece === "" ? [] : plain(piece)));
}

/** The bare text: for terminals, alternative texts and canvases. */
export function toText(phrase: Phrase): string {
  return phrase.map((piece) => piece.text).join("");
}
