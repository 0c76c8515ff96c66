/**
 * XML as a stream of elements. Nothing outside the file is ever read: entities other than the five of XML and characters by number are left as
 * they stand, and a DOCTYPE that declares entities ends the reading. Depth and the length of one piece of text are limited.
 */
import { SaxesParser } from "saxes";
import type { TextSource } from "../bytes/text-source.js";
import type { Recorder } from "../recorder.js";

/** Deeper than any nesting of keywords or suites. */
const DEPTH_LIMIT = 1000;
/** Longest piece of text, or of one tag [characters]; the parser holds it in memory. */
const PIECE_LIMIT = 16 * 1024 * 1024;
/** Handed to the parser at once, so that the limit above is noticed in time [characters]. */
const STEP = 64 * 1024;

/** An element whose end was not seen yet. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  /** Where its tag begins; physical, from 1. */
  readonly line: number;
}

export interface XmlHandler {
  open(element: XmlElement): void;
  /** @param text its own text, up to `TEXT_KEPT` characters @param line where its end tag ends */
  close(element: XmlElement, text: string, line: number): void;
}

/** How far a source could be read. */
export interface XmlExtent {
  /** Physical lines of the whole. */
  readonly lines: number;
  /** Not well-formed, or beyond a limit: nothing from this line on can be trusted. Absent where it was read to its end. */
  readonly damagedFrom?: number;
}

/** Text kept of one element [characters]. */
const TEXT_KEPT = 64 * 1024;

/** Reads a source to its end. What ends the reading of elements sooner is diagnosed. */
export async function readXml(source: TextSource, recorder: Recorder, handler: XmlHandler): Promise<XmlExtent> {
  const stack: { element: XmlElement; text: string }[] = [];
  let damagedFrom: number | undefined;
  let tagLine = 1;
  let lastPiece = 0;
  let fed = 0;
  const parser = new SaxesParser({ xmlns: false, position: true });
  const stop = (id: string, line: number): void => {
    if (damagedFrom !== undefined) return;
    damagedFrom = line;
    recorder.diagnose(id, "warning", { line }, recorder.evidence(line));
  };
  const seen = (): void => {
    lastPiece = fed;
  };
  parser.on("error", () => stop("cut-document", parser.line));
  parser.on("doctype", (text) => {
    if (text.includes("<!ENTITY")) stop("xml-entities", parser.line);
  });
  parser.on("opentagstart", () => {
    tagLine = parser.line;
  });
  parser.on("opentag", (tag) => {
    seen();
    if (damagedFrom !== undefined) return;
    const element = { name: tag.name, attributes: tag.attributes, line: tagLine };
    stack.push({ element, text: "" });
    if (stack.length > DEPTH_LIMIT) stop("document-too-large", parser.line);
    else handler.open(element);
  });
  const keep = (text: string): void => {
    seen();
    const top = stack.at(-1);
    if (top && top.text.length < TEXT_KEPT) top.text += text.slice(0, TEXT_KEPT - top.text.length);
  };
  parser.on("text", keep);
  parser.on("cdata", keep);
  parser.on("closetag", () => {
    seen();
    const top = stack.pop();
    if (top && damagedFrom === undefined) handler.close(top.element, top.text, parser.line);
  });
  let lines = 0;
  let atLineStart = true;
  for await (const chunk of source.chunks) {
    if (chunk === "") continue;
    lines += chunk.split("\n").length - 1;
    atLineStart = chunk.endsWith("\n");
    // Other line ends of XML would make its lines differ from the file's.
    const text = chunk.replace(/[\r\u0085\u2028]/g, " ");
    for (let at = 0; at < text.length && damagedFrom === undefined; at += STEP) {
      fed += STEP;
      if (fed - lastPiece > PIECE_LIMIT) stop("document-too-large", parser.line);
      else parser.write(text.slice(at, at + STEP));
    }
  }
  if (damagedFrom === undefined) parser.close();
  return { lines: lines + (atLineStart ? 0 : 1), ...(damagedFrom === undefined ? {} : { damagedFrom }) };
}
