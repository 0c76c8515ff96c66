/** Keys at the margin of a YAML document, told from what other programs print there. */

const KEY = /^(?:([A-Za-z_][\w./-]{0,100})|"([\w./-]{1,100})"|'([\w./-]{1,100})')\s*:(?:\s+(.*))?$/;
/** What command lines begin their complaints with; no object has such a key. */
const COMPLAINT = /^(?:error|warning|fatal|panic)$/i;
/** A value that is quoted, in brackets, a block, or begins with another indicator. */
const NOT_PLAIN = /^["'{[|>&*!%@`]/;
/** No plain value holds a colon before a blank: the line is a sentence (`bash: kubectl: command not found`). */
const INNER_COLON = /:(?:\s|$)/;

/** The key with which the line begins, at its margin; undefined where it begins with none. */
export function topLevelKey(line: string): string | undefined {
  const first = line.charCodeAt(0);
  if (first === SPACE || first === DASH) return undefined;
  const [, plain, double, single, value = ""] = KEY.exec(line) ?? [];
  if (plain === undefined) return double ?? single;
  if (COMPLAINT.test(plain) && value !== "") return undefined;
  if (NOT_PLAIN.test(value)) return plain;
  return INNER_COLON.test(value.replace(/(?:^|\s)#.*$/, "")) ? undefined : plain;
}

const SPACE = 32;
const DASH = 45;
