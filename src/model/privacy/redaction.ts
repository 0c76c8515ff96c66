import { BEGIN_KEY, END_KEY, isSecretName, mayHoldSecret, REDACTED, withoutSecrets } from "./secrets.js";

export { isSecretName, REDACTED } from "./secrets.js";

/** Short texts of Kubernetes objects and of reports say the same few things thousands of times: their redaction is kept [characters, entries]. */
const REMEMBERED_LENGTH = 200;
const REMEMBERED_TEXTS = 20_000;
const remembered = new Map<string, string>();

/** Shorter texts are not searched [characters]. */
const SHORTEST = 8;

/** The text with every secret in it replaced. */
export function redactSecrets(text: string): string {
  if (text.length < SHORTEST) return text;
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

function searched(text: string): string {
  return text.length >= SHORTEST && mayHoldSecret(text) ? withoutSecrets(text) : text;
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

/** Fields whose texts are digests of files or fixed words of postrun's own. */
const SAFE_FIELDS: ReadonlySet<string> = new Set(["sha256", "uid", "jobUid"]);

/** The same data, every text in it without secrets, and every value whose key names a secret replaced. What needs no change is not copied. */
export function redactDeep<T>(value: T): T {
  return redacted(value) as T;
}

function redacted(value: unknown): unknown {
  if (typeof value === "string") return searched(value);
  if (typeof value !== "object" || value === null) return value;
  return Array.isArray(value) ? redactedList(value) : redactedFields(value as Readonly<Record<string, unknown>>);
}

/** A large report is mostly lists that stay as they are: nothing is made before the first change. */
function redactedList(list: readonly unknown[]): readonly unknown[] {
  let changed: unknown[] | undefined;
  for (let index = 0; index < list.length; index += 1) {
    const entry = list[index];
    if (typeof entry === "number") continue;
    const clean = redacted(entry);
    if (clean === entry) continue;
    changed ??= [...list];
    changed[index] = clean;
  }
  return changed ?? list;
}

function redactedFields(fields: Readonly<Record<string, unknown>>): unknown {
  let changed: Map<string, unknown> | undefined;
  // Several times as fast as a list of the names; what a prototype could add would have to be a secret to be looked at again.
  for (const name in fields) {
    const entry = fields[name];
    if (typeof entry === "boolean" || entry === null) continue;
    const kind = kindOfName(name);
    if (kind === "safe" || (kind === "plain" && typeof entry === "number")) continue;
    const clean = kind === "secret" && typeof entry !== "object" ? hidden(entry) : redacted(entry);
    if (clean === entry || !Object.hasOwn(fields, name)) continue;
    changed ??= new Map(Object.entries(fields));
    changed.set(name, clean);
  }
  return changed === undefined ? fields : Object.fromEntries(changed);
}

/** The value of a label or setting whose name says that it is secret. */
function hidden(value: unknown): unknown {
  return typeof value === "number" || (typeof value === "string" && value !== "") ? REDACTED : value;
}

/** The few names of a report's fields, and those of labels and settings [entries]. */
const REMEMBERED_NAMES = 2000;
const kindsOfNames = new Map<string, "safe" | "secret" | "plain">();

function kindOfName(name: string): "safe" | "secret" | "plain" {
  const known = kindsOfNames.get(name);
  if (known !== undefined) return known;
  if (kindsOfNames.size >= REMEMBERED_NAMES) kindsOfNames.clear();
  const kind = SAFE_FIELDS.has(name) ? "safe" : isSecretName(name) ? "secret" : "plain";
  kindsOfNames.set(name, kind);
  return kind;
}
