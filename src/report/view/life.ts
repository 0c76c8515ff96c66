import type { JobLife, LifePart } from "../../model/report.js";
import { AFTER_DISCONNECT } from "../../model/reports/measures.js";
import type { MessageKey } from "../locales/index.js";
import { type LifeBar, type LifeRow, lifeSvg } from "../svg/life.js";
import type { Html } from "../templates/markup.js";
import { phraseHtml } from "../templates/markup.js";
import { decimalsFor, formatNumber, number, range } from "../words/numbers.js";
import { join, type Phrase, say, toText } from "../words/phrase.js";
import { reasonPhrase } from "../words/reasons.js";
import { type Context, cell, sayHtml, sayText } from "./context.js";
import { type Division, divisionOf } from "./life-division.js";

/** What a figure of the life shows: rows on one axis, documented above measured. */
export interface LifeFigure {
  readonly rows: readonly LifeRow[];
  readonly longestMs: number;
  readonly totals: { readonly documented: Phrase; readonly measured?: Phrase };
  /** What it shows, in sentences. */
  readonly finding: Phrase;
  /** How to read it. */
  readonly note: Phrase;
}

/** How far a Job's life was measured: from creation to deletion, up to the disconnect, or in parts with others missing between them. */
type Reach = "whole" | "disconnect" | "parts";

function reachOf({ documented, measured }: JobLife): Reach {
  const seen = new Set(measured.map(({ part }) => part));
  const isSeen = ({ part }: LifePart) => seen.has(part) || (AFTER_DISCONNECT.has(part) && seen.has("after-disconnect"));
  if (documented.every(isSeen)) return "whole";
  const isAfter = ({ part }: LifePart) => AFTER_DISCONNECT.has(part);
  return documented.every((part) => isSeen(part) || isAfter(part)) && !measured.some(isAfter) ? "disconnect" : "parts";
}

/** The rows of the figure; undefined where nothing was measured. */
export function lifeFigure(context: Context): LifeFigure | undefined {
  const { documented, measured } = context.report.jobLife;
  if (measured.length === 0) return undefined;
  const { locale } = context;
  const reach = reachOf(context.report.jobLife);
  const notes = [say(locale, reach === "parts" ? "life.note-parts" : "life.note"), ...openPhrases(context)];
  return {
    rows: [
      ...(documented.length > 0 ? [row(context, documented, { kind: "documented", title: "life.documented", hasTotal: true })] : []),
      row(context, measured, { kind: "measured", title: MEASURED_TITLES[reach], hasTotal: reach !== "parts" }),
    ],
    longestMs: Math.max(total(documented), total(measured)),
    totals: {
      documented: seconds(context, total(documented)),
      ...(reach === "whole" ? { measured: seconds(context, total(measured)) } : {}),
    },
    finding: join(findingPhrases(context, reach), " "),
    note: join(reach === "whole" ? [say(locale, "life.open"), ...notes] : notes, " "),
  };
}

const MEASURED_TITLES = {
  whole: "life.measured",
  disconnect: "life.measured-disconnect",
  parts: "life.measured-parts",
} as const satisfies Record<Reach, MessageKey>;

/** A sum only over what was measured without a gap, and named for what it reaches to. */
function findingPhrases(context: Context, reach: Reach): Phrase[] {
  const { locale } = context;
  const { documented, measured } = context.report.jobLife;
  if (reach === "parts")
    return [say(locale, "life.finding-parts", { documented: seconds(context, total(documented)) }), ...whyPhrases(context)];
  const compared = reach === "whole" ? documented : documented.filter(({ part }) => !AFTER_DISCONNECT.has(part));
  const sums = { measured: seconds(context, total(measured)), documented: seconds(context, total(compared)) };
  const difference = differencePhrase(context, compared);
  return reach === "whole"
    ? [say(locale, "life.finding", sums), ...difference]
    : [say(locale, "life.finding-disconnect", sums), ...difference, say(locale, "life.after-missing"), ...whyPhrases(context)];
}

