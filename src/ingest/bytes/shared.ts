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

/** Different words remembered at once. */
const MOST_WORDS = 1000;
const words = new Map<string, string>();

/** The same for texts of which there are few: kinds, reasons, namespaces, nodes, most messages of Events. */
export function sharedWord(text: string): string {
  const known = words.get(text);
  if (known !== undefined) return known;
  if (text.length > LONGEST) return copyOf(text);
  if (words.size >= MOST_WORDS) words.clear();
  const copy = copyOf(text);
  words.set(copy, copy);
  return copy;
}

/** Things remembered of each sort: those that many rows in a row speak of, few enough to stay in the processor's cache. */
const MOST_THINGS = 5000;

/** What was made for a key, while it is among the latest thousands; whoever finds it checks that it still fits. */
export class Remembered<T> {
  private readonly entries = new Map<string, T>();

  get(key: string): T | undefined {
    return this.entries.get(key);
  }

  set(key: string, value: T): T {
    if (this.entries.size >= MOST_THINGS) this.entries.clear();
    this.entries.set(key, value);
    return value;
  }
}

/** The same text without a hold on the chunk of a file that it may be cut from. The engine copies texts that are shorter than that. */
export function ownText(text: string): string {
  return text.length < CUT_LENGTH ? text : copyOf(text);
}

/** The shortest text that the engine keeps as a part of the one it was cut from [characters]. */
const CUT_LENGTH = 13;
const BEYOND_ONE_BYTE = /[^\0-\xff]/;
/** Room for a text of one byte a character. */
const room = Buffer.alloc(1024);

function copyOf(text: string): string {
  if (BEYOND_ONE_BYTE.test(text)) return Buffer.from(text, "utf16le").toString("utf16le");
  if (text.length > room.length) return Buffer.from(text, "latin1").toString("latin1");
  return room.toString("latin1", 0, room.write(text, "latin1"));
}
