/**
 * Secrets are never copied into a report. What counts as one: values of keys whose name says so, authorization and cookie headers, passwords
 * in addresses and connection strings, private keys, JSON web tokens, and keys of known services by their published prefixes. Every
 * expression runs in time linear in the text: repetitions are of one class of characters or bounded.
 */

/** Stands where a secret stood. */
export const REDACTED = "[redacted]";

const WORDS = "passw(?:or)?d|passwd|passphrase|pwd|secret|token|credentials?|api[_-]?key|access[_-]?key|private[_-]?key|signing[_-]?key";
/** Names such as DB_PASSWORD, authToken, X-Api-Key, sessionid; not `tokens_used` or `keyboard`. */
const SECRET_NAME = new RegExp(
  `(?:${WORDS}|account[_-]?key|shared[_-]?key|encryption[_-]?key|secret[_-]?key|session[_-]?(?:id|key)|set-cookie|cookie|authorization|auth)$`,
  "i",
);

const BEGIN_KEY = /-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----/;
const END_KEY = /-----END [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----/;

/** A quoted text, or what stands up to white space or a separator. */
const VALUE = String.raw`(?:"(?:[^"\\]|\\.){0,4000}"?|'(?:[^'\\]|\\.){0,4000}'?|\\"[^"\\]{0,4000}(?:\\")?|[^\s"',;&<>(){}\[\]|\\]+)`;

const RULES: readonly (readonly [RegExp, string])[] = [
  // Headers: the whole value is secret. `Authorization: Bearer abc`, `"cookie": "a=b; c=d"`, `'authorization', 'Basic ...'`
  [/((?:proxy-)?authorization|(?:set-)?cookie)(\\?["']?\s{0,8}[:=,]\s{0,8})(\\?["'])[^"'\\\r\n]{1,4000}/gi, `$1$2$3${REDACTED}`],
  [/((?:proxy-)?authorization|(?:set-)?cookie)(\s{0,8}[:=]\s{0,8})(?!\[redacted\]|["'\\\s])[^\r\n"']{1,4000}/gi, `$1$2${REDACTED}`],
  [/\b(bearer|basic|digest|negotiate)(\s{1,8})(?=[^\s"',;]{0,4000}[\d=+/_.-])[\w.~+/=-]{8,4000}/gi, `$1$2${REDACTED}`],
  // Addresses: scheme://user:password@host
  [/\b([a-z][a-z0-9+.-]{0,30}:\/\/[^\s:/@"'<>]{0,200}):[^\s/@"'<>]{1,500}@/gi, `$1:${REDACTED}@`],
  [/\b([a-z][a-z0-9+.-]{0,30}:\/\/)[^\s:/@"'<>]{20,500}@/gi, `$1${REDACTED}@`],
  // name=value, "name": "value", --name value
  [
    new RegExp(
      String.raw`([\w.-]{0,80}?(?:${WORDS}|account[_-]?key|shared[_-]?key|encryption[_-]?key|session[_-]?(?:id|key)))(\\?["']?\s{0,8}(?:=>|[:=])\s{0,8})(?!\[redacted\]|\s)${VALUE}`,
      "gi",
    ),
    `$1$2${REDACTED}`,
  ],
  [new RegExp(String.raw`(--?[\w-]{0,40}?(?:${WORDS}))(\s{1,8})(?![-\s]|\[redacted\])${VALUE}`, "gi"), `$1$2${REDACTED}`],
  // JSON web tokens (RFC 7519): two or three parts in base64url, the first an object
  [/\beyJ[\w-]{5,4000}\.[\w-]{5,8000}(?:\.[\w-]{0,4000})?/g, REDACTED],
  // Keys of services, by the prefixes that they publish
  [/\b(?:AKIA|ASIA|AROA|AIDA)[0-9A-Z]{16}\b/g, REDACTED],
  [
    /\b(?:gh[pousr]_\w{20,255}|github_pat_\w{20,255}|glpat-[\w-]{20,255}|xox[abeprs]-[\w-]{10,255}|AIza[\w-]{35}|npm_\w{36}|sk-[\w-]{20,255})/g,
    REDACTED,
  ],
];

/** A line of the body of a key: base64 without a break, of all three kinds of characters. */
const BASE64_RUN = /[A-Za-z0-9+/]{60,}={0,2}/g;

/** Whether a variable, header, parameter or label of this name holds a secret. */
export function isSecretName(name: string): boolean {
  return SECRET_NAME.test(name);
}

/** Short texts of Kubernetes objects and of reports say the same few things thousands of times: their redaction is kept [characters, entries]. */
const REMEMBERED_LENGTH = 200;
const REMEMBERED_TEXTS = 20_000;
const remembered = new Map<string, string>();

/** The text with every secret in it replaced. */
export function redactSecrets(text: string): string {
  if (text.length < 8) return text;
  if (text.length > REMEMBERED_LENGTH) return searched(text);
  const known = remembered.get(text);
  if (known !== undefined) return known;
  if (remembered.size >= REMEMBERED_TEXTS) remembered.clear();
  // A copy: a text that was cut from a chunk of a file would keep the whole chunk in memory.
  const copy = Buffer.from(text, "utf16le").toString("utf16le");
  const redacted = searched(copy);
  remembered.set(copy, redacted);
  return redacted;
}

/** Most short texts of Kubernetes objects: nothing in them that any rule needs, beside the prefixes of keys that are written small. */
const PLAIN = /^[a-z0-9.-]{0,59}$/;
const SMALL_PREFIX = /glpat-|xox|sk-/;

function searched(text: string): string {
  if (PLAIN.test(text) && !SMALL_PREFIX.test(text)) return text;
  let redacted = withoutPrivateKeys(text);
  for (const [pattern, replacement] of RULES) redacted = redacted.replace(pattern, replacement);
  return redacted.replace(BASE64_RUN, (run) => (looksRandom(run) ? REDACTED : run));
}

/** From the first line of a private key to its last, or to the end of a text that was cut. */
function withoutPrivateKeys(text: string): string {
  let rest = text;
  let result = "";
  for (let begin = BEGIN_KEY.exec(rest); begin !== null; begin = BEGIN_KEY.exec(rest)) {
    const body = rest.slice(begin.index + begin[0].length);
    const end = END_KEY.exec(body);
    result += `${rest.slice(0, begin.index)}${REDACTED}`;
    rest = end === null ? "" : body.slice(end.index + end[0].length);
  }
  return result + rest;
}

/** The longest private keys in use (RSA with 16,384 bits) have about 200 lines in PEM; a mention of a first line must not hide a whole log. */
const LONGEST_KEY_LINES = 250;

/** Takes the secrets out of the lines of one stream, also out of a private key that stands on many of them. */
export class LineRedaction {
  #keyLines = 0;

  /** The next line, with every secret in it replaced. */
  redact(line: string): string {
    const end = this.#keyLines > 0 ? END_KEY.exec(line) : null;
    if (this.#keyLines > 0 && end === null) {
      this.#keyLines -= 1;
      return REDACTED;
    }
    const rest = end === null ? line : line.slice(end.index + end[0].length);
    this.#keyLines = BEGIN_KEY.test(rest.split(END_KEY).at(-1) ?? "") ? LONGEST_KEY_LINES : 0;
    return end === null ? redactSecrets(rest) : REDACTED + redactSecrets(rest);
  }
}

/** Not a path of long words: few slashes, and letters of both cases with digits. */
function looksRandom(run: string): boolean {
  const slashes = run.split("/").length - 1;
  return slashes * 12 <= run.length && /[a-z]/.test(run) && /[A-Z]/.test(run) && /\d/.test(run);
}

/** Fields whose texts are digests of files or fixed words of postrun's own. */
const SAFE_FIELDS: ReadonlySet<string> = new Set(["sha256", "uid", "jobUid"]);

/** The same data, every text in it without secrets, and every value whose key names a secret replaced. What needs no change is not copied. */
export function redactDeep<T>(value: T): T {
  return redacted(value, false) as T;
}

function redacted(value: unknown, secret: boolean): unknown {
  if (typeof value === "string") return secret && value !== "" ? REDACTED : redactSecrets(value);
  if (typeof value === "number" && secret) return REDACTED;
  if (Array.isArray(value)) {
    const entries = value.map((entry) => redacted(entry, secret));
    return entries.some((entry, index) => entry !== value[index]) ? entries : value;
  }
  if (typeof value !== "object" || value === null) return value;
  let changed = false;
  const entries = Object.entries(value).map(([name, entry]): [string, unknown] => {
    const clean = SAFE_FIELDS.has(name) ? entry : redacted(entry, isSecretValue(name, entry));
    if (clean !== entry) changed = true;
    return [name, clean];
  });
  return changed ? Object.fromEntries(entries) : value;
}

/** A label or setting; objects under such a name (a parameter with its origin) are looked into. */
function isSecretValue(name: string, entry: unknown): boolean {
  return (typeof entry === "string" || typeof entry === "number") && isSecretName(name);
}
