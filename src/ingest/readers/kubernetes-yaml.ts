/** Kubernetes objects as YAML (`kubectl get -o yaml`): documents one after the other, Lists, bare sequences; otherwise as kubernetes-json.ts. */

import { isObject, type JsonObject } from "../../model/text/json-object.js";
import { forEachLine } from "../bytes/lines.js";
import type { Ingester } from "../ingester.js";
import { KubernetesStream } from "../kubernetes/kubernetes-stream.js";
import { parseLogRecord } from "../log/log-record.js";
import { YamlDocumentSplitter } from "./yaml-documents.js";

/** Aliases multiply; objects of Kubernetes have none. */
const MOST_ALIASES = 20;
/** Deeper nesting than any Kubernetes object has, in brackets or in dashes on one line. */
const DEPTH_LIMIT = 200;
const INDICATORS = /(?:[?:-][ \t]{1,9}){40}/;
/** Commas and closing brackets one after the other that no object has: each is an error of its own, and costs as much as a value. */
const MOST_ENDS = 2000;
/** Collections one after the other without a comma (`{}{}{}`), which no YAML has and which cost as much. */
const ADJACENT = /(?:[{[][}\]][ \t]{0,9}){40}/;
const SIGN = /^ {0,4}(?:- )?["']?apiVersion["']?:\s+["']?[\w.-]{1,60}/m;
/** A line that may begin with a stamp; texts inside an object are indented. */
const DIGIT_OR_BRACKET = /^[\d[]/;
/** How such a text begins, after comments. Blanks and line ends are apart, or thousands of empty lines would be tried in every way. */
const BEGINNING = /^(?:[^\S\n]*(?:#.*)?\n)*(?:---|- |["']?[A-Za-z]+["']?:(?:\s|$))/;

export const kubernetesYaml: Ingester = {
  id: "kubernetes-yaml",
  matches: (head) => BEGINNING.test(head) && SIGN.test(head) && isMostlyYaml(head),
  async read(source, recorder) {
    const yaml = await import("yaml");
    const stream = new KubernetesStream(recorder, (text) => parseYamlObject(text, yaml));
    const splitter = new YamlDocumentSplitter(stream);
    let lines = 0;
    let ends = true;
    const cut = await forEachLine(source, (text, number, terminated) => {
      lines = number;
      ends = terminated || text.trim() === "";
      splitter.line(text, number);
    });
    splitter.end(ends);
    stream.end(lines);
    // Printers end every line. Where that is the only sign, a value may be cut; what stands there is used.
    if (!ends && !recorder.diagnostics.some(({ id }) => id === "cut-document")) recorder.diagnose("cut-line", "info", { line: lines });
    if (cut > 0) recorder.diagnose("long-line", "warning", { lines: cut });
  },
};

/** Objects are more than records of a log: a log may begin with an object, and a capture hold a line of noise. */
function isMostlyYaml(head: string): boolean {
  let objects = 0;
  let records = 0;
  for (const line of head.split("\n")) {
    if (DIGIT_OR_BRACKET.test(line)) records += parseLogRecord(line) === null ? 0 : 1;
    else if (SIGN.test(line)) objects += 1;
  }
  return objects >= records;
}

/** Reads a text as one object, or null where it is something else, cannot be read, names a key twice, nests too deep or multiplies by aliases. */
function parseYamlObject(text: string, { parseDocument, visit, isScalar }: typeof import("yaml")): JsonObject | null {
  if (nestsTooDeep(text)) return null;
  // The parser gathers every error of a text; where each came from is most of what they cost, and nobody asks.
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 0;
  try {
    // The parser itself looks for repeated keys in a time that grows with the square of their number.
    const document = parseDocument(text, { schema: "core", uniqueKeys: false, prettyErrors: false, logLevel: "error" });
    if (document.errors.length > 0) return null;
    let repeats = false;
    visit(document, {
      Map(_key, { items }) {
        const keys = new Set(items.map(({ key }) => (isScalar(key) ? key.value : key)));
        if (keys.size === items.length) return undefined;
        repeats = true;
        return visit.BREAK;
      },
    });
    if (repeats) return null;
    const parsed: unknown = document.toJS({ maxAliasCount: MOST_ALIASES });
    return isObject(parsed) ? parsed : null;
  } catch (error) {
    if (error instanceof Error) return null;
    throw error;
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}

/**
 * A rough upper bound of the depth: brackets in texts count too. Indicators one after the other (`? ? ?`, `- - -`) nest wherever they stand, and
 * the parser takes time with the square of their number and more.
 */
function nestsTooDeep(text: string): boolean {
  let brackets = 0;
  let ends = 0;
  for (const character of text) {
    if (character === "," || character === "]" || character === "}") ends += 1;
    else if (character !== " " && character !== "\t" && character !== "\n") ends = 0;
    if (character === "[" || character === "{") brackets += 1;
    else if (character === "]" || character === "}") brackets -= brackets > 0 ? 1 : 0;
    if (brackets > DEPTH_LIMIT || ends > MOST_ENDS) return true;
  }
  return INDICATORS.test(text) || ADJACENT.test(text);
}
