/**
 * What the text of a row of the audit log tells before it is parsed. Most rows of a cluster's log are of no use here, so this looks for fixed texts
 * only, several times as fast as expressions: V8 finds texts of up to six characters without preparing anything, and quickly where the first is rare, so
 * keys are found by their ends. What stands inside of texts and objects of the row is found too: good for ruling out.
 */
import { WRITE_VERBS, WRITTEN_RESOURCES } from "../../model/event.js";

const VERBS: ReadonlySet<string> = new Set(WRITE_VERBS);
const RESOURCES: ReadonlySet<string> = new Set(WRITTEN_RESOURCES);
/** Between a key's colon and its value [characters]. */
const MOST_SPACES = 4;
const LONGEST_WORD = "deletecollection".length;
/** How long a stamp may be [characters]. */
export const STAMP_LENGTH = { from: 20, to: 40 } as const;
const STAMP_KEYS = ['"stageTimestamp":', '"requestReceivedTimestamp":', '"timestamp":'];
const [QUOTE, SPACE] = [0x22, 0x20];

/** Every row has its id; the items of an `EventList` have no version of their own. */
export function isAuditText(text: string): boolean {
  return text.includes('"audit.k8s.io/') || text.includes('"auditID"');
}

/** Whether the row may be a completed write to a resource that is used, written compactly (as the API server does) or with spaces. */
export function mayBeWrite(text: string): boolean {
  return holds(text, '"verb":', 'verb":', VERBS) && holds(text, '"resource":', 'urce":', RESOURCES) && text.includes("ResponseComplete");
}

/** Calls for the value of each `stageTimestamp`, `requestReceivedTimestamp` and `timestamp`, in order. */
export function eachStamp(text: string, tell: (stamp: string) => void): void {
  const keyEnd = 'mp":';
  /** What belongs to the last stamp is no key of the next. */
  let from = 0;
  for (let at = text.indexOf(keyEnd); at !== -1; at = text.indexOf(keyEnd, at + keyEnd.length)) {
    const end = at + keyEnd.length;
    if (!STAMP_KEYS.some((key) => end - key.length >= from && text.startsWith(key, end - key.length))) continue;
    const open = text.charCodeAt(end) === SPACE ? end + 1 : end;
    if (text.charCodeAt(open) !== QUOTE) continue;
    const close = text.indexOf('"', open + 1);
    const length = close - open - 1;
    if (length < STAMP_LENGTH.from || length > STAMP_LENGTH.to) continue;
    tell(text.slice(open + 1, close));
    from = close + 1;
  }
}

/** Whether the key stands somewhere with one of the words. */
function holds(text: string, key: string, keyEnd: string, words: ReadonlySet<string>): boolean {
  for (let at = text.indexOf(keyEnd); at !== -1; at = text.indexOf(keyEnd, at + keyEnd.length)) {
    const end = at + keyEnd.length;
    if (!text.startsWith(key, end - key.length)) continue;
    let open = end;
    while (open < end + MOST_SPACES && text.charCodeAt(open) === SPACE) open += 1;
    if (text.charCodeAt(open) !== QUOTE) continue;
    const close = text.indexOf('"', open + 1);
    if (close !== -1 && close - open - 1 <= LONGEST_WORD && words.has(text.slice(open + 1, close))) return true;
  }
  return false;
}
