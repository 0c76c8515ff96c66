/** Marks of logs are plain objects; in rows they only travel. */
import type { LogMark } from "../../model/event.js";
import type { Evidence } from "../../model/source.js";
import { INSTANT_WIDTH, Row, type RowWriter } from "./row.js";

const LINE = 0;
const EVIDENCE_TEXT = 1;
const MARK = 2;
const AT = 3;
const GROUPS = AT + INSTANT_WIDTH;
const LOGGER = GROUPS + 1;
const VARIANT = LOGGER + 1;
const MESSAGE = VARIANT + 1;
export const LOG_MARK_WIDTH = MESSAGE + 1;

export function writeLogMark(to: RowWriter, event: LogMark): void {
  const { line, text } = event.evidence;
  to.num(LINE, line);
  to.text(EVIDENCE_TEXT, text);
  to.text(MARK, event.mark);
  to.instant(AT, event.at);
  to.value(GROUPS, event.groups);
  to.text(LOGGER, event.logger);
  to.text(VARIANT, event.variant);
  to.text(MESSAGE, event.message);
}

export class LogMarkRow extends Row {
  plain(): LogMark {
    const place = { source: this.rows.source, line: this.num(LINE) };
    const text = this.optionalText(EVIDENCE_TEXT);
    const evidence: Evidence = text === undefined ? place : { ...place, text };
    // What the writer put there.
    const groups = this.value(GROUPS) as LogMark["groups"];
    const [mark, at, logger] = [this.text(MARK), this.instant(AT), this.text(LOGGER)];
    return { type: "log-mark", mark, groups, logger, variant: this.text(VARIANT), message: this.text(MESSAGE), evidence, at };
  }
}
