import { dirname } from "node:path";
import { MOST_OPPOSED_PAIRS } from "../model/reports/opposed-pairs.js";
import { DEFAULT_PROFILE } from "../profiles/default-profile.js";
import { profileOfFolder } from "./config.js";
import { counted } from "./counted.js";
import { type LanguageFlag, textLanguage } from "./language.js";
import { writeTarget } from "./output.js";

export interface ClaimsFlags {
  readonly profile?: string;
  readonly json?: string;
  readonly lang?: LanguageFlag;
  readonly force?: boolean;
}

/** Lints a claims file and holds its relations against each other, without any run. */
export async function claimsCommand(path: string | undefined, flags: ClaimsFlags): Promise<void> {
  const { examineClaims } = await import("../postrun.js");
  const beside = flags.profile === undefined && path !== undefined ? await profileOfFolder(dirname(path)) : undefined;
  const { path: shown, claims, consistency, opposed } = await examineClaims(flags.profile ?? beside ?? DEFAULT_PROFILE, path);
  if (flags.json !== undefined) {
    const body = { schemaVersion: 1, tool: { name: "postrun" }, claims: claims.claims, consistency, opposed, diagnostics: [] };
    await writeTarget({ path: flags.json, force: flags.force === true }, `${JSON.stringify(body, null, 2)}\n`);
    return;
  }
  const language = textLanguage(flags.lang);
  process.stdout.write(`${shown}: ${counted(claims.claims.length, "claim")}, ${counted(consistency.length, "relation")}\n\n`);
  const width = Math.max(0, ...consistency.map((relation) => relation.id.length));
  for (const relation of consistency) {
    process.stdout.write(`${relation.holds.padEnd(7)}  ${relation.id.padEnd(width)}  ${relation.statement[language]}\n`);
    process.stdout.write(`${" ".repeat(9 + width + 2)}${relation.explanation[language]}\n`);
  }
  const statementOf = (id: string) => claims.claims.find((claim) => claim.id === id)?.statement[language] ?? "";
  for (const ids of opposed.slice(0, MOST_OPPOSED_PAIRS)) {
    process.stdout.write(`no       ${ids.join(", ")}: of one measure, and no value agrees with both\n`);
    for (const id of ids) process.stdout.write(`${" ".repeat(9)}${statementOf(id)}\n`);
  }
  const more = opposed.length - MOST_OPPOSED_PAIRS;
  if (more > 0) process.stdout.write(`no       and ${counted(more, "more pair")} of that kind; --json lists all of them\n`);
}
