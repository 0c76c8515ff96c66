/**
 * Splits text into top-level JSON documents without holding more than one of them: compact rows, pretty documents one after the other, and
 * Lists (an object with an array under one of the list keys, or a bare array), whose items come one by one. Text between documents that is no JSON is passed
 * over by the line. A document that breaks off (a raw line end in a string, a bracket where none can stand) ends there, and reading goes on.
 */
import type { DocumentHandler } from "./document-handler.js";
import { HeldText } from "./held-text.js";
import { READ_ALL, type Unread } from "./json-skeleton.js";
import { KUBERNETES_LISTS, type ListShape } from "./list-shape.js";
import { StringStops } from "./string-stops.js";
import { WholeDocuments } from "./whole-documents.js";

/** Deeper nesting than any Kubernetes object has; such a document is not parsed. */
const DEPTH_LIMIT = 512;
/** Longest document kept [characters]; parsed, it can take twenty times that. A List may be of any length. */
const SIZE_LIMIT = 16 * 1024 * 1024;
const NEWLINE = 10;
const QUOTE = 34;
const COMMA = 44;
const COLON = 58;
const OPEN_ARRAY = 91;
const BACKSLASH = 92;
const CLOSE_ARRAY = 93;
const OPEN_OBJECT = 123;
const CLOSE_OBJECT = 125;

export class JsonDocumentSplitter {
  private line = 1;
  private atLineStart = true;
  /** Nothing but white space so far on this line. */
  private lineIsBlank = true;
  /** Open brackets; the kind of each is kept up to the limit. */
  private depth = 0;
  private readonly isArray: boolean[] = [];
  private inString = false;
  private escaped = false;
  /** Last character of the document that is no white space. */
  private previous = 0;
  /** Text of a line outside of documents that is no JSON; "" while there is none. */
  private noise = "";
  private documentOpen = false;
  private firstLine = 1;
  private parts: string[] = [];
  private size = 0;
  private overLimit = false;
  /** Where the part of the open document that stands in this chunk begins. */
  private from = 0;
  private inList = false;
  private inItems = false;
  private itemDepth = 0;
  private listKind = "";
  /** The last key where a List may begin, and the string being read there. */
  private key = "";
  private isKey = false;
  private token = "";
  private tokenFrom = -1;
  private readonly whole: WholeDocuments;
  private readonly held = new HeldText();
  private isOver = false;

  /** @param unread values that the handler does not look at */
  constructor(
    private readonly handler: DocumentHandler,
    private readonly lists: ListShape = KUBERNETES_LISTS,
    unread: Unread = READ_ALL,
  ) {
    this.whole = new WholeDocuments(lists.keys, { characters: SIZE_LIMIT, brackets: DEPTH_LIMIT - 1 - lists.depth }, unread);
  }

  push(chunk: string): void {
    if (this.held.isEmpty) {
      this.read(chunk);
      return;
    }
    const [now, after] = this.held.add(chunk);
    if (now !== "") this.read(now);
    if (after !== "") this.push(after);
  }

  private read(chunk: string): void {
    this.from = 0;
    if (this.tokenFrom !== -1) this.tokenFrom = 0;
    const stops = new StringStops(chunk);
    for (let at = 0; at < chunk.length; at += 1) {
      if (this.inString && !this.escaped) {
        at = stops.next(at);
        if (at === chunk.length) break;
      }
      const code = chunk.charCodeAt(at);
      if (this.inString) this.stringCharacter(chunk, at, code);
      else if (code === NEWLINE) this.lineEnd();
      else if (code > 32 && code !== 0xfeff) {
        at = this.depth === 0 ? this.between(chunk, at, code) : this.structural(chunk, at, code);
        this.lineIsBlank = false;
      }
    }
    if (chunk !== "") this.atLineStart = chunk.endsWith("\n");
    if (this.documentOpen) this.keep(chunk.slice(this.from));
    if (this.tokenFrom !== -1) this.token += chunk.slice(this.tokenFrom, this.tokenFrom + 64);
  }

  /** The text is over: an open document or List is cut. Returns the number of physical lines. */
  end(): number {
    this.isOver = true;
    this.read(this.held.release());
    this.endNoise();
    const lines = this.atLineStart ? this.line - 1 : this.line;
    if (this.depth > 0) this.breakOff(lines);
    return lines;
  }

  private stringCharacter(chunk: string, at: number, code: number): void {
    if (code === NEWLINE) {
      this.breakOff(this.line);
      this.lineEnd();
    } else if (this.escaped) this.escaped = false;
    else if (code === BACKSLASH) this.escaped = true;
    else if (code === QUOTE) {
      this.inString = false;
      this.previous = QUOTE;
      if (this.tokenFrom !== -1) this.endToken(chunk.slice(this.tokenFrom, at));
    }
  }

  private lineEnd(): void {
    this.endNoise();
    this.lineIsBlank = true;
    this.line += 1;
  }

  /** Takes what stands outside of documents. Returns the last place that was read. */
  private between(chunk: string, at: number, code: number): number {
    if (this.noise !== "") this.noise += this.noise.length < 8 ? chunk.charAt(at) : "";
    else if (code === OPEN_OBJECT) return this.open(chunk, at, code);
    else if (code === OPEN_ARRAY) {
      this.open(chunk, at, code);
      this.startList(1);
    } else if (code !== COMMA) this.noise = chunk.charAt(at);
    return at;
  }

  private endNoise(): void {
    if (this.noise === "null") this.handler.empty(this.line);
    else if (this.noise !== "") this.handler.unreadable("noise", this.line, this.line);
    this.noise = "";
  }

