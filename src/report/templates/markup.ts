import Handlebars from "handlebars";
import type { Phrase, Piece } from "../words/phrase.js";

/** Markup that is safe to insert as it stands; made only in this file and in svg/. */
export type Html = Handlebars.SafeString;

/** Marks finished markup as safe; the caller has escaped everything in it. */
export function html(markup: string): Html {
  return new Handlebars.SafeString(markup);
}

/** Text as HTML. */
export function escapeHtml(text: string): string {
  return Handlebars.escapeExpression(text);
}

/** A Hebrew prefix and its Latin word ("ה-Job") do not part at a line end. */
const PREFIXED = /[\u05D0-\u05EA]+-[A-Za-z][\w]*/g;

/** An option of the command line, after Hebrew or at a beginning: its dashes would part from it, at a line end or by the direction. */
const OPTION = /(?<=(?:^|[\u05D0-\u05EA.,:(]) ?)--[a-z][\w-]*(?: [A-Z]\b)?/g;

/** The same after a Latin word, whose direction it has: only a line end would part its dashes. */
const LATIN_OPTION = /(?<=[A-Za-z0-9] )--[a-z][\w-]*/g;

/** A range of numbers or times, which would part at its dash. */
const RANGE = /^[^\s\p{L}]{1,11}–[^\s\p{L}]{1,11}$/u;

function pieceHtml(piece: Piece): string {
  const prefixed = escapeHtml(piece.text).replace(PREFIXED, '<span class="nb">$&</span>');
  const text =
    piece.isolate === undefined
      ? prefixed.replace(OPTION, '<bdi dir="ltr" class="nb">$&</bdi>').replace(LATIN_OPTION, '<span class="nb">$&</span>')
      : prefixed;
  const attributes = `${piece.isolate === "ltr" ? ' dir="ltr"' : ""}${RANGE.test(piece.text) ? ' class="nb"' : ""}`;
  const isolated = piece.isolate === undefined ? text : `<bdi${attributes}>${text}</bdi>`;
  return piece.strong ? `<strong>${isolated}</strong>` : isolated;
}

/** A phrase as HTML, isolates as `<bdi>`. Neighbouring strong pieces share one element. */
export function phraseHtml(phrase: Phrase): Html {
  return html(phrase.map(pieceHtml).join("").replaceAll("</strong><strong>", ""));
}

/** An id, path or log line. */
export function code(text: string): Html {
  return html(`<bdi dir="ltr" class="code">${escapeHtml(text)}</bdi>`);
}

/** A last piece of a path up to this long stays on one line, so that its line numbers do not part. */
const MOST_UNBROKEN = 36;

/** A path, which may break after a slash or an underscore. */
export function path(text: string): Html {
  const pieces = text.split(/(?<=[/_])/);
  const last = pieces.pop() ?? "";
  const end = last.length > MOST_UNBROKEN ? escapeHtml(last) : `<span class="nb">${escapeHtml(last)}</span>`;
  return html(`<bdi dir="ltr" class="code">${[...pieces.map(escapeHtml), end].join("<wbr>")}</bdi>`);
}
