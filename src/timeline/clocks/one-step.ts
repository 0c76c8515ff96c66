import { type Agreement, agreement, meets } from "../../model/statistics/bounds.js";
import type { Bounds } from "../../model/time.js";
import { type OffsetBound, thinned } from "./offset-bound.js";

/** As many bounds as this show where a clock was set as well as all of them; each place is tried on every one. */
const STEP_PROBES = 240;

/** What all places at which a clock may have been set leave its offset, before and after. */
export interface OneStep extends Bounds {
  /** How many bounds the best of them satisfy. */
  readonly agreeing: number;
  /** The two constants of the place in the middle. */
  readonly before: Agreement;
  readonly after: Agreement;
}

/** Tries to set the clock once, between each two of the bounds (in their order), for the places that satisfy most. */
export function oneStep(bounds: readonly OffsetBound[]): OneStep | undefined {
  const probes = thinned(bounds, STEP_PROBES);
  let places: { before: Agreement; after: Agreement }[] = [];
  let most = 0;
  for (let split = 1; split < probes.length; split += 1) {
    const [before, after] = [agreement(probes.slice(0, split)), agreement(probes.slice(split))];
    if (before === undefined || after === undefined || before.agreeing + after.agreeing < most) continue;
    if (before.agreeing + after.agreeing > most) places = [];
    most = before.agreeing + after.agreeing;
    places.push({ before, after });
  }
  const middle = places[places.length >> 1];
  if (middle === undefined) return undefined;
  const sides = places.flatMap(({ before, after }) => [before, after]);
  const agreeing = probes.length === bounds.length ? most : bounds.filter((b) => meets(b, middle.before) || meets(b, middle.after)).length;
  return { lo: Math.min(...sides.map(({ lo }) => lo)), hi: Math.max(...sides.map(({ hi }) => hi)), agreeing, ...middle };
}
