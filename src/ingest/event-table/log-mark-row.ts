import type { LogMark } from "../../model/event.js";
import type { Evidence } from "../../model/source.js";
import type { Instant } from "../../model/time.js";
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

export class LogMarkRow extends Row implements LogMark {
  get type(): "log-mark" {
    return "log-mark";
  }
  get mark(): string {
    return this.text(MARK);
  }
  get at(): Instant {
    return this.instant(AT);
  }
  get groups(): LogMark["groups"] {
    // What the writer put there.
    return this.value(GROUPS) as LogMark["groups"];
  }
  get logger(): string {
    return this.text(LOGGER);
  }
  get variant(): string {
    return this.text(VARIANT);
  }
  get message(): string {
    return this.text(MESSAGE);
  }
  get evidence(): Evidence {
    const place = this.place(LINE);
    const text = this.optionalText(EVIDENCE_TEXT);
    return text === undefined ? place : { ...place, text };
  }

  toJSON(): LogMark {
    const { type, mark, groups, logger, variant, message, evidence, at } = this;
    return { type, mark, groups, logger, variant, message, evidence, at };
  }
}