/** Why a part was not measured, and how long Jobs lived in all where that is known. */
function whyPhrases(context: Context): Phrase[] {
  const { report, locale } = context;
  const { missing, whole } = report.jobLife;
  return [
    ...(missing === undefined ? [] : [missingPhrase(context, missing)]),
    ...(whole === undefined
      ? []
      : [say(locale, "life.whole", { x: number(locale, whole.durationMs / 1000, wholeDecimals(whole)), n: whole.n })]),
  ];
}

/** Of the median of the whole life, in seconds: what its interval deserves, as in the table of stages. */
function wholeDecimals({ ci95Ms }: NonNullable<JobLife["whole"]>): number {
  return ci95Ms !== undefined && ci95Ms[1] > ci95Ms[0] ? Math.min(1, decimalsFor((ci95Ms[1] - ci95Ms[0]) / 1000)) : 1;
}

function missingPhrase({ locale, times }: Context, missing: NonNullable<JobLife["missing"]>): Phrase {
  const why = reasonPhrase(locale, times, missing, "reason");
  return AFTER_DISCONNECT.has(missing.part) ? why : say(locale, "life.missing", { part: say(locale, `part.${missing.part}`), why });
}

/** Why there is no figure. */
export function lifeNone(context: Context): Html {
  return phraseHtml(join([say(context.locale, "life.none"), ...whyPhrases(context)], " "));
}

/** The life of one Job, documented above measured. */
export function lifeView(context: Context): object | undefined {
  const { documented, measured } = context.report.jobLife;
  const figure = lifeFigure(context);
  if (figure === undefined) return undefined;
  const { rows, longestMs: longest, totals, finding, note } = figure;
  const hasTiny = measured.some((part) => isTiny(part, longest));
  const names = [...new Set([...documented, ...measured].map((part) => part.part))];
  return {
    finding: phraseHtml(finding),
    svg: lifeSvg({ rows, longestMs: longest, axis: sayText(context, "life.axis"), label: toText(finding) }),
    note: phraseHtml(note),
    tiny: hasTiny ? tinyHtml(context, measured, longest) : undefined,
    rows: names.map((name) => ({
      part: sayHtml(context, `part.${name}`),
      documented: cell(partSeconds(context, documented, name)),
      measured: cell(partSeconds(context, measured, name) ?? boundSeconds(context, name)),
    })),
    totals: { documented: phraseHtml(totals.documented), measured: cell(totals.measured) },
  };
}

/** A difference below this share of the documented life is not worth a sentence. */
const WORTH_SAYING = 0.05;

/** The part in which documented and measured differ most; nothing where they hardly do. */
function differencePhrase(context: Context, documented: readonly LifePart[]): Phrase[] {
  const { measured } = context.report.jobLife;
  if (documented.length === 0 || measured.length === 0) return [];
  const sums = (parts: readonly LifePart[]): Map<LifePart["part"], number> => {
    const found = new Map<LifePart["part"], number>();
    for (const { part, durationMs } of parts) {
      const name = AFTER_DISCONNECT.has(part) ? "after-disconnect" : part;
      found.set(name, (found.get(name) ?? 0) + durationMs);
    }
    return found;
  };
  const [said, seen] = [sums(documented), sums(measured)];
  const parts = [...seen].flatMap(([part, ms]) => (said.has(part) ? [{ part, ms, saidMs: said.get(part) ?? 0 }] : []));
  const most = parts.sort((a, b) => Math.abs(b.ms - b.saidMs) - Math.abs(a.ms - a.saidMs))[0];
  if (most === undefined || Math.abs(most.ms - most.saidMs) < WORTH_SAYING * total(documented)) return [];
  const values = { part: say(context.locale, `part.${most.part}`), x: seconds(context, most.ms), y: seconds(context, most.saidMs) };
  return [say(context.locale, "life.difference", values)];
}

/** A part of a smaller share of the axis is too narrow to be seen. */
const SEEN_SHARE = 0.012;

function isTiny({ durationMs }: LifePart, longestMs: number): boolean {
  return durationMs > 0 && durationMs < longestMs * SEEN_SHARE;
}

