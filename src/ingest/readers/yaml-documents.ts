/**
 * Splits YAML as kubectl and the common libraries print it into top-level documents (`---`), and a List (`items:`, or a bare sequence) into its
 * items, so that no more than one object is held at a time. Lines alone decide, which holds for block style: what belongs to an item is indented
 * deeper than its dash, and what begins at the margin is a key of the object. A key that was there already begins the next document, as where two
 * outputs stand in one file without `---` between; anything else at the margin is text of other programs (errors of kubectl), and the object
 * goes on after it. Anchors do not reach across items; no capture has any.
 */
import type { DocumentHandler, LineRange } from "../json/document-handler.js";
import { topLevelKey } from "./yaml-keys.js";

/** The API server accepts objects of 1.5 MB; YAML of one is little longer than its JSON [characters]. */
const SIZE_LIMIT = 4 * 1024 * 1024;
const BOUNDARY = /^(?:---|\.\.\.)(?:\s|$)/;
const LIST = /^(["']?)[iI]tems\1\s*:\s*(?:#.*)?$/;
const KIND = /^kind:\s*["']?(\w{1,60})["']?\s*$/;
const DASH = /^( *)-(?:\s|$)/;
/** Nothing, or a comment. */
const BLANK = /^\s*(?:#.*)?$/;
/** The beginning of a key, cut. */
const CUT_KEY = /^["']?[A-Za-z]{1,50}$/;
const INDENTED = /^[ \t]/;
/** A document that is no block of keys: flow style, or nothing. */
const OTHER_DOCUMENT = /^(?:[{["']|(?:null|~)\s*$)/;
/** Keys that no object has both: a row of a watch holds the object, and has no version itself. */
const EXCLUSIVE: ReadonlyMap<string, string> = new Map([
  ["apiVersion", "object"],
  ["object", "apiVersion"],
]);

export class YamlDocumentSplitter {
  private parts: string[] = [];
  private size = 0;
  private overLimit = false;
  private firstLine = 0;
  private lastLine = 0;
  /** Keys at the margin of the open document or List. */
  private readonly keys = new Set<string>();
  /** The open document or sequence did not begin with a key at the margin: none can follow. */
  private isOther = false;
  /** Lines that are none of the open document or List, in order, and of which nobody was told yet. */
  private foreign: LineRange[] = [];
  private isBroken = false;
  private lastText = "";
  /** Inside a List: indentation of its dashes; null before the first. */
  private inList = false;
  private dashes: number | null = null;
  private itemOpen = false;
  private listKind = "";

  constructor(private readonly handler: DocumentHandler) {}

  /** Takes one line without its line end. */
  line(text: string, number: number): void {
    this.lastText = text;
    if (BOUNDARY.test(text)) this.boundary(text, number);
    else if (this.inList || this.size > 0) this.inside(text, number);
    else this.between(text, number);
  }

  /** The text is over. `terminated`: its last line has an end. */
  end(terminated: boolean): void {
    // The last key of a document that breaks off may be cut itself.
    const last = this.foreign.at(-1)?.last ?? 0;
    if (!terminated && last > this.lastLine && this.size > 0 && CUT_KEY.test(this.lastText)) {
      this.lastLine = last;
      this.isBroken = true;
    }
    this.endAll();
  }

  private boundary(text: string, number: number): void {
    this.endAll();
    const rest = text.slice(3).trim();
    if (rest !== "") this.between(rest, number);
  }

  /** No document is open. */
  private between(text: string, number: number): void {
    if (BLANK.test(text)) return;
    const key = topLevelKey(text);
    if (DASH.test(text)) {
      this.isOther = true;
      this.startList(text, number);
    } else if (key !== undefined) this.takeKey(key, text, number);
    else if (INDENTED.test(text) || OTHER_DOCUMENT.test(text)) {
      this.isOther = true;
      this.keep(text, number);
    } else this.handler.unreadable("noise", number, number);
  }

  private inside(text: string, number: number): void {
    const key = topLevelKey(text);
    if (key !== undefined) {
      if (this.isOther || this.keys.has(key) || this.keys.has(EXCLUSIVE.get(key) ?? "")) this.endAll();
      this.takeKey(key, text, number);
    } else if (this.inList) this.listLine(text, number);
    else if (this.isOther || INDENTED.test(text) || BLANK.test(text) || DASH.test(text)) this.keep(text, number);
    else this.passOver(number);
  }

  private takeKey(key: string, text: string, number: number): void {
    this.keys.add(key);
    if (this.inList) this.listKey(text, number);
    else if (LIST.test(text)) this.startList("", number);
    else this.keep(text, number);
  }

  private startList(first: string, number: number): void {
    this.listKind = this.kindSoFar();
    this.handler.listStart(this.firstLine || number);
    this.reset();
    this.inList = true;
    this.lastLine = number;
    this.dashes = null;
    if (first !== "") this.listLine(first, number);
  }

  private listLine(text: string, number: number): void {
    const indent = DASH.exec(text)?.[1]?.length;
    if (indent !== undefined && (this.dashes === null || indent === this.dashes)) {
      this.endItem();
      this.tellForeign();
      this.dashes = indent;
      this.itemOpen = true;
      this.keep(`${text.slice(0, indent)} ${text.slice(indent + 1)}`, number);
    } else if (BLANK.test(text)) {
      if (this.itemOpen) this.keep(text, this.lastLine);
    } else if (INDENTED.test(text)) {
      if (this.itemOpen) this.keep(text, number);
      else this.ownLine(number);
    } else this.passOver(number);
  }

  /** A key of the List itself, after its items. */
  private listKey(text: string, number: number): void {
    this.endItem();
    this.listKind = KIND.exec(text)?.[1] ?? this.listKind;
    this.ownLine(number);
  }

  private ownLine(number: number): void {
    this.tellForeign();
    this.lastLine = number;
  }

  private keep(text: string, number: number): void {
    if (this.size === 0) this.firstLine = number;
    this.lastLine = number;
    this.size += text.length + 1;
    if (this.size > SIZE_LIMIT) {
      this.overLimit = true;
      this.parts = [];
      this.foreign = [];
    } else this.parts.push(text);
  }

  /** Whether the object goes on after this line is known only later. */
  private passOver(number: number): void {
    const before = this.foreign.at(-1);
    const goesOn = before?.last === number - 1;
    if (goesOn) this.foreign.pop();
    this.foreign.push({ first: goesOn ? before.first : number, last: number });
  }

  private endItem(): void {
    if (this.itemOpen) this.hand(this.listKind);
    this.itemOpen = false;
  }

  private endAll(): void {
    if (this.inList) this.endList();
    else if (this.size > 0 && this.isCut()) this.breakOff(this.firstLine);
    else if (this.size > 0) this.hand(undefined);
    this.tellForeign();
    this.reset();
    this.keys.clear();
    this.isOther = false;
  }

  private endList(): void {
    if (this.isCut()) {
      const first = this.itemOpen ? this.firstLine : this.lastLine;
      this.handler.listEnd(first - 1, false);
      this.breakOff(first);
    } else {
      this.endItem();
      this.handler.listEnd(this.lastLine, true);
    }
    this.itemOpen = false;
    this.inList = false;
  }

  /** Printers sort the keys: an object or List with a version has a kind after it, and a row of a watch a type after the object. */
  private isCut(): boolean {
    const { keys } = this;
    return this.isBroken || (keys.has("apiVersion") && !keys.has("kind")) || (keys.has("object") && !keys.has("type"));
  }

  private breakOff(first: number): void {
    this.handler.unreadable("cut", first, this.lastLine);
    this.foreign = this.foreign.filter((range) => range.first > this.lastLine);
  }

  private hand(listKind: string | undefined): void {
    const text = this.parts.join("\n");
    if (this.overLimit) this.handler.unreadable("limit", this.firstLine, this.lastLine);
    else if (/^\s*(?:null|~)?\s*$/.test(text)) this.handler.empty(this.firstLine);
    else {
      const within = this.foreign.filter((range) => range.last < this.lastLine);
      this.foreign.splice(0, within.length);
      this.handler.document(text, this.firstLine, this.lastLine, listKind, within);
    }
    this.reset();
  }

  private tellForeign(): void {
    for (const { first, last } of this.foreign) this.handler.unreadable("noise", first, last);
    this.foreign = [];
  }

  private reset(): void {
    this.parts = [];
    this.size = 0;
    this.overLimit = false;
    this.firstLine = 0;
  }

  private kindSoFar(): string {
    for (const part of this.parts) {
      const kind = KIND.exec(part)?.[1];
      if (kind !== undefined) return kind;
    }
    return "";
  }
}
