/**
 * Names that a reader outside the team should not see, masked consistently: the same name is the same mask everywhere in a report. Names
 * are found by where they stand (an address, a clock, a Job's namespace, who deleted it), then replaced wherever they occur as whole words.
 * Only texts that come from the run are touched: claims, what the profile names, and postrun's own words stay, whatever a namespace is called.
 */

import type { Inspection } from "../inspection.js";
import type { Profile } from "../profile.js";
import type { NameChange, Report } from "../report.js";
import { addHost, type Found, foundInTexts, type Identifiers, listed, type MaskKind } from "./identifiers.js";

const PREFIX: Readonly<Record<MaskKind, string>> = { hosts: "host", ips: "ip", users: "user", namespaces: "namespace" };
/** Clocks that bear the name of a host. */
const CLOCK = /^(?:node|http):(.+)$/;

/** Every host, address, user and namespace that the run's texts in a report name. */
export function identifiersIn(report: Report): Identifiers {
  const found = foundInTexts((visit) => eachText(report, visit));
  for (const { id } of report.clocks) addHost(CLOCK.exec(id)?.[1], found);
  for (const job of report.jobs) {
    found.namespaces.add(job.namespace);
    if (job.deletedBy !== undefined && !/^system:/.test(job.deletedBy)) found.users.add(job.deletedBy);
  }
  return listed(found);
}

/** What of a profile tells its words from those of the run. */
type Words = Pick<Profile, "parameters">;

/** The report, made by such a profile, with all names of the given kinds masked (host-1, ip-2, ...). */
export function maskReport(report: Report, kinds: readonly MaskKind[], profile: Words): Report {
  if (kinds.length === 0) return report;
  const mask = masking(identifiersIn(report), kinds);
  return mask === undefined ? report : mapTexts(report, mask, profile);
}

/** The same for what an inspection says. The report that was made on the way, where there is one, names what is masked there, as it is there. */
export function maskInspection(inspection: Inspection, kinds: readonly MaskKind[], profile: Words, report?: Report): Inspection {
  if (kinds.length === 0) return inspection;
  const [known, found] = [report === undefined ? undefined : identifiersIn(report), listed(foundInInspection(inspection, profile))];
  const both = (kind: MaskKind) => [...new Set([...(known?.[kind] ?? []), ...found[kind]])];
  const names = { hosts: both("hosts"), ips: both("ips"), users: both("users"), namespaces: both("namespaces") };
  const mask = masking(names, kinds);
  return mask === undefined ? inspection : mapInspection(inspection, mask, profile);
}

function foundInInspection(inspection: Inspection, profile: Words): Found {
  const found = foundInTexts((visit) => mapInspection(inspection, noted(visit), profile));
  for (const { id } of inspection.clocks) addHost(CLOCK.exec(id)?.[1], found);
  for (const { clock } of inspection.sources) addHost(CLOCK.exec(clock ?? "")?.[1], found);
  return found;
}

/** What replaces the names of the given kinds in a text; undefined where there are none. */
function masking(names: Identifiers, kinds: readonly MaskKind[]): Change | undefined {
  const masks = new Map<string, string>();
  for (const kind of kinds)
    for (const [index, name] of names[kind].entries()) if (!masks.has(name)) masks.set(name, `${PREFIX[kind]}-${index + 1}`);
  if (masks.size === 0) return undefined;
  // Longer names first: a host may begin with the name of another.
  const ordered = [...masks.keys()].sort((a, b) => b.length - a.length || (a < b ? -1 : 1));
  const anyName = new RegExp(
    `(?<![\\w])(?:${ordered.map((name) => name.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&")).join("|")})(?![\\w])`,
    "g",
  );
  const masked = (text: string) => text.replace(anyName, (name) => masks.get(name) ?? name);
  // Split by an expression with a group, every other piece is what the group matched.
  return (text, own) =>
    own === undefined
      ? masked(text)
      : text
          .split(own)
          .map((piece, index) => (index % 2 === 1 ? piece : masked(piece)))
          .join("");
}

/** Fields of a report that hold texts of the run, wherever they stand. */
const TEXT_FIELDS: ReadonlySet<string> = new Set([
  "path",
  "text",
  "error",
  "deletedBy",
  "namespace",
  "command",
  "note",
  "ticket",
  "job",
  "peakMembers",
  "runTitle",
  "labels",
  "deployed",
]);
/** Of the values of a reason or diagnostic, those that postrun, the profile or a claim put there; the others are the run's. */
const OWN_VALUES: ReadonlySet<string> = new Set([
  "condition",
  "parameter",
  "claim",
  "fits",
  // The values of a parameter that its `detect` expressions name, and the one that a condition names.
  "found",
  "given",
  "role",
  "stage",
  "families",
  "setting",
  "group",
  "way",
  "from",
  "kind",
  "kinds",
  "lost",
  "encodings",
]);

/**
 * Whose a text is: the run's, or postrun's own; or where it stands, which tells: among the `values` of a reason, in its list of what the run has of a
 * condition (`seen`), in a command to copy.
 */
type Place = "run" | "own" | "values" | "seen" | "commands";

function placeOf(field: string, within: Place): Place {
  if (within === "values") return field === "seen" ? "seen" : OWN_VALUES.has(field) ? "own" : "run";
  if (within !== "own") return within;
  if (field === "values" || field === "commands") return field;
  return TEXT_FIELDS.has(field) ? "run" : "own";
}

