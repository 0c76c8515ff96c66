/**
 * What a run says thousands of times is kept once: messages, names of loggers and objects, the environment of a Job in each of its states. Events are read once
 * and never changed, so they can hold the same text or object.
 */

/** Longer texts hardly repeat [characters]. */
const LONGEST = 300;
/** Texts and objects remembered at once; then all are forgotten, so that what is remembered does not grow with the input. */
const MOST = 20_000;

const texts = new Map<string, string>();
const objects = new Map<string, object>();

/** The same text, without a hold on the chunk of a file that it was cut from. */
export function sharedText(text: string): string {
  if (text.length > LONGEST) return copyOf(text);
  const known = texts.get(text);
  if (known !== undefined) return known;
  if (texts.size >= MOST) texts.clear();
  const copy = copyOf(text);
  texts.set(copy, copy);
  return copy;
}

/** An object or list of texts that says the same. */
export function sharedTexts<T extends Readonly<Record<string, string>> | readonly string[]>(value: T): T {
  const key = JSON.stringify(value);
  const known = objects.get(key);
  // The key is the whole value, so what stands under it has the same type.
  if (known !== undefined) return known as T;
  if (objects.size >= MOST) objects.clear();
  objects.set(key, value);
  return value;
}

function copyOf(text: string): string {
  return Buffer.from(text, "utf16le").toString("utf16le");
}
