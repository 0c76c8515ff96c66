/**
 * Names that a reader outside the team should not see, masked consistently: the same name is the same mask everywhere in a report. Names
 * are found by where they stand (an address, a clock, a Job's namespace, who deleted it), then replaced wherever they occur as whole words.
 * Only texts that come from the run are touched: claims, ids of claims and postrun's own words stay.
 */
import type { Inspection } from "./inspection.js";
import type { Report } from "./report.js";

export const maskKinds = ["hosts", "ips", "users", "namespaces"] as const;
export type MaskKind = (typeof maskKinds)[number];

/** Names of each kind, in order of first appearance. */
export type Identifiers = Readonly<Record<MaskKind, readonly string[]>>;

const PREFIX: Readonly<Record<MaskKind, string>> = { hosts: "host", ips: "ip", users: "user", namespaces: "namespace" };

const IPV4 = /(?<![\w.])(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(?:25[0-5]|2[0-4]\d|1?\d?\d)(?![\w]|\.\d)/g;
/** Full or shortened with `::`; three colons at least, so that times of day stay. */
const IPV6 = /(?<![\w:.])(?=(?:[0-9a-f]{0,4}:){3}|[0-9a-f]{1,4}::|::[0-9a-f])(?:[0-9a-f]{0,4}:){2,7}[0-9a-f]{0,4}(?![\w:])/gi;
const TIME_OF_DAY = /^\d\d:\d\d:\d\d$/;

const NAME = String.raw`[a-z0-9](?:[a-z0-9-]{0,62}\.){0,8}[a-z0-9-]{0,62}`;
const HOST_PLACES: readonly RegExp[] = [
  new RegExp(String.raw`\b[a-z][a-z0-9+.-]{0,30}:\/\/(?:[^\s/@"'<>]{0,200}@)?(${NAME})`, "gi"),
  /(?<![\w.:/-])((?:[a-z0-9-]{1,63}\.){1,8}[a-z0-9-]{1,63}(?=:\d{2,5}(?![\w.]))|[a-z][a-z0-9-]{1,62}(?=:\d{4,5}(?![\w.:])))/gi,
  new RegExp(String.raw`\b(?:host(?:name)?|server|node(?:Name)?)["']?\s{0,4}[=:]\s{0,4}["']?(${NAME})`, "gi"),
  /(?<![\w./-])((?:[a-z0-9-]{1,63}\.){1,8}(?:com|net|org|io|dev|cloud|local|internal|lan|corp|home|svc|intranet|il|de|uk|eu))(?![\w-])/gi,
];
const CLOCK = /^(?:node|http):(.+)$/;
const USER_PLACES: readonly RegExp[] = [
  /(?:\/home\/|\/Users\/|[A-Za-z]:\\{1,2}Users\\{1,2})([^\s/\\"':]{1,64})/g,
  /\b(?:user(?:name)?|login)["']?\s{0,4}[=:]\s{0,4}["']?([\w.@-]{2,64})/gi,
  /(?<![\w.])([\w.+-]{2,64})@(?=[\w-]{1,63}\.[\w.-]{2,200})/g,
];
const SERVICE_ACCOUNT = /system:serviceaccount:([\w.-]{1,63}):([\w.-]{1,253})/g;
const NAMESPACE_PLACES: readonly RegExp[] = [
  /(?:(?<!\S)-n|--namespace)[ =]([a-z0-9-]{1,63})/g,
  /\bnamespace["']?\s{0,4}[=:]\s{0,4}["']?([a-z0-9][a-z0-9-]{0,62})/gi,
];
/** Service accounts of Kubernetes itself. */
const KNOWN_USERS = /^(?:kube-system|system)$/;
/** A place in a program: conftest.py:270. */
const FILE_NAME = /\.(?:py|[cm]?[jt]s|go|java|cs|cpp|rb|rs|sh|log|json|xml|md|txt|ya?ml|gz|html?)$/i;

type Found = Readonly<Record<MaskKind, Set<string>>>;

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

function foundInTexts(eachOf: (visit: (text: string) => void) => void): Found {
  const found: Found = { hosts: new Set(), ips: new Set(), users: new Set(), namespaces: new Set() };
  // The same few texts stand in thousands of rows.
  const seen = new Set<string>();
  eachOf((text) => {
    if (seen.has(text)) return;
    seen.add(text);
    collect(text, found);
  });
  return found;
}

function listed(found: Found): Identifiers {
  const named = (kind: MaskKind) => [...found[kind]].filter((name) => name !== "");
  return { hosts: named("hosts"), ips: named("ips"), users: named("users"), namespaces: named("namespaces") };
}

/** The report with all names of the given kinds masked (host-1, ip-2, ...). */
export function maskReport(report: Report, kinds: readonly MaskKind[]): Report {
  if (kinds.length === 0) return report;
  const mask = masking(identifiersIn(report), kinds);
  return mask === undefined ? report : mapTexts(report, mask);
}

/** The same for what an inspection says. The report that was made on the way, where there is one, names what is masked there, as it is there. */
export function maskInspection(inspection: Inspection, kinds: readonly MaskKind[], report?: Report): Inspection {
  if (kinds.length === 0) return inspection;
  const [known, found] = [report === undefined ? undefined : identifiersIn(report), listed(foundInInspection(inspection))];
  const both = (kind: MaskKind) => [...new Set([...(known?.[kind] ?? []), ...found[kind]])];
  const names = { hosts: both("hosts"), ips: both("ips"), users: both("users"), namespaces: both("namespaces") };
  const mask = masking(names, kinds);
  return mask === undefined ? inspection : mapInspection(inspection, mask);
}

function foundInInspection(inspection: Inspection): Found {
  const found = foundInTexts((visit) => mapInspection(inspection, noted(visit)));
  for (const { id } of inspection.clocks) addHost(CLOCK.exec(id)?.[1], found);
  for (const { clock } of inspection.sources) addHost(CLOCK.exec(clock ?? "")?.[1], found);
  return found;
}

/** What replaces the names of the given kinds in a text; undefined where there are none. */
function masking(names: Identifiers, kinds: readonly MaskKind[]): ((text: string) => string) | undefined {
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
  return (text) => text.replace(anyName, (name) => masks.get(name) ?? name);
}

function addHost(name: string | undefined, found: Found): void {
  if (name === undefined || name === "") return;
  if (name.replace(IPV4, "") === "" || name.replace(IPV6, "") === "") found.ips.add(name);
  else if (/[a-z]/i.test(name) && !FILE_NAME.test(name)) found.hosts.add(name);
}

/** Every place above has one of these. */
const MAY_NAME = /[ .:=@/\\]/;

function collect(text: string, found: Found): void {
  if (!MAY_NAME.test(text)) return;
  for (const [ip] of text.matchAll(IPV4)) found.ips.add(ip);
  for (const [ip] of text.matchAll(IPV6)) if (!TIME_OF_DAY.test(ip)) found.ips.add(ip);
  for (const place of HOST_PLACES) for (const [, name] of text.matchAll(place)) addHost(name, found);
  for (const [, namespace = "", account = ""] of text.matchAll(SERVICE_ACCOUNT)) {
    if (KNOWN_USERS.test(namespace)) continue;
    found.namespaces.add(namespace);
    found.users.add(account);
  }
  for (const place of USER_PLACES) for (const [, name = ""] of text.matchAll(place)) found.users.add(name);
  for (const place of NAMESPACE_PLACES) for (const [, name = ""] of text.matchAll(place)) found.namespaces.add(name);
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
  "peakMembers",
  "runTitle",
]);
/** Objects all of whose texts are the run's. */
const TEXT_OBJECTS: ReadonlySet<string> = new Set(["values", "labels"]);

/** Every text of the run, in the order in which `mapTexts` comes to them. */
function eachText(report: Report, visit: (text: string) => void): void {
  const walk = (value: object, ofRun: boolean): void => {
    if (Array.isArray(value)) {
      for (const entry of value) step(entry, ofRun);
      return;
    }
    const fields = value as Readonly<Record<string, unknown>>;
    // Several times as fast as a list of the entries; plain data inherits none.
    for (const name in fields) {
      const entry = fields[name];
      if (typeof entry === "object" || typeof entry === "string") step(entry, ofRun || isOfRun(name));
    }
  };
  const step = (entry: unknown, ofRun: boolean): void => {
    if (typeof entry === "string") {
      if (ofRun) visit(entry);
    } else if (typeof entry === "object" && entry !== null) walk(entry, ofRun);
  };
  walk(report, false);
  if (report.title !== null) visit(report.title);
  for (const { id } of report.clocks) changeClock(id, noted(visit));
  for (const { clock } of report.sources) if (clock !== null) changeClock(clock, noted(visit));
  for (const { name } of report.jobs) visit(name);
}

function noted(visit: (text: string) => void): (text: string) => string {
  return (text) => {
    visit(text);
    return text;
  };
}

function isOfRun(field: string): boolean {
  return TEXT_FIELDS.has(field) || TEXT_OBJECTS.has(field);
}

/** The same inspection with every text of the inputs put through a function. */
function mapInspection(inspection: Inspection, change: (text: string) => string): Inspection {
  const { problem } = inspection;
  const hint = problem?.hint;
  return {
    ...changedTexts(inspection, change),
    clocks: inspection.clocks.map((clock) => ({ ...changedTexts(clock, change), id: changeClock(clock.id, change) })),
    sources: inspection.sources.map((source) => ({
      ...changedTexts(source, change),
      clock: source.clock === null ? null : changeClock(source.clock, change),
      shapes: source.shapes.map((shape) => ({ ...shape, shape: change(shape.shape), example: change(shape.example) })),
    })),
    ...(problem === undefined
      ? {}
      : { problem: { message: change(problem.message), ...(hint === undefined ? {} : { hint: change(hint) }) } }),
  };
}

/** The same report with every text of the run put through a function, in order of the report. */
function mapTexts(report: Report, change: (text: string) => string): Report {
  const walked = changedTexts(report, change);
  return {
    ...walked,
    title: report.title === null ? null : change(report.title),
    clocks: walked.clocks.map((clock) => ({ ...clock, id: changeClock(clock.id, change) })),
    sources: walked.sources.map((source) => ({ ...source, clock: source.clock === null ? null : changeClock(source.clock, change) })),
    jobs: walked.jobs.map((job) => ({ ...job, name: change(job.name) })),
  };
}

/** The same data with every text of the run in it put through a function. */
function changedTexts<T>(data: T, change: (text: string) => string): T {
  const walk = (value: unknown, ofRun: boolean): unknown => {
    if (typeof value === "string") return ofRun ? change(value) : value;
    if (Array.isArray(value)) return value.every((entry) => typeof entry === "number") ? value : value.map((entry) => walk(entry, ofRun));
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, entry]) => [name, walk(entry, ofRun || isOfRun(name))]));
  };
  return walk(data, false) as T;
}

function changeClock<T extends string>(id: T, change: (text: string) => string): T {
  return CLOCK.test(id) ? (`${id.slice(0, id.indexOf(":") + 1)}${change(id.slice(id.indexOf(":") + 1))}` as T) : id;
}
