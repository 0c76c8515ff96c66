/** What messages say by the profile. Most are met again and again, so the answers for the last ones are kept. */
import type { EpochMs } from "../../model/time.js";
import { sharedText, sharedTexts } from "../bytes/shared.js";
import { findHttpDate } from "../stamps/http-date.js";
import { type CompiledPattern, type CompiledProfile, firstMatch } from "./compiled-profile.js";

/** Longer messages hardly repeat [characters]; answers kept at once, then all are forgotten. */
const LONGEST = 300;
const MOST = 500;

export interface Said {
  readonly message: string;
  /** The HTTP date in it. */
  readonly date: { readonly host: string; readonly date: EpochMs } | null;
  /** The first pattern that recognises it, and the groups that took part. */
  readonly pattern: CompiledPattern | undefined;
  readonly groups: Readonly<Record<string, string>>;
  /** Which of the `detect` expressions recognise it; undefined until they were held against it. */
  detected: readonly number[] | undefined;
}

const NO_GROUPS: Readonly<Record<string, string>> = {};

export class Sayings {
  /** By message, for each logger where patterns ask for it. */
  private readonly known = new Map<string, Map<string, Said>>();
  private readonly whoever = new Map<string, Said>();
  private count = 0;
  private readonly loggersMatter: boolean;

  constructor(private readonly profile: CompiledProfile) {
    this.loggersMatter = profile.patterns.some(({ loggers }) => loggers !== undefined);
  }

  of(logger: string, message: string): Said {
    if (message.length > LONGEST) return readSaid(this.profile, logger, message);
    const said = (this.loggersMatter ? this.known.get(logger) : this.whoever)?.get(message);
    if (said !== undefined) return said;
    const answer = readSaid(this.profile, logger, message);
    this.messagesOf(logger).set(answer.message, answer);
    return answer;
  }

  private messagesOf(logger: string): Map<string, Said> {
    this.count += 1;
    if (this.count > MOST) {
      this.known.clear();
      this.whoever.clear();
      this.count = 1;
    }
    if (!this.loggersMatter) return this.whoever;
    const messages = this.known.get(logger) ?? new Map<string, Said>();
    this.known.set(logger, messages);
    return messages;
  }
}

/** What one message says. */
export function readSaid(profile: CompiledProfile, logger: string, message: string): Said {
  const date = findHttpDate(message);
  const found = firstMatch(profile, logger, message);
  return {
    message: date === null && found?.pattern.ignore !== false ? message : sharedText(message),
    date: date && { host: sharedText(date.host), date: date.date },
    pattern: found?.pattern,
    groups: sharedGroups(found?.groups ?? NO_GROUPS),
    detected: undefined,
  };
}

function sharedGroups(groups: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const entries = Object.entries(groups);
  return entries.length === 0 ? NO_GROUPS : sharedTexts(Object.fromEntries(entries.map(([name, value]) => [name, sharedText(value)])));
}
