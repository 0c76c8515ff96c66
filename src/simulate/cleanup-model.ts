import type { Random } from "../model/statistics/random.js";
import type { EpochMs } from "../model/time.js";
import { sampleDuration } from "./distributions.js";
import type { CleanupSettings } from "./options.js";

/** One reading of the CPU by the cleanup Pod. */
export interface Poll {
  readonly at: EpochMs;
  readonly idle: boolean;
}

/** What decides about the end of a serving Job. */
export interface CleanupInput {
  readonly createdAt: EpochMs;
  /** Start of the cleanup Pod's container. */
  readonly cleanupStartedAt: EpochMs;
  /** When frames flowed; a missing end means that they still flow. */
  readonly stream: { readonly from: EpochMs; readonly to: EpochMs | null } | null;
  /** The client left; null where it never connected or is still there. */
  readonly disconnectedAt: EpochMs | null;
  /** Nothing is decided after this moment. */
  readonly until: EpochMs;
}

/** The readings and the moment at which the deletion is asked for (null: not before `until`). */
export interface CleanupDecision {
  readonly polls: readonly Poll[];
  readonly requestAt: EpochMs | null;
}

/** From the request to the moment the Job object is gone (background deletion). */
export const DELETION_MS = 6;

/** A loop of sleep and read falls behind its grid by a few milliseconds at most. */
const POLL_JITTER_MS = 8;

/** Applies the cleanup mechanism to one serving Job. */
export function decideCleanup(settings: CleanupSettings, input: CleanupInput, random: Random): CleanupDecision {
  if (settings.mechanism === "fixed") {
    if (input.stream && input.disconnectedAt === null) {
      return { polls: [], requestAt: null };
    }
    const life = input.disconnectedAt === null ? settings.afterCreation : settings.afterDisconnect;
    return { polls: [], requestAt: (input.disconnectedAt ?? input.createdAt) + sampleDuration(life, random) - DELETION_MS };
  }
  const polls: Poll[] = [];
  const everyMs = settings.metricEveryMs ?? 0;
  const phaseMs = everyMs > 0 ? random.between(0, everyMs) : 0;
  let idleInARow = 0;
  for (let step = 0; ; step += 1) {
    const at = input.cleanupStartedAt + settings.firstCheckMs + step * settings.intervalMs + random.between(0, POLL_JITTER_MS);
    if (at > input.until) {
      return { polls, requestAt: null };
    }
    const sampled = everyMs > 0 ? phaseMs + Math.floor((at - phaseMs) / everyMs) * everyMs : at;
    const seen = sampled - settings.metricLagMs;
    const since = seen - settings.averagedOverMs;
    const idle = !(input.stream && seen >= input.stream.from && (input.stream.to === null || since < input.stream.to));
    polls.push({ at, idle });
    idleInARow = idle ? idleInARow + 1 : 0;
    if (idleInARow === settings.checks) {
      return { polls, requestAt: at + sampleDuration(settings.process, random) };
    }
  }
}