/** Every text of the run, in the order in which `mapTexts` comes to them. */
function eachText(report: Report, visit: (text: string) => void): void {
  const walk = (value: object, place: Place): void => {
    if (Array.isArray(value)) {
      for (const entry of value) step(entry, place);
      return;
    }
    const fields = value as Readonly<Record<string, unknown>>;
    // Several times as fast as a list of the entries; plain data inherits none.
    for (const name in fields) {
      const entry = fields[name];
      if (typeof entry === "object" || typeof entry === "string") step(entry, placeOf(name, place));
    }
  };
  const step = (entry: unknown, place: Place): void => {
    if (typeof entry === "string") {
      if (place !== "own" && place !== "commands") visit(entry);
    } else if (typeof entry === "object" && entry !== null) walk(entry, place);
  };
  walk(report, "own");
  if (report.title !== null) visit(report.title);
  for (const { id } of report.clocks) changeClock(id, noted(visit));
  for (const { clock } of report.sources) if (clock !== null) changeClock(clock, noted(visit));
  for (const { name } of report.jobs) visit(name);
}

/** What becomes of a text of the run; of one that also holds postrun's own words, these stay: the group of the expression. */
type Change = (text: string, own?: RegExp) => string;

function noted(visit: (text: string) => void): Change {
  return (text) => {
    visit(text);
    return text;
  };
}

/** The same inspection with every text of the inputs put through a function. */
function mapInspection(inspection: Inspection, change: Change, profile: Words): Inspection {
  const { problem } = inspection;
  const hint = problem?.hint;
  return {
    ...changedTexts(inspection, change, profile),
    clocks: inspection.clocks.map((clock) => ({ ...changedTexts(clock, change, profile), id: changeClock(clock.id, change) })),
    sources: inspection.sources.map((source) => ({
      ...changedTexts(source, change, profile),
      clock: source.clock === null ? null : changeClock(source.clock, change),
      shapes: source.shapes.map((shape) => ({ ...shape, shape: change(shape.shape), example: change(shape.example) })),
    })),
    ...(problem === undefined
      ? {}
      : { problem: { message: change(problem.message), ...(hint === undefined ? {} : { hint: change(hint) }) } }),
  };
}

/** The command and its options, with the name of a parameter or label. */
const COMMAND_WORD = /(^postrun [a-z]+|(?<!\S)--(?:redact \S+|(?:param|label) '?[^\s=']+=|[a-z-]+))/;

/** The same report with every text of the run put through a function, in order of the report. */
function mapTexts(report: Report, change: Change, profile: Words): Report {
  const walked = changedTexts(report, change, profile);
  const { comparison, parameters } = report;
  const value = <T>(name: string, text: T) => (typeof text === "string" && takesAnyText(name, profile) ? change(text) : text);
  return {
    ...walked,
    title: report.title === null ? null : change(report.title),
    command: change(report.command, COMMAND_WORD),
    parameters: Object.fromEntries(Object.entries(parameters).map(([name, one]) => [name, { ...one, value: value(name, one.value) }])),
    clocks: walked.clocks.map((clock) => ({ ...clock, id: changeClock(clock.id, change) })),
    sources: walked.sources.map((source) => ({ ...source, clock: source.clock === null ? null : changeClock(source.clock, change) })),
    jobs: walked.jobs.map((job) => ({ ...job, name: change(job.name) })),
    ...(walked.comparison === undefined || comparison === undefined
      ? {}
      : {
          comparison: {
            ...walked.comparison,
            labels: changedNames(comparison.labels, (_, text) => (text === null ? null : change(text))),
            parameters: changedNames(comparison.parameters, value),
          },
        }),
  };
}

function changedNames(names: readonly NameChange[], value: (name: string, text: string | null) => string | null): readonly NameChange[] {
  return names.map(({ name, before, after }) => ({ name, before: value(name, before), after: value(name, after) }));
}

/** Whether a parameter's value may be any text, as of one that the profile does not know; of the others it is a number or a word of the profile. */
function takesAnyText(name: string, { parameters }: Words): boolean {
  const definition = Object.hasOwn(parameters, name) ? parameters[name] : undefined;
  return definition === undefined || (definition.type === "string" && definition.values === undefined);
}

/** Where a command to copy names a namespace. */
const COMMAND_NAMESPACE = /(?<= -n |namespace=")[a-z0-9-]+/g;

/** The same data with every text of the run in it put through a function. */
function changedTexts<T>(data: T, change: Change, profile: Words): T {
  const walk = (value: unknown, place: Place): unknown => {
    if (typeof value === "string") return changed(value, place);
    if (Array.isArray(value)) return value.every((entry) => typeof entry === "number") ? value : value.map((entry) => walk(entry, place));
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, entry]) => [name, walk(entry, placeOf(name, place))]));
  };
  const changed = (text: string, place: Place): string => {
    if (place === "own") return text;
    if (place === "seen") return changedSeen(text, change, profile);
    return place === "commands" ? text.replace(COMMAND_NAMESPACE, (name) => change(name)) : change(text);
  };
  return walk(data, "own") as T;
}

/** A name in "test=30, server=lab-7", with the separator before it. */
const SEEN_NAME = /((?:^|, )[^\s=,]+=)/;

function changedSeen(seen: string, change: Change, profile: Words): string {
  const parts = seen.split(SEEN_NAME);
  return parts
    .map((part, index) => {
      const name = index % 2 === 0 ? parts[index - 1]?.replace(/^, |=$/g, "") : undefined;
      return name === undefined || !takesAnyText(name, profile) ? part : change(part);
    })
    .join("");
}

function changeClock<T extends string>(id: T, change: Change): T {
  return CLOCK.test(id) ? (`${id.slice(0, id.indexOf(":") + 1)}${change(id.slice(id.indexOf(":") + 1))}` as T) : id;
}