  /** Takes what stands in a document outside of its strings. Returns the last place that was read. */
  private structural(chunk: string, at: number, code: number): number {
    if (code === QUOTE) {
      this.inString = true;
      this.isKey = this.previous !== COLON;
      if (this.depth <= this.lists.depth && this.inObjects()) this.tokenFrom = at + 1;
      return at;
    }
    if (code === OPEN_OBJECT && !this.mayOpenObject()) {
      this.breakOff(this.lineIsBlank ? this.line - 1 : this.line);
      return this.open(chunk, at, code);
    }
    if (code === OPEN_OBJECT || code === OPEN_ARRAY) return this.open(chunk, at, code);
    if (code === CLOSE_OBJECT || code === CLOSE_ARRAY) this.close(chunk, at, code);
    this.previous = code;
    return at;
  }

  /** An object stands after a colon or as an element of an array; anywhere else the document before it broke off. */
  private mayOpenObject(): boolean {
    if (this.depth > DEPTH_LIMIT || this.previous === COLON) return true;
    return this.isArray[this.depth - 1] === true && (this.previous === COMMA || this.previous === OPEN_ARRAY);
  }

  /** A bracket opens. Returns the last place that was read: where the document is read at once, its end. */
  private open(chunk: string, at: number, code: number): number {
    const isItem = this.inItems && this.depth === this.itemDepth && code === OPEN_OBJECT;
    if (isItem || (this.depth === 0 && code === OPEN_OBJECT)) {
      const last = this.handler.parsed === undefined ? at : this.atOnce(chunk, at, isItem);
      if (last !== at) return last;
      this.startDocument(at);
    }
    if (code === OPEN_ARRAY && this.mayStartList()) this.startList(this.depth + 1);
    if (this.depth < DEPTH_LIMIT) this.isArray[this.depth] = code === OPEN_ARRAY;
    else this.overLimit = true;
    this.depth += 1;
    this.previous = code;
    return at;
  }

  /** Reads the document that begins here in one step if it can be. Returns its last place, or this one; the end of the chunk where the rest is awaited. */
  private atOnce(chunk: string, at: number, isItem: boolean): number {
    const document = this.whole.read(chunk, at, isItem);
    if (document === undefined) return at;
    if (document === "cut") return !this.isOver && this.held.hold(chunk.slice(at)) ? chunk.length : at;
    const first = this.line;
    this.line += document.lineEnds;
    this.previous = CLOSE_OBJECT;
    if (isItem) this.handler.parsed?.(document.object, first, this.line, this.listKind);
    else this.handler.parsed?.(document.object, first, this.line);
    return document.end - 1;
  }

  private mayStartList(): boolean {
    const inDepth = this.depth > 0 && this.depth <= this.lists.depth;
    return inDepth && !this.inItems && this.previous === COLON && this.lists.keys.has(this.key) && this.inObjects();
  }

  /** No array stands around this place. */
  private inObjects(): boolean {
    return !this.isArray.slice(0, this.depth).includes(true);
  }

  private close(chunk: string, at: number, code: number): void {
    if (this.depth <= DEPTH_LIMIT && this.isArray[this.depth - 1] !== (code === CLOSE_ARRAY)) {
      this.breakOff(this.line);
      this.noise = chunk.charAt(at);
      return;
    }
    this.depth -= 1;
    if (this.documentOpen && this.depth === (this.inItems ? this.itemDepth : 0)) this.endDocument(chunk.slice(this.from, at + 1));
    else if (this.inItems && this.depth < this.itemDepth) this.inItems = false;
    if (this.inList && this.depth === 0) this.endList();
  }

  private startDocument(at: number): void {
    this.documentOpen = true;
    this.firstLine = this.line;
    this.from = at;
    this.parts = [];
    this.size = 0;
    this.overLimit = false;
    if (!this.inItems) {
      this.key = "";
      this.listKind = "";
    }
  }

  private endDocument(rest: string): void {
    this.keep(rest);
    this.documentOpen = false;
    this.whole.earn(this.size);
    const text = this.parts.join("");
    this.parts = [];
    if (this.overLimit) this.handler.unreadable("limit", this.firstLine, this.line);
    else if (this.inItems) this.handler.document(text, this.firstLine, this.line, this.listKind);
    else this.handler.document(text, this.firstLine, this.line);
  }

  private keep(piece: string): void {
    this.size += piece.length;
    if (this.size > SIZE_LIMIT || this.overLimit) {
      this.overLimit = true;
      this.parts = [];
    } else this.parts.push(piece);
  }

  private startList(itemDepth: number): void {
    if (!this.inList) this.handler.listStart(this.documentOpen ? this.firstLine : this.line);
    if (itemDepth === 1) this.listKind = "";
    this.documentOpen = false;
    this.parts = [];
    this.inList = true;
    this.inItems = true;
    this.itemDepth = itemDepth;
  }

  private endList(): void {
    this.inList = false;
    this.inItems = false;
    this.handler.listEnd(this.line, true);
  }

  /** Gives up the open document and List; the next line begins outside of both. */
  private breakOff(lastLine: number): void {
    if (this.documentOpen) this.handler.unreadable("cut", this.firstLine, lastLine);
    else this.handler.unreadable("cut", lastLine, lastLine);
    this.documentOpen = false;
    this.parts = [];
    this.depth = 0;
    this.inString = false;
    this.escaped = false;
    this.tokenFrom = -1;
    this.token = "";
    if (this.inList) {
      this.inList = false;
      this.inItems = false;
      this.handler.listEnd(lastLine, false);
    }
  }

  /** A string that may name a List is over: a key, or the value of the last one. */
  private endToken(rest: string): void {
    const text = this.token + rest;
    this.token = "";
    this.tokenFrom = -1;
    if (this.isKey) this.key = text;
    else if (this.key === "kind" && this.depth === 1) this.listKind = text;
  }
}