/** The measured parts that are there and cannot be seen. */
function tinyHtml(context: Context, parts: readonly LifePart[], longest: number): Html {
  const { locale } = context;
  const named = parts
    .filter((part) => isTiny(part, longest))
    .map((part) => [
      ...say(locale, `part.${part.part}`),
      { text: " " },
      ...say(locale, "unit.s", { x: seconds(context, part.durationMs) }),
    ]);
  return sayHtml(context, "life.tiny", { parts: join(named, ", ") });
}

function total(parts: readonly LifePart[]): number {
  return parts.reduce((sum, part) => sum + part.durationMs, 0);
}

function seconds(context: Context, durationMs: number): Phrase {
  return number(context.locale, durationMs / 1000, durationMs < 1000 ? 2 : 1);
}

function partSeconds(context: Context, parts: readonly LifePart[], name: LifePart["part"]): Phrase | undefined {
  const part = parts.find((candidate) => candidate.part === name);
  return part === undefined ? undefined : seconds(context, part.durationMs);
}

/** Between what a part lies that cannot be told apart from the others after the disconnect. */
function boundSeconds({ report, locale }: Context, name: LifePart["part"]): Phrase | undefined {
  const bounds = report.jobLife.afterDisconnect?.find(({ part }) => part === name);
  if (bounds === undefined) return undefined;
  const [low, high] = bounds.rangeMs;
  return low === high ? number(locale, low / 1000, 1) : range(locale, low / 1000, high / 1000, 1);
}

/** How far what follows the disconnect is known by its parts; undefined where it is measured part by part, or documented as one. */
function divided({ report }: Context): { readonly atMs: number; readonly division: Division | undefined } | undefined {
  const { documented, measured, afterDisconnect } = report.jobLife;
  const index = measured.findIndex(({ part }) => part === "after-disconnect");
  const whole = measured[index];
  if (whole === undefined || documented.filter(({ part }) => AFTER_DISCONNECT.has(part)).length < 2) return undefined;
  return {
    atMs: total(measured.slice(0, index)),
    division: afterDisconnect === undefined ? undefined : divisionOf(whole.durationMs, afterDisconnect),
  };
}

/** What has a dashed outline, if anything has. */
function openPhrases(context: Context): Phrase[] {
  const { locale, report } = context;
  const found = divided(context);
  if (found === undefined) return [];
  if (found.division !== undefined) return [say(locale, "life.either")];
  const parts = report.jobLife.documented.filter(({ part }) => AFTER_DISCONNECT.has(part));
  const names = parts.map(({ part }) => say(locale, `part.${part}`));
  return [say(locale, "life.undivided", { parts: join(names, ", ") })];
}

function row(
  context: Context,
  parts: readonly LifePart[],
  { kind, title, hasTotal }: { kind: LifeRow["kind"]; title: MessageKey; hasTotal: boolean },
): LifeRow {
  const { locale } = context;
  return {
    kind,
    title: sayText(context, title),
    ...(hasTotal ? { total: toText(say(locale, "unit.s", { x: seconds(context, total(parts)) })) } : {}),
    parts: parts.flatMap((part): LifeBar[] => {
      const open = part.part === "after-disconnect" ? divided(context) : undefined;
      const stretches = open?.division?.stretches;
      if (stretches !== undefined)
        return stretches.map(({ part: of, durationMs }) => ({ name: "", durationMs, text: "", isOpen: of === null }));
      const text = formatNumber(locale, part.durationMs / 1000, part.durationMs < 1000 ? 2 : 1);
      return [{ name: sayText(context, `part.${part.part}`), durationMs: part.durationMs, text, isOpen: open !== undefined }];
    }),
    bounds: kind === "measured" ? boundsBelow(context) : [],
  };
}

function boundsBelow(context: Context): LifeRow["bounds"] {
  const { atMs = 0, division } = divided(context) ?? {};
  return (division?.reach ?? []).map(({ part, fromMs, toMs }) => ({
    name: sayText(context, `part.${part}`),
    fromMs: atMs + fromMs,
    toMs: atMs + toMs,
    text: toText(boundSeconds(context, part) ?? []),
  }));
}
