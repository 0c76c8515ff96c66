import type { Random } from "../model/statistics/random.js";
import type { EpochMs } from "../model/time.js";
import { type Fate, type InvestigationPlan, planInvestigation, runningUntil } from "./investigation-plan.js";
import type { SimulationSettings } from "./options.js";

/** One execution of the suite. */
export interface RunPlan {
  readonly startAt: EpochMs;
  /** Last moment of the log: the end of the last investigation, or the cut of one that still runs. */
  readonly endAt: EpochMs;
  /** In order of their start. */
  readonly investigations: readonly InvestigationPlan[];
  /** Groups that were started together, with the end of the delay after each. */
  readonly groups: readonly { readonly startAt: EpochMs; readonly endAt: EpochMs; readonly members: readonly InvestigationPlan[] }[];
}

/** Draws which investigations do not go well: each kind gets its number, never the first (it shows the good case) or the last. */
export function drawFates(settings: SimulationSettings, random: Random): Fate[] {
  const { trouble } = settings;
  const fates: Fate[] = Array.from({ length: settings.investigations }, () => "ok");
  const places = fates.map((_, index) => index).slice(1, -1);
  const wanted: readonly (readonly [Fate, number])[] = [
    ["timeout", trouble.timeouts],
    ["crash", trouble.crashes],
    ["refused", trouble.refused],
    ["stream-error", trouble.streamErrors],
    ["reconnect", trouble.reconnects],
    ["unopened", trouble.unopened],
    ["leaked", trouble.leaked],
  ];
  for (const [fate, count] of wanted) {
    for (let taken = 0; taken < count; taken += 1) {
      const [place] = places.splice(random.integer(0, places.length - 1), 1);
      if (place === undefined) {
        throw new RangeError(
          `${settings.investigations} investigations are too few for so much trouble: leave the first and the last alone`,
        );
      }
      fates[place] = fate;
    }
  }
  if (trouble.runningAtEnd) {
    fates[fates.length - 1] = "running";
  }
  return fates;
}

/** Slots in use, lowest free first: a slot is free again when its Job is gone. */
export class SlotTable {
  readonly #freeFrom = new Map<number, EpochMs>();

  take(at: EpochMs): number {
    for (let slot = 1; ; slot += 1) {
      if ((this.#freeFrom.get(slot) ?? -Infinity) <= at) {
        this.#freeFrom.set(slot, Infinity);
        return slot;
      }
    }
  }

  /** `at` null: never. */
  free(slot: number, at: EpochMs | null): void {
    this.#freeFrom.set(slot, at ?? Infinity);
  }
}

/** Plans the investigations of a run one after the other, or in groups of `overlap`. */
export function planRun(
  settings: SimulationSettings,
  place: { readonly startAt: EpochMs; readonly firstSequence: number; readonly fates: readonly Fate[] },
  slots: SlotTable,
  random: Random,
): RunPlan {
  const groups: RunPlan["groups"][number][] = [];
  let at = place.startAt + 120;
  let doneAt = at;
  for (let first = 0; first < place.fates.length; first += settings.overlap) {
    const startAt = at;
    const members: InvestigationPlan[] = [];
    for (const [offset, fate] of place.fates.slice(first, first + settings.overlap).entries()) {
      const index = first + offset;
      const start = offset === 0 ? startAt + 2 : startAt + 2 + offset * 60 + random.integer(0, 50);
      const slot = slots.take(start);
      const plan = planInvestigation(
        settings,
        { index, sequence: place.firstSequence + index, slot, start, fate },
        random.fork(`investigation-${index}`),
      );
      slots.free(slot, plan.serving.removal?.jobGoneAt ?? null);
      members.push(plan);
    }
    doneAt = Math.max(...members.map((plan) => plan.edges.end ?? runningUntil(plan) ?? startAt));
    const last = first + settings.overlap >= place.fates.length;
    const running = members.some((plan) => plan.fate === "running");
    const delay = running || (last && !settings.delayAfterLast) ? 0 : settings.delayMs + random.integer(0, 2);
    at = doneAt + delay;
    groups.push({ startAt, endAt: at, members });
  }
  return { startAt: place.startAt, endAt: doneAt, investigations: groups.flatMap((group) => group.members), groups };
}
