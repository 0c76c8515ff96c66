/** `date: Sun, 07 Dec 2025 08:50:29 GMT` (RFC 9110 section 5.6.7), also quoted, as Python dict text or as a pair of bytes. */
import type { EpochMs } from "../../model/time.js";
import { monthNumber } from "./month-names.js";

const HEADER =
  /(?<![\w-])date['"]?\s{0,3}[:=,]\s{0,3}b?['"]?(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), (\d\d) (\w{3}) (\d{4}) (\d\d):(\d\d):(\d\d) GMT/i;
const HOST = /https?:\/\/([A-Za-z0-9._-]+|\[[0-9a-fA-F:]+\])/;

/** Stands in every message with such a date. */
export const HTTP_DATE_TEXT = " GMT";

/** The server's date in a logged message, with the host it asked, or null. */
export function findHttpDate(message: string): { readonly host: string; readonly date: EpochMs } | null {
  if (!message.includes(HTTP_DATE_TEXT)) return null;
  const found = HEADER.exec(message);
  const month = monthNumber(found?.[2] ?? "");
  if (!found || month === null) return null;
  const date = Date.UTC(Number(found[3]), month - 1, Number(found[1]), Number(found[4]), Number(found[5]), Number(found[6]));
  return { host: HOST.exec(message)?.[1] ?? "server", date };
}
