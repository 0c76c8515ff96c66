import { type MaskKind, maskKinds } from "../model/privacy/identifiers.js";
import { identifiersIn } from "../model/privacy/masking.js";
import type { Report } from "../model/report.js";
import { type Language, LOCALES } from "../report/locales/index.js";
import { ltr, say, toText } from "../report/words/phrase.js";

/** Names of a kind that one line has room for. */
const SHOWN = 4;

/**
 * One line for the terminal: which hosts and addresses the report holds, so that nobody attaches it unawares; empty where there are none. Kinds that are
 * masked in it hold masks only.
 */
export function namesLine(report: Report, language: Language, masked: readonly MaskKind[] = []): string {
  const found = identifiersIn(report);
  const [hosts = [], ips = []] = (["hosts", "ips"] as const).map((kind) => (masked.includes(kind) ? [] : found[kind]));
  const names = [...hosts.slice(0, SHOWN), ...ips.slice(0, SHOWN)];
  const count = hosts.length + ips.length;
  if (count === 0) return "";
  const more = names.length < count ? ", …" : "";
  return toText(
    say(LOCALES[language], "terminal.names", {
      n: count,
      names: ltr(names.join(", ") + more),
      flag: ltr(`--redact ${maskKinds.join(",")}`),
    }),
  );
}
