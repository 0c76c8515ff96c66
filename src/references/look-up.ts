import { readdir, readFile, stat } from "node:fs/promises";
import { basename, join } from "node:path";
import { PostrunError, systemReason } from "../model/errors.js";
import type { ClaimLookup, ReportClaim } from "../model/report.js";

/** A number without a quote counts as cited when it stands this near the cited lines. */
const NEAR_LINES = 5;

/** Documents are text; a larger file is none. */
const MOST_MEGABYTES = 64;

/** How units are written in documents, in English, Hebrew and code; also right behind their number (50s). */
const UNIT_WORDS: Readonly<Record<ReportClaim["documented"]["unit"], RegExp>> = {
  s: /(?<![a-z'’])(?:s|secs?)\b|seconds?|שנ/i,
  count: /./,
  jobs: /./,
  millicores: /(?<![a-z'’])m\b|milli|CPU/i,
  share: /%/,
};

/** Other units in which the same is written: how many of them one of the claim's is, and their words right behind the number. */
const OTHER_UNITS: Partial<Record<ReportClaim["documented"]["unit"], readonly { readonly factor: number; readonly word: string }[]>> = {
  s: [
    { factor: 1000, word: "(?:ms|msecs?|milliseconds?)\\b|מילישני|אלפיות" },
    { factor: 1 / 60, word: "(?:min|mins|minutes?)\\b|דק" },
    { factor: 1 / 3600, word: "(?:h|hrs?|hours?)\\b|שע" },
  ],
  millicores: [{ factor: 0.001, word: "(?:cores?|cpus?)\\b|ליב" }],
};

/**
 * Looks each claim's citation up in a copy of the documents: its quote, or without one its number and unit, at the cited lines, elsewhere
 * in the file, in a file of the same name elsewhere, or nowhere. Throws a PostrunError (input) where the folder, or a document in it, cannot be read.
 */
export async function lookUpReferences(claims: readonly ReportClaim[], folder: string): Promise<ReadonlyMap<string, ClaimLookup>> {
  const files = await listFiles(folder);
  const texts = new Map<string, readonly string[]>();
  const linesOf = async (file: string) => {
    const known = texts.get(file);
    if (known !== undefined) return known;
    const lines = await linesOfDocument(join(folder, file));
    texts.set(file, lines);
    return lines;
  };
  const result = new Map<string, ClaimLookup>();
  for (const claim of claims) {
    const cited = files.includes(claim.source.file)
      ? claim.source.file
      : files.find((file) => basename(file) === basename(claim.source.file));
    result.set(claim.id, cited === undefined ? { status: "gone" } : await lookUp(claim, cited, await linesOf(cited)));
  }
  return result;
}

async function linesOfDocument(path: string): Promise<readonly string[]> {
  const { size } = await stat(path);
  if (size > MOST_MEGABYTES * 1_000_000) {
    const message = `${path}: ${Math.ceil(size / 1_000_000)} MB, more than a document can have (${MOST_MEGABYTES} MB)`;
    throw new PostrunError("input", message, "give --docs a folder in which it is text, or none of its name");
  }
  const text = await readFile(path, "utf8").catch((error: unknown) => {
    throw new PostrunError("input", `${path}: cannot be read (${systemReason(error)})`, "check who may read it");
  });
  return text.split(/\r\n|\n|\r/);
}

async function lookUp(claim: ReportClaim, file: string, lines: readonly string[]): Promise<ClaimLookup> {
  const ranges = lineRanges(claim.source.lines);
  const { quote } = claim.source;
  const hits = quote === undefined ? linesWithNumber(claim, lines) : linesWithQuote(quote, lines);
  const slack = quote === undefined ? NEAR_LINES : 0;
  const near = hits.find((line) => ranges.some(([from, to]) => line >= from - slack && line <= to + slack));
  if (near !== undefined) return { status: file === claim.source.file ? "found" : "moved", file, line: near };
  const [elsewhere] = hits;
  // A bare number elsewhere in a document proves nothing; a quote does.
  return quote === undefined || elsewhere === undefined ? { status: "changed", file } : { status: "moved", file, line: elsewhere };
}

/** `66, 610, 657-665` as pairs of line numbers. */
function lineRanges(text: string): [number, number][] {
  return text.split(",").map((part) => {
    const [from, to] = part.trim().split("-").map(Number);
    return [from ?? 0, to ?? from ?? 0];
  });
}

/** Lines (from 1) at which the quote begins; white space and line breaks do not count. */
function linesWithQuote(quote: string, lines: readonly string[]): number[] {
  const wanted = squeeze(quote);
  const hits: number[] = [];
  for (const [index, line] of lines.entries()) {
    const here = squeeze(line);
    const joined = squeeze([line, lines[index + 1] ?? "", lines[index + 2] ?? ""].join(" "));
    const begins = joined.indexOf(wanted);
    if (here.includes(wanted) || (begins >= 0 && begins < here.length)) hits.push(index + 1);
  }
  return hits;
}

function linesWithNumber({ documented }: ReportClaim, lines: readonly string[]): number[] {
  // Beside a single value, the ends are those of what agrees with it, which no document states.
  const { value, low, high } = documented;
  const numbers = (value === undefined ? [low, high] : [value]).filter((number) => number !== undefined);
  const unit = UNIT_WORDS[documented.unit];
  const otherUnits = OTHER_UNITS[documented.unit] ?? [];
  const notBehind = otherUnits.map(({ word }) => word).join("|");
  const patterns = numbers.map((number) => numberPattern(number, notBehind === "" ? "" : `(?!${BEHIND}(?:${notBehind}))`));
  const others = otherUnits.map((other) => inOtherUnit(numbers, other));
  return lines.flatMap((line, index) => {
    const around = lines.slice(Math.max(0, index - 1), index + 2).join(" ");
    const isSame = patterns.every((pattern) => pattern.test(line)) && unit.test(around);
    return isSame || others.some((written) => written.every((pattern) => pattern.test(line))) ? [index + 1] : [];
  });
}

/** 0.3 s as 300 ms; of a range the unit stands behind the last number. */
function inOtherUnit(numbers: readonly number[], { factor, word }: { readonly factor: number; readonly word: string }): RegExp[] {
  const behindLast = `${BEHIND}(?:${word})`;
  return numbers.map((number, index) =>
    numberPattern(Number((number * factor).toPrecision(9)), index === numbers.length - 1 ? behindLast : ""),
  );
}

/** What may stand between a number and its unit. */
const BEHIND = "[\\s-]?";

/** The number as a word of its own, with or without thousands separators, and what must stand behind it. */
function numberPattern(number: number, behind: string): RegExp {
  const plain = String(number).replace(".", "\\.");
  const grouped = number.toLocaleString("en-US", { maximumFractionDigits: 9 }).replace(".", "\\.");
  return new RegExp(`(?<![\\d.,])(?:${plain}|${grouped})(?![\\d]|[.,]\\d)${behind}`, "i");
}

function squeeze(text: string): string {
  return text
    .replace(/[\s`*_>|"'“”]+/g, " ")
    .trim()
    .toLowerCase();
}

async function listFiles(folder: string, below = ""): Promise<string[]> {
  const entries = await readdir(join(folder, below), { withFileTypes: true }).catch((error: unknown) => {
    throw new PostrunError(
      "input",
      `${join(folder, below)}: cannot be read (${systemReason(error)})`,
      "--docs takes the folder in which the cited documents stand",
    );
  });
  const files: string[] = [];
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = below === "" ? entry.name : `${below}/${entry.name}`;
    if (entry.isDirectory()) {
      if (entry.name.startsWith(".") || entry.name === "node_modules") continue;
      for (const file of await listFiles(folder, path)) files.push(file);
      continue;
    }
    // A link to a file is a document; one to a folder is not followed: it could lead back here.
    const facts = await stat(join(folder, path)).catch(() => null);
    if (facts?.isFile()) files.push(path);
  }
  return files;
}
