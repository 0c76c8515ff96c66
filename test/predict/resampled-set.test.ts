import { describe, expect, it } from "vitest";
import { createRandom } from "../../src/model/statistics/random.js";
import { lazySet, type ResampledSet, wholeSet } from "../../src/predict/resampled-set.js";

const GROUP = Int32Array.from({ length: 8 }, (_, index) => index);
const ROUNDS = 20_000;
const PICKS = 4;

/** How often a round's picks hold a place twice, and how often each place is picked: what depends on a set that stays the same for a round. */
function tally(set: ResampledSet): { readonly repeats: number; readonly places: number[] } {
  const random = createRandom("resampled-set");
  const places = Array.from(GROUP, () => 0);
  let repeats = 0;
  for (let round = 0; round < ROUNDS; round += 1) {
    set.begin(random);
    const picked = Array.from({ length: PICKS }, () => set.pick(0, random));
    for (const place of picked) places[place] = (places[place] ?? 0) + 1 / (ROUNDS * PICKS);
    repeats += (PICKS - new Set(picked).size) / ROUNDS;
  }
  return { repeats, places };
}

describe("a resampled data set", () => {
  it("is the same thing whether it is drawn before or while it is picked from", () => {
    const [whole, lazy] = [tally(wholeSet([GROUP])), tally(lazySet([GROUP]))];
    for (const { places } of [whole, lazy]) for (const share of places) expect(share).toBeCloseTo(1 / GROUP.length, 1);
    // Picks without a set behind them would repeat a place less often: C(4,2)/8 = 0.75 pairs against C(4,2) (1/7 + 6/7 / 8) = 1.5.
    expect(lazy.repeats).toBeCloseTo(whole.repeats, 1);
    expect(lazy.repeats).toBeGreaterThan(0.9);
  });

  it("is drawn anew for each simulated run", () => {
    for (const set of [wholeSet([GROUP]), lazySet([GROUP])]) {
      const random = createRandom("anew");
      const rounds = Array.from({ length: 50 }, () => {
        set.begin(random);
        return Array.from({ length: 200 }, () => set.pick(0, random));
      });
      const members = rounds.map((picked) => [...new Set(picked)].sort((a, b) => a - b).join(" "));
      expect(new Set(members).size).toBeGreaterThan(10);
    }
  });
});
