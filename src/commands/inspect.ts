import type { InspectedSource, Inspection } from "../model/inspection.js";
import type { ReportClock } from "../model/report.js";
import { visibleData } from "../model/reports/visible.js";
import type { Reason } from "../model/source.js";
import { isoFromEpoch } from "../model/time.js";
import type { Language } from "../report/locales/index.js";
import { counted } from "./counted.js";
import { filesRead } from "./files-read.js";
import { type LanguageFlag, textLanguage } from "./language.js";
import { assertOutputs, STDOUT, writeTarget } from "./output.js";
import { progressLine } from "./progress.js";
import { type AnalysisFlags, analysisOptions } from "./run-analysis.js";

export interface InspectFlags extends AnalysisFlags {
  readonly json?: string;
  readonly lang?: LanguageFlag;
  readonly force?: boolean;
}

/** Says what each input is, what was recognised in it and what is missing, and refuses no file that exists. */
export async function inspectCommand(inputs: readonly string[], flags: InspectFlags): Promise<void> {
  const { json, force = false } = flags;
  if (json !== undefined) await assertOutputs([{ path: json, force }], (await filesRead(inputs, flags)).paths);
  const { inspect } = await import("../postrun.js");
  const progress = progressLine(process.stderr);
  const inspection = await inspect({ ...(await analysisOptions(inputs, flags)), onProgress: progress.show }).finally(progress.clear);
  if (json !== undefined) {
    await writeTarget({ path: json, force }, `${JSON.stringify(inspection, null, 2)}\n`);
    if (json === STDOUT) return;
  }
  process.stdout.write(await inspectionText(inspection, textLanguage(flags.lang)));
}

/** The inspection for people: a paragraph for each input, then what they are together. Nothing of a log acts on the terminal. */
export async function inspectionText(given: Inspection, language: Language): Promise<string> {
  const inspection = visibleData(given);
  const { LOCALES } = await import("../report/locales/index.js");
  const { sayIfKnown, toText } = await import("../report/words/phrase.js");
  const { diagnosticReason } = await import("../report/words/reasons.js");
  const { zoneLabel } = await import("../report/words/times.js");
  const sentence = (group: "diagnostic" | "missing", { key, values }: Reason): string => {
    const known = sayIfKnown(LOCALES[language], `${group}.${key}`, values);
    const shown = Object.entries(values).map(([name, value]) => `${name}=${value}`);
    return known === undefined ? [key, ...shown].join(" ") : toText(known);
  };
  const noteLine = (note: Inspection["diagnostics"][number]) =>
    `  ! ${sentence("diagnostic", diagnosticReason(note))}${note.values.paths === undefined ? "" : ` (${note.values.paths})`}`;
  const lines = inspection.sources.flatMap((source) => [...sourceLines(source), ...source.diagnostics.map(noteLine), ""]);
  lines.push("All together");
  const { run, problem } = inspection;
  if (run !== undefined) {
    const chosen = run.found > 1 ? `, of which ${run.selected === "all" ? "all are" : `number ${run.selected} is`} taken (--run N)` : "";
    lines.push(
      `  runs         ${run.found}${chosen}`,
      `  found        ${counted(run.investigations, "investigation")}, ${counted(run.jobs, "Job")}, with the profile ${inspection.profile}`,
    );
  }
  lines.push(...inspection.clocks.map((clock) => `  clock        ${clockText(clock, zoneLabel)}`));
  if (problem !== undefined)
    lines.push(`  problem      ${problem.message}`, ...(problem.hint === undefined ? [] : [`               ${problem.hint}`]));
  const told = new Set(inspection.sources.flatMap((source) => source.diagnostics.map(({ id }) => id)));
  lines.push(...inspection.diagnostics.filter(({ id }) => !told.has(id)).map(noteLine));
  if (inspection.missing.length > 0) lines.push("", "Missing for a full answer");
  for (const piece of inspection.missing) {
    lines.push(
      `  ${sentence("missing", piece)}`,
      ...piece.commands.map(({ shell, text }) => `    ${shell === "any" ? "" : `${shell}: `}${text}`),
    );
  }
  return `${lines.join("\n")}\n`;
}

function sourceLines(source: InspectedSource): string[] {
  const { path, format, encoding, why, lines, matched, ignored, unparsed, events, clock } = source;
  const kinds = Object.entries(events).map(([type, count]) => `${count} ${type}`);
  const patterns = Object.entries(source.patterns);
  const [hits, idle] = [patterns.filter(([, count]) => count > 0), patterns.filter(([, count]) => count === 0)];
  return [
    path,
    `  format       ${format}${why === undefined ? "" : `, by line ${why.line}: ${why.text.slice(0, 100)}`}`,
    `  encoding     ${encoding}, ${source.bytes} bytes`,
    `  lines        ${lines}: ${matched} matched, ${ignored} ignored, ${unparsed} not understood`,
    `  time         ${source.from === null || source.to === null ? "none seen" : `${wall(source.from, clock)} to ${wall(source.to, clock)}`}${clock === null ? "" : ` (clock: ${clock})`}`,
    ...(kinds.length === 0 ? [] : [`  holds        ${kinds.join(", ")}`]),
    ...(hits.length === 0 ? [] : ["  patterns", ...hits.map(([id, count]) => `    ${String(count).padStart(7)}  ${id}`)]),
    ...(idle.length === 0 ? [] : [`  matched nothing: ${idle.map(([id]) => id).join(", ")}`]),
    ...(source.shapes.length === 0
      ? []
      : [`  no pattern matched ${counted(source.unmatched, "record")}; the commonest (line of the first):`]),
    ...source.shapes.map(({ shape, count, line }) => `    ${String(count).padStart(7)}  ${shape.slice(0, 140)}  (line ${line})`),
  ];
}

/** The runner's clock has no zone of its own. */
function wall(at: number, clock: InspectedSource["clock"]): string {
  const iso = isoFromEpoch(at);
  return clock === "runner" ? iso.slice(0, -1) : iso;
}

function clockText(
  { id, method, zoneOffsetMinutes, skewMs, uncertaintyMs, anchors }: ReportClock,
  zoneLabel: (offsetMinutes: number) => string,
): string {
  if (method === "reference") return `${id}: what the others are compared with`;
  if (method === "none") return `${id}: nothing ties it to the cluster`;
  const zone = zoneOffsetMinutes === null ? "zone unknown" : zoneLabel(zoneOffsetMinutes);
  const skew =
    skewMs === null
      ? "how far it is off is unknown"
      : `${(Math.abs(skewMs) / 1000).toFixed(3)} s ${skewMs < 0 ? "behind" : "ahead of"} the cluster, give or take ${((uncertaintyMs ?? 0) / 1000).toFixed(3)} s`;
  const how = {
    declared: "as declared",
    bounds:
      id === "runner"
        ? `from ${anchors === 1 ? "1 request and its Job" : `${anchors} requests and their Jobs`}`
        : `from ${counted(anchors, "stamp")} beside the cluster's`,
    "http-date": `from ${counted(anchors, "HTTP date")}`,
  }[method];
  return `${id}: ${zone}, ${skew} (${how})`;
}
