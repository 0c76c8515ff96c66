import type { ClockSample } from "../model/clock.js";
import { isObject } from "../model/text/json-object.js";
import type { EpochMs } from "../model/time.js";
import { type ApiClient, ApiError, apiGetJson } from "./api-get.js";
import type { KubeObject, WatchedKind } from "./collect-types.js";
import { collectionPath, RESOURCES } from "./resources.js";

/** Objects in one page; a page of them is all that is held at once. */
const PAGE_OBJECTS = 500;

/** One collection of the API: a kind in a namespace ("": in all), with a label selector ("": none). */
export interface Collection {
  readonly kind: WatchedKind;
  readonly namespace: string;
  readonly selector: string;
}

export interface ListPage {
  readonly objects: readonly KubeObject[];
  /** State of the collection that the whole list shows; a watch goes on from it. */
  readonly resourceVersion: string;
  readonly received: EpochMs;
  readonly sample?: ClockSample;
}

/** The pages of a list. When the server forgot the state of the first page (410), the rest is asked for anew and whole: `restarted` is called before. */
export async function* listPages(client: ApiClient, collection: Collection, restarted: () => void): AsyncGenerator<ListPage> {
  let next = "";
  let limit = String(PAGE_OBJECTS);
  for (;;) {
    const query = { ...selectorQuery(collection), ...(limit === "" ? {} : { limit }), ...(next === "" ? {} : { continue: next }) };
    try {
      const page = await readPage(client, collection, query);
      yield page;
      next = page.next;
      if (next === "") return;
    } catch (error) {
      if (!(error instanceof ApiError && error.status === 410 && next !== "")) throw error;
      restarted();
      next = "";
      limit = "";
    }
  }
}

/** The number of the last write to the collection, as a number of one cluster; NaN where it is none. */
export async function currentVersion(client: ApiClient, collection: Collection): Promise<number> {
  const { resourceVersion } = await readPage(client, collection, { ...selectorQuery(collection), limit: "1" });
  return Number.parseInt(resourceVersion, 10);
}

export function selectorQuery({ selector }: Collection): Readonly<Record<string, string>> {
  return selector === "" ? {} : { labelSelector: selector };
}

async function readPage(
  client: ApiClient,
  { kind, namespace }: Collection,
  query: Readonly<Record<string, string>>,
): Promise<ListPage & { readonly next: string }> {
  const { value, sample } = await apiGetJson(client, collectionPath(kind, namespace), query);
  const metadata = isObject(value.metadata) ? value.metadata : {};
  const items = Array.isArray(value.items) ? value.items : [];
  const { apiVersion } = RESOURCES[kind];
  return {
    // Items of a typed list do not say what they are.
    objects: items.filter(isObject).map((item) => ({ apiVersion, kind, ...item })),
    resourceVersion: String(metadata.resourceVersion ?? ""),
    next: typeof metadata.continue === "string" ? metadata.continue : "",
    received: client.clock(),
    ...(sample === undefined ? {} : { sample }),
  };
}
