import { withoutAbsent } from "../../model/collections/without-absent.js";
import { type ApiRequest, WRITE_VERBS, WRITTEN_RESOURCES } from "../../model/event.js";
import type { Evidence } from "../../model/source.js";
import type { Instant } from "../../model/time.js";
import { INSTANT_WIDTH, Row, type RowWriter } from "./row.js";

const LINE = 0;
const AUDIT_ID = 1;
const VERB = 2;
const RESOURCE = 3;
const NAMESPACE = 4;
const NAME = 5;
const UID = 6;
const SUBRESOURCE = 7;
const USER = 8;
const RECEIVED = 9;
const COMPLETED = RECEIVED + INSTANT_WIDTH;
const ANSWERED_STATUS = COMPLETED + INSTANT_WIDTH;
const TAKES_ALL = ANSWERED_STATUS + 1;
export const API_REQUEST_WIDTH = TAKES_ALL + 1;

export function writeApiRequest(to: RowWriter, event: ApiRequest): void {
  to.num(LINE, event.evidence.line);
  to.ownText(AUDIT_ID, event.auditId);
  to.num(VERB, WRITE_VERBS.indexOf(event.verb));
  to.num(RESOURCE, WRITTEN_RESOURCES.indexOf(event.resource));
  to.text(NAMESPACE, event.namespace);
  to.text(NAME, event.name);
  to.text(UID, event.uid);
  to.text(SUBRESOURCE, event.subresource);
  to.text(USER, event.user);
  to.instant(RECEIVED, event.received);
  to.instant(COMPLETED, event.completed);
  to.num(ANSWERED_STATUS, event.answeredStatus ? 1 : 0);
  to.num(TAKES_ALL, event.takesAll ? 1 : 0);
}

export class ApiRequestRow extends Row implements ApiRequest {
  get type(): "api-request" {
    return "api-request";
  }
  get auditId(): string {
    return this.text(AUDIT_ID);
  }
  get verb(): ApiRequest["verb"] {
    return WRITE_VERBS[this.num(VERB)] ?? "update";
  }
  get resource(): ApiRequest["resource"] {
    return WRITTEN_RESOURCES[this.num(RESOURCE)] ?? "services";
  }
  get namespace(): string {
    return this.text(NAMESPACE);
  }
  get name(): string {
    return this.text(NAME);
  }
  get uid(): string | undefined {
    return this.optionalText(UID);
  }
  get subresource(): string | undefined {
    return this.optionalText(SUBRESOURCE);
  }
  get user(): string {
    return this.text(USER);
  }
  get received(): Instant {
    return this.instant(RECEIVED);
  }
  get completed(): Instant {
    return this.instant(COMPLETED);
  }
  get answeredStatus(): boolean {
    return this.num(ANSWERED_STATUS) === 1;
  }
  get takesAll(): true | undefined {
    return this.num(TAKES_ALL) === 1 || undefined;
  }
  get evidence(): Evidence {
    return this.place(LINE);
  }

  toJSON(): ApiRequest {
    const { type, auditId, verb, resource, namespace, name, uid, subresource, user, received, completed, evidence } = this;
    const object = { namespace, name, uid, subresource };
    const answer = { answeredStatus: this.answeredStatus, takesAll: this.takesAll };
    return withoutAbsent<ApiRequest>({ type, auditId, verb, resource, ...object, user, received, completed, ...answer, evidence });
  }
}
