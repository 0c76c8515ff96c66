/**
 * Names that a reader outside the team should not see, masked consistently: the same name is the same mask everywhere in a report. Names
 * are found by where they stand (an address, a clock, a Job's namespace, who deleted it), then replaced wherever they occur as whole words.
 * Only texts that come from the run are touched: claims, ids of claims and postrun's own words stay.
 */
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

/** Every host, address, user and namespace that the run's texts in a report name. */
export function identifiersIn(report: Report): Identifiers {
  const found: Record<MaskKind, Set<string>> = { hosts: new Set(), ips: new Set(), users: new Set(), namespaces: new Set() };
  // The same few texts stand in thousands of rows.
  const seen = new Set<string>();
  eachText(report, (text) => {
    if (seen.has(text)) return;
    seen.add(text);
    collect(text, found);
  });
  for (const { id } of report.clocks) addHost(CLOCK.exec(id)?.[1], found);
  for (const job of report.jobs) {
    found.namespaces.add(job.namespace);
    if (job.deletedBy !== undefined && !/^system:/.test(job.deletedBy)) found.users.add(job.deletedBy);
  }
  const listed = (kind: MaskKind) => [...found[kind]].filter((name) => name !== "");
  return { hosts: listed("hosts"), ips: listed("ips"), users: listed("users"), namespaces: listed("namespaces") };
}

/** The report with all names of the given kinds masked (host-1, ip-2, ...). */
export function maskReport(report: Report, kinds: readonly MaskKind[]): Report {
  if (kinds.length === 0) return report;
  const names = identifiersIn(report);
  const masks = new Map<string, string>();
  for (const kind of kinds)
    for (const [index, name] of names[kind].entries()) if (!masks.has(name)) masks.set(name, `${PREFIX[kind]}-${index + 1}`);
  if (masks.size === 0) return report;
  // Longer names first: a host may begin with the name of another.
  const ordered = [...masks.keys()].sort((a, b) => b.length - a.length || (a < b ? -1 : 1));
  const anyName = new RegExp(
    `(?<![\\w])(?:${ordered.map((name) => name.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&")).join("|")})(?![\\w])`,
    "g",
  );
  return mapTexts(report, (text) => text.replace(anyName, (name) => masks.get(name) ?? name));
}

function addHost(name: string | undefined, found: Record<MaskKind, Set<string>>): void {
  if (name === undefined || name === "") return;
  if (name.replace(IPV4, "") === "" || name.replace(IPV6, "") === "") found.ips.add(name);
  else if (/[a-z]/i.test(name) && !FILE_NAME.test(name)) found.hosts.add(name);
}

/** Every place above has one of these. */
const MAY_NAME = /[ .:=@/\\]/;

function collect(text: string, found: Record<MaskKind, Set<string>>): void {
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

/** The same report with every text of the run put through a function, in order of the report. */
function mapTexts(report: Report, change: (text: string) => string): Report {
  const walk = (value: unknown, ofRun: boolean): unknown => {
    if (typeof value === "string") return ofRun ? change(value) : value;
    if (Array.isArray(value)) return value.every((entry) => typeof entry === "number") ? value : value.map((entry) => walk(entry, ofRun));
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, entry]) => [name, walk(entry, ofRun || isOfRun(name))]));
  };
  const walked = walk(report, false) as Report;
  return {
    ...walked,
    title: report.title === null ? null : change(report.title),
    clocks: walked.clocks.map((clock) => ({ ...clock, id: changeClock(clock.id, change) })),
    sources: walked.sources.map((source) => ({ ...source, clock: source.clock === null ? null : changeClock(source.clock, change) })),
    jobs: walked.jobs.map((job) => ({ ...job, name: change(job.name) })),
  };
}

function changeClock<T extends string>(id: T, change: (text: string) => string): T {
  return CLOCK.test(id) ? (`${id.slice(0, id.indexOf(":") + 1)}${change(id.slice(id.indexOf(":") + 1))}` as T) : id;
}
