import { compilePattern, type SafePattern } from "../../model/patterns/safe-pattern.js";
import type { Profile } from "../../model/profile.js";
import { compileLogFormat } from "./log-format.js";
import type { LogFormat } from "./log-record.js";

export interface CompiledPattern {
  readonly id: string;
  /** Exact logger names; absent: any. */
  readonly loggers?: ReadonlySet<string>;
  readonly expression: SafePattern;
  readonly ignore: boolean;
  readonly fails: boolean;
}

interface CompiledDetection {
  readonly parameter: string;
  readonly value: string | number;
  readonly expression: SafePattern;
}

/** What the readers of logs need of a profile, its expressions compiled once. */
export interface CompiledProfile {
  readonly patterns: readonly CompiledPattern[];
  readonly detections: readonly CompiledDetection[];
  /** Log formats of its own, tried before the known ones. */
  readonly logFormats: readonly LogFormat[];
}

/** Throws a PostrunError ("config") for an expression that cannot be used. */
export function compileProfile(profile: Profile): CompiledProfile {
  return {
    patterns: profile.patterns.map((pattern) => ({
      id: pattern.id,
      ...(pattern.logger === undefined ? {} : { loggers: new Set([pattern.logger].flat()) }),
      expression: compilePattern(pattern.message),
      ignore: pattern.ignore,
      fails: pattern.fails,
    })),
    logFormats: (profile.log?.formats ?? []).map((format, index) => compileLogFormat(format, profile.log?.datefmt, index)),
    detections: Object.entries(profile.parameters).flatMap(([parameter, definition]) =>
      definition.detect.map(({ text, value }) => ({ parameter, value, expression: compilePattern(text) })),
    ),
  };
}

const NO_GROUPS: Readonly<Record<string, string>> = {};

/** The first pattern, in the order of the profile, that recognises the message. */
export function firstMatch(
  profile: CompiledProfile,
  logger: string,
  message: string,
): { pattern: CompiledPattern; groups: Readonly<Record<string, string>> } | null {
  for (const pattern of profile.patterns) {
    if (pattern.loggers && !pattern.loggers.has(logger)) continue;
    // Of what is ignored nobody asks for the groups.
    const groups = pattern.ignore ? pattern.expression.test(message) && NO_GROUPS : pattern.expression.exec(message);
    if (groups) return { pattern, groups };
  }
  return null;
}
