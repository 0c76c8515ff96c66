/**
 * Secrets are never copied into a report. What counts as one: values of keys whose name says so, authorization and cookie headers, passwords
 * in addresses and connection strings, private keys, JSON web tokens, and keys of known services by their published prefixes. Every
 * expression runs in time linear in the text: repetitions are of one class of characters or bounded.
 */

/** Stands where a secret stood. */
export const REDACTED = "[redacted]";

const WORDS = "passw(?:or)?d|passwd|passphrase|pwd|secret|token|credentials?|api[_-]?key|access[_-]?key|private[_-]?key|signing[_-]?key";
/** Parts of names that a value follows, in whatever text. */
const KEYS = `${WORDS}|account[_-]?key|shared[_-]?key|encryption[_-]?key|session[_-]?(?:id|key)`;
/** Names such as DB_PASSWORD, authToken, X-Api-Key, sessionid; not `tokens_used` or `keyboard`. */
const SECRET_NAME = new RegExp(
  `(?:${WORDS}|account[_-]?key|shared[_-]?key|encryption[_-]?key|secret[_-]?key|session[_-]?(?:id|key)|set-cookie|cookie|authorization|auth)$`,
  "i",
);

export const BEGIN_KEY = /-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----/;
export const END_KEY = /-----END [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----/;

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
    new RegExp(String.raw`([\w.-]{0,80}?(?:${KEYS}))(\\?["']?\s{0,8}(?:=>|[:=])\s{0,8})(?!\[redacted\]|\s)${VALUE}`, "gi"),
    `$1$2${REDACTED}`,
  ],
  // {"name": "DB_PASSWORD", "value": "..."}, {Name:DB_PASSWORD Value:...}
  [
    new RegExp(
      String.raw`(\bname\\?["']?\s{0,8}[:=]\s{0,8}\\?["']?[\w.-]{0,80}?(?:${KEYS})\\?["']?[\s,]{1,16}\\?["']?value\\?["']?\s{0,8}[:=]\s{0,8})(?!\[redacted\]|\s)${VALUE}`,
      "gi",
    ),
    `$1${REDACTED}`,
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

/** What each rule above, and a private key, cannot do without. */
const HINT =
  /authorization|cookie|bearer|basic|digest|negotiate|:\/\/|passw|passphrase|pwd|secret|token|credential|key|session[_-]?id|eyJ|A(?:KIA|SIA|ROA|IDA)|AIza|gh[pousr]_|github_pat_|glpat-|xox[abeprs]-|npm_|sk-[\w-]{20}|-----BEGIN/i;
/** As BASE64_RUN, from the beginning of a word on: no word is looked at twice. */
const LONG_WORD = /(?<![A-Za-z0-9+/])[A-Za-z0-9+/]{60}/;
const LONG_WORD_LENGTH = 60;

/** Whether any rule could find something: one look at the text, where the rules are twelve. Where it says no, `withoutSecrets` changes nothing. */
export function mayHoldSecret(text: string): boolean {
  if (isPlainName(text)) return false;
  return HINT.test(text) || (text.length >= LONG_WORD_LENGTH && LONG_WORD.test(text));
}

/**
 * Times, numbers and names such as `grpc-job-2-100050`, as most texts of a report are: one word of lower-case letters, digits, `.` and `-`, or of what
 * times are written with. Rules that go by a name need a separator behind it; of the published prefixes only `glpat-`, `sk-` and `xox?-` could stand
 * in such a word.
 */
function isPlainName(text: string): boolean {
  if (text.length >= LONG_WORD_LENGTH) return false;
  let before = 0;
  let seen = 0;
  for (let index = 0; index < text.length; index += 1) {
    const kind = KINDS[text.charCodeAt(index)] ?? 0;
    if (kind === 0 || (kind === KIND.dash && before === KIND.beforeDash)) return false;
    seen |= kind;
    before = kind;
  }
  return (seen & KIND.colon) === 0 || (seen & (KIND.letter | KIND.beforeDash)) === 0;
}

/** Kinds of characters as bits; no bit: not in a plain name. `beforeDash` are the letters before the dash of a prefix, apart from xox?-, which the missing x rules out. */
const KIND = { other: 1, letter: 2, beforeDash: 4, dash: 8, colon: 16 } as const;
const KINDS = Uint8Array.from({ length: 128 }, (_, code) => {
  const character = String.fromCharCode(code);
  if (/[\d.TZ]/.test(character)) return KIND.other;
  if (/[kt]/.test(character)) return KIND.beforeDash;
  if (/[a-wyz]/.test(character)) return KIND.letter;
  return character === "-" ? KIND.dash : character === ":" ? KIND.colon : 0;
});

/** Whether a variable, header, parameter or label of this name holds a secret. */
export function isSecretName(name: string): boolean {
  return SECRET_NAME.test(name);
}

/** Colours of a terminal (ECMA-48, SGR), also as JSON writes them. */
const ESCAPE = "\u001b";
const COLOUR = new RegExp(String.raw`(?:${ESCAPE}|\\u001b)\[[\d;]{0,40}m`, "gi");

/** The text with every secret in it replaced: every rule on the whole text. Colours stand between names and values; a text that has both loses the colours. */
export function withoutSecrets(text: string): string {
  const plain = text.replace(COLOUR, "");
  const redacted = everyRule(plain);
  return redacted === plain ? text : redacted;
}

function everyRule(text: string): string {
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

/** Not a path of long words: few slashes, and letters of both cases with digits. */
function looksRandom(run: string): boolean {
  const slashes = run.split("/").length - 1;
  return slashes * 12 <= run.length && /[a-z]/.test(run) && /[A-Z]/.test(run) && /\d/.test(run);
}
