import { readFile, stat } from "node:fs/promises";
import { dirname, isAbsolute, join } from "node:path";
import { withoutAbsent } from "../model/collections/without-absent.js";
import { errorCode, errorMessage, PostrunError } from "../model/errors.js";
import type { RunConfig } from "../model/run-config.js";
import { limit, signedDurationMs, zone } from "./option-values.js";
import type { AnalysisFlags } from "./run-analysis.js";

/** What to do, after the configuration of a folder has had its say. */
export interface Configured<F> {
  readonly inputs: readonly string[];
  readonly flags: F;
}

/**
 * Joins the flags with the postrun.yaml of a folder among the inputs; a flag wins over the file. Throws a PostrunError: usage for two
 * configured folders at once, config for a value that cannot be used.
 */
export async function withRunConfig<F extends AnalysisFlags>(inputs: readonly string[], flags: F): Promise<Configured<F>> {
  const { loadRunConfig } = await import("../profiles/load-run-config.js");
  const loaded = await Promise.all(inputs.map(async (input) => ({ input, found: await loadRunConfig(input) })));
  const [first, second] = loaded.filter(({ found }) => found !== null);
  if (first === undefined || first.found === null) return { inputs, flags: { ...(await profileIn(inputs)), ...flags } };
  if (second !== undefined) {
    throw new PostrunError(
      "usage",
      `${first.input} and ${second.input} both hold a postrun.yaml`,
      "give one of the folders, and the others' files by name",
    );
  }
  const { path, config } = first.found;
  const folder = dirname(path);
  const own = (config.inputs ?? ["."]).map((input) => (input === "." ? first.input : besideFile(folder, input)));
  const others = inputs.filter((input) => input !== first.input);
  return {
    inputs: [...own, ...others],
    flags: { ...(await profileIn(inputs)), ...(await flagsOf(config, path)), ...flags, ...merged(config, flags) },
  };
}

/** A profile that lies in a folder among the inputs; a file of that name may be anything, so it has to look like one. */
async function profileIn(inputs: readonly string[]): Promise<Pick<AnalysisFlags, "profile">> {
  for (const input of inputs) {
    const path = join(input, PROFILE_NAME);
    const text = await readFile(path, "utf8").catch(() => "");
    if (/^patterns:/m.test(text) && /^jobId:/m.test(text)) return { profile: path };
  }
  return {};
}

const PROFILE_NAME = "profile.yaml";

/** Names given on the command line replace those of the file one by one. */
function merged(config: RunConfig, flags: AnalysisFlags): Pick<AnalysisFlags, "param" | "label"> {
  const texts = (values: Readonly<Record<string, string | number>> = {}) =>
    Object.fromEntries(Object.entries(values).map(([name, value]) => [name, String(value)]));
  return { param: { ...texts(config.parameters), ...flags.param }, label: { ...texts(config.labels), ...flags.label } };
}

async function flagsOf(config: RunConfig, path: string): Promise<Partial<AnalysisFlags>> {
  const folder = dirname(path);
  const { profile, claims, docs, tz, run, from, to, namespace, redact, title, ticket, note } = config;
  const offset = config["clock-offset"];
  const parsed = <T>(key: string, text: string | undefined, parse: (text: string) => T): T | undefined => {
    try {
      return text === undefined ? undefined : parse(text);
    } catch (error) {
      // By its code: the package may be there twice, as in the bundles of the command.
      if (errorCode(error) === "commander.invalidArgument")
        throw new PostrunError("config", `${path}: ${key}: ${text}: ${errorMessage(error)}`);
      throw error;
    }
  };
  return withoutAbsent<Partial<AnalysisFlags>>({
    profile: profile === undefined ? undefined : await besideOrNamed(folder, profile),
    claims: claims === undefined ? undefined : besideFile(folder, claims),
    docs: docs === undefined ? undefined : besideFile(folder, docs),
    tz: parsed("tz", tz, zone),
    clockOffset: parsed("clock-offset", offset, signedDurationMs),
    run,
    from: parsed("from", from, limit),
    to: parsed("to", to, limit),
    namespace,
    redact,
    title,
    ticket,
    note,
  });
}

/** The profile that a folder's postrun.yaml names, or that lies in the folder; undefined where there is neither. */
export async function profileOfFolder(folder: string): Promise<string | undefined> {
  const { loadRunConfig } = await import("../profiles/load-run-config.js");
  const named = (await loadRunConfig(folder))?.config.profile;
  if (named !== undefined) return besideOrNamed(folder, named);
  const beside = join(folder, PROFILE_NAME);
  return (await stat(beside).catch(() => null)) === null ? undefined : beside;
}

/** A path that the file gives is relative to where the file is. */
function besideFile(folder: string, path: string): string {
  return isAbsolute(path) ? path : join(folder, path);
}

/** A path beside the file where there is one, else a name of a built-in profile. */
async function besideOrNamed(folder: string, profile: string): Promise<string> {
  const beside = besideFile(folder, profile);
  return (await stat(beside).catch(() => null)) === null ? profile : beside;
}
