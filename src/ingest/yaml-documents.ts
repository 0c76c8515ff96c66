/**
 * Splits YAML as kubectl and the common libraries print it into top-level documents (`---`), and a List (`items:`, or a bare sequence) into its
 * items, so that no more than one object is held at a time. Lines alone decide, which holds for block style: what belongs to an item is indented
 * deeper than its dash. Anchors do not reach across items; no capture has any.
 */
import type { DocumentHandler } from "./document-handler.js";

/** The API server accepts objects of 1.5 MB; YAML of one is little longer than its JSON [characters]. */
const SIZE_LIMIT = 4 * 1024 * 1024;
const LIST = /^(["']?)[iI]tems\1\s*:\s*(?:#.*)?$/;
const KIND = /^kind:\s*["']?(\w{1,60})["']?\s*$/;
const DASH = /^( *)-(?:\s|$)/;
/** Nothing, or a comment. */
const BLANK = /^\s*(?:#.*)?$/;

export class YamlDocumentSplitter {
  private parts: string[] = [];
  private size = 0;
  private overLimit = false;
  private firstLine = 0;
  private lastLine = 0;
  /** Inside a List: indentation of its dashes; null before the first. */
  private inList = false;
  private dashes: number | null = null;
  private itemOpen = false;
  private listKind = "";

  constructor(private readonly handler: DocumentHandler) {}

  /** Takes one line without its line end. */
  line(text: string, number: number): void {
    if (/^(?:---|\.\.\.)(?:\s|$)/.test(text)) this.boundary(text, number);
    else if (this.inList) this.listLine(text, number);
    else if (this.size === 0 && BLANK.test(text)) return;
    else if (this.size === 0 && DASH.test(text)) this.startList(text, number);
    else if (LIST.test(text)) this.startList("", number);
    else this.keep(text, number);
  }

  /** The text is over. */
  end(): void {
    this.endAll();
  }

  private boundary(text: string, number: number): void {
    this.endAll();
    const rest = text.slice(3).trim();
    if (rest !== "" && !rest.startsWith("#")) this.keep(rest, number);
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
      this.dashes = indent;
      this.itemOpen = true;
      this.keep(`${text.slice(0, indent)} ${text.slice(indent + 1)}`, number);
    } else if (BLANK.test(text)) {
      if (this.itemOpen) this.keep(text, this.lastLine);
    } else if (this.itemOpen && (text.startsWith(" ") || text.startsWith("\t"))) this.keep(text, number);
    else {
      // A key of the List itself, after its items.
      this.endItem();
      this.listKind = KIND.exec(text)?.[1] ?? this.listKind;
      this.lastLine = number;
    }
  }

  private keep(text: string, number: number): void {
    if (this.size === 0) this.firstLine = number;
    this.lastLine = number;
    this.size += text.length + 1;
    if (this.size > SIZE_LIMIT) {
      this.overLimit = true;
      this.parts = [];
    } else this.parts.push(text);
  }

  private endItem(): void {
    if (this.itemOpen) this.hand(this.listKind);
    this.itemOpen = false;
  }

  private endAll(): void {
    if (this.inList) {
      this.endItem();
      this.handler.listEnd(this.lastLine);
      this.inList = false;
    } else if (this.size > 0) this.hand(undefined);
    this.reset();
  }

  private hand(listKind: string | undefined): void {
    const text = this.parts.join("\n");
    if (this.overLimit) this.handler.unreadable("limit", this.firstLine, this.lastLine);
    else if (/^\s*(?:null|~)?\s*$/.test(text)) this.handler.empty(this.firstLine);
    else if (listKind === undefined) this.handler.document(text, this.firstLine, this.lastLine);
    else this.handler.document(text, this.firstLine, this.lastLine, listKind);
    this.reset();
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
