/** Hosts, addresses, users and namespaces that texts name, found by where they stand (an address, a prompt, a setting). */

/** Kinds of names that can be masked. */
export const maskKinds = ["hosts", "ips", "users", "namespaces"] as const;
export type MaskKind = (typeof maskKinds)[number];

/** Names of each kind, in order of first appearance. */
export type Identifiers = Readonly<Record<MaskKind, readonly string[]>>;

const IPV4 = /(?<![\w.])(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(?:25[0-5]|2[0-4]\d|1?\d?\d)(?![\w]|\.\d)/g;
/** Full or shortened with `::`; three colons at least, so that times of day stay. */
const IPV6 = /(?<![\w:.])(?=(?:[0-9a-f]{0,4}:){3}|[0-9a-f]{1,4}::|::[0-9a-f])(?:[0-9a-f]{0,4}:){2,7}[0-9a-f]{0,4}(?![\w:])/gi;
const TIME_OF_DAY = /^\d\d:\d\d:\d\d$/;

const NAME = String.raw`[a-z0-9](?:[a-z0-9-]{0,62}\.){0,8}[a-z0-9-]{0,62}`;
/** What goes before user@host on a command line: `ssh -p 22 `. Elsewhere a word before an @ may be anything. */
const REMOTE = String.raw`\b(?:ssh|scp|sftp|rsync)\s{1,4}(?:[^\s@]{1,100}\s{1,4}){0,8}`;
const HOST_PLACES: readonly RegExp[] = [
  new RegExp(String.raw`\b[a-z][a-z0-9+.-]{0,30}:\/\/(?:[^\s/@"'<>]{0,200}@)?(${NAME})`, "gi"),
  /(?<![\w.:/-])((?:[a-z0-9-]{1,63}\.){1,8}[a-z0-9-]{1,63}(?=:\d{2,5}(?![\w.]))|[a-z][a-z0-9-]{1,62}(?=:\d{4,5}(?![\w.:])))/gi,
  new RegExp(String.raw`\b(?:host(?:name)?|server|node(?:Name)?)["']?\s{0,4}[=:]\s{0,4}["']?(${NAME})`, "gi"),
  new RegExp(String.raw`${REMOTE}[\w.+-]{2,64}@(${NAME})`, "gi"),
  /(?<![\w./-])((?:[a-z0-9-]{1,63}\.){1,8}(?:com|net|org|io|dev|cloud|local|internal|lan|corp|home|svc|intranet|il|de|uk|eu))(?![\w-])/gi,
];
const USER_PLACES: readonly RegExp[] = [
  /(?:\/home\/|\/Users\/|[A-Za-z]:\\{1,2}Users\\{1,2})([^\s/\\"':]{1,64})/g,
  /\b(?:user(?:name)?|login)["']?\s{0,4}[=:]\s{0,4}["']?([\w.@-]{2,64})/gi,
  // user "dana", user \"dana\"
  /\b(?:user(?:name)?|login)\s{1,4}\\?["'](?=[\w.@+-]{0,64}[a-z])([\w.@+-]{2,64})(?=\\?["'])/gi,
  // user=LAB\dana, logged in as LAB\\dana; after other words a backslash is part of a path or of an escape.
  /\b(?:[Uu]ser(?:[Nn]ame)?|[Ll]ogin|[Aa]ccount|(?:logged (?:in|on)|signed in|run(?:s|ning)?|authenticated) as)["']?(?:\s{0,4}[=:]\s{0,4}|\s{1,4})["']?[A-Z][A-Z0-9-]{1,14}\\{1,2}([\w.-]{2,64})/g,
  // scheme://user@host, scheme://user:password@host
  /\b[a-z][a-z0-9+.-]{0,30}:\/\/([^\s:/?#@"'<>[\]]{2,64})(?::[^\s/?#@"'<>]{0,500})?@/gi,
  new RegExp(String.raw`${REMOTE}([\w.+-]{2,64})@(?=[\w-])`, "gi"),
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

/** Names that were found so far. */
export type Found = Readonly<Record<MaskKind, Set<string>>>;

/** Those that some texts name. */
export function foundInTexts(eachOf: (visit: (text: string) => void) => void): Found {
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

/** The same as lists. */
export function listed(found: Found): Identifiers {
  const named = (kind: MaskKind) => [...found[kind]].filter((name) => name !== "");
  return { hosts: named("hosts"), ips: named("ips"), users: named("users"), namespaces: named("namespaces") };
}

/** Adds what may be the name of a host, or its address. */
export function addHost(name: string | undefined, found: Found): void {
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
