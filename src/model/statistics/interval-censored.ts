import { firstIndex } from "../collections/first-index.js";
import type { DurationMs } from "../time.js";

/** A lifetime of which the end is only known to lie between two ages. */
export interface IntervalLifetime {
  /** It had not ended before this age; for a right-censored one, not by it. */
  readonly loMs: DurationMs;
  /** It had ended by this age; Infinity: right-censored at `loMs`. */
  readonly hiMs: DurationMs;
  /** Age at which it came under observation (left-truncation); 0 when seen from the start. */
  readonly enteredMs?: DurationMs;
  /** The age in this range at which it most likely ended, where something tells. */
  readonly likelyMs?: DurationMs;
}

/** A share of all ends that the data place between two ages, without saying where. */
export interface InnermostInterval {
  readonly loMs: DurationMs;
  readonly hiMs: DurationMs;
  readonly mass: number;
}

/** Stops when no mass could be shifted to gain more than this share of likelihood per lifetime. */
const TOLERANCE = 1e-7;
const MOST_ROUNDS = 2000;
/** Where mass can only come before an entry the data may not place any: it begins with this much, and grows if they ask for it. */
const HARDLY_ANY = 1e-6;
/** Mass below this is what the iteration began with, or has not yet taken away. */
const NO_MASS = 1e-6;

/**
 * Nonparametric maximum likelihood estimate for interval-censored and left-truncated lifetimes (Turnbull, "The empirical distribution function with
 * arbitrarily grouped, censored and truncated data", JRSS B 38, 1976; truncation as corrected by Frydman, JRSS B 56, 1994). The likelihood does not
 * know where in an innermost interval its mass lies. With exact and right-censored ends alone it is the Kaplan-Meier estimate.
 *
 * Self-consistency steps alternate with steps of the iterative convex minorant (Wellner and Zhan, JASA 92, 1997), which reach the maximum where
 * the former crawl; truncated samples take the former alone. Deterministic; in order of age, intervals without mass left out.
 */
export function innermostIntervals(observed: readonly IntervalLifetime[]): InnermostInterval[] {
  const lifetimes = observed.filter(wasAtRisk).map(atRiskFrom);
  const support = supportOf(lifetimes);
  if (support.length === 0) return [];
  const spans = lifetimes.map((lifetime) => spanOf(lifetime, support)).filter(({ first, last }) => first <= last);
  const mass = Float64Array.from(support, ({ beforeEntry }) => (beforeEntry ? HARDLY_ANY : 1) / support.length);
  const truncated = spans.some(({ entry }) => entry > 0);
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    if (selfConsistencyStep(mass, spans) <= TOLERANCE) break;
    if (!truncated) convexMinorantStep(mass, spans);
  }
  // What is left out goes to all others in proportion: together they hold everything.
  const leftOut = mass.reduce((sum, share) => (share < NO_MASS ? sum + share : sum), 0);
  return support.flatMap(({ loMs, hiMs }, index) => {
    const share = mass[index] as number;
    return share < NO_MASS ? [] : [{ loMs, hiMs, mass: share / (1 - leftOut) }];
  });
}

/** Whether it was under observation before it may have ended, or was lost. */
export function wasAtRisk({ loMs, hiMs, enteredMs = 0 }: IntervalLifetime): boolean {
  return enteredMs <= 0 || enteredMs < (Number.isFinite(hiMs) ? hiMs : loMs);
}

/** Whoever came under observation at an age had not ended by then. */
function atRiskFrom(lifetime: IntervalLifetime): IntervalLifetime {
  return { ...lifetime, loMs: Math.max(lifetime.loMs, lifetime.enteredMs ?? 0) };
}

type Ages = Pick<InnermostInterval, "loMs" | "hiMs">;

/** An innermost interval; where it ends only because some lifetime came under observation, no end was seen in it. */
interface Support extends Ages {
  readonly beforeEntry: boolean;
}

/** At one age: a range that includes it begins, then ranges end, then what is known to last longer begins. */
const BEGINS = 0;
const ENDS = 1;
const OUTLASTS = 2;

function beginning({ loMs, hiMs, enteredMs = 0 }: IntervalLifetime): number {
  return hiMs === Number.POSITIVE_INFINITY || (enteredMs > 0 && loMs === enteredMs) ? OUTLASTS : BEGINS;
}

/** Ages between a beginning and an end with no other between them: nowhere else can mass raise the likelihood. */
function supportOf(lifetimes: readonly IntervalLifetime[]): Support[] {
  const edges = lifetimes.flatMap((lifetime) => {
    const { loMs, hiMs, enteredMs = 0 } = lifetime;
    const own = [
      { at: loMs, kind: beginning(lifetime), beforeEntry: false },
      { at: hiMs, kind: ENDS, beforeEntry: false },
    ];
    return enteredMs > 0 ? [...own, { at: enteredMs, kind: ENDS, beforeEntry: true }] : own;
  });
  edges.sort((a, b) => (a.at === b.at ? a.kind - b.kind || Number(a.beforeEntry) - Number(b.beforeEntry) : a.at < b.at ? -1 : 1));
  return edges.flatMap((edge, index) => {
    const before = edges[index - 1];
    return edge.kind === ENDS && before !== undefined && before.kind !== ENDS
      ? [{ loMs: before.at, hiMs: edge.at, beforeEntry: edge.beforeEntry }]
      : [];
  });
}

/** Which of the innermost intervals a lifetime may have ended in, and from which on it was under observation. */
interface Span {
  readonly first: number;
  readonly last: number;
  readonly entry: number;
}

function spanOf(lifetime: IntervalLifetime, support: readonly Ages[]): Span {
  const { loMs, hiMs, enteredMs = 0 } = lifetime;
  const strictly = beginning(lifetime) === OUTLASTS;
  const first = firstIndex(support, ({ loMs: lo, hiMs: hi }) => lo > loMs || (lo === loMs && (!strictly || hi > loMs)));
  const last = firstIndex(support, ({ hiMs: hi }) => hi > hiMs) - 1;
  const entry = enteredMs <= 0 ? 0 : firstIndex(support, ({ hiMs: hi }) => hi > enteredMs);
  return { first, last, entry };
}

/** Mass of the first k intervals, for k from 0. */
function cumulative(mass: Float64Array): Float64Array {
  const sums = new Float64Array(mass.length + 1);
  for (let index = 0; index < mass.length; index += 1) sums[index + 1] = (sums[index] as number) + (mass[index] as number);
  return sums;
}

/** One expectation-maximisation step, in place; returns by how much the steepest direction still exceeds the maximum's condition. */
function selfConsistencyStep(mass: Float64Array, spans: readonly Span[]): number {
  const sums = cumulative(mass);
  const slope = new Float64Array(mass.length + 1);
  const add = (from: number, to: number, by: number) => {
    slope[from] = (slope[from] as number) + by;
    slope[to] = (slope[to] as number) - by;
  };
  let total = 0;
  for (const { first, last, entry } of spans) {
    add(first, last + 1, 1 / ((sums[last + 1] as number) - (sums[first] as number)));
    const seen = (sums[mass.length] as number) - (sums[entry] as number);
    // Those that had ended before they could be seen: for each one seen, as many as the estimate itself says.
    if (entry > 0) add(0, entry, 1 / seen);
    total += 1 / seen;
  }
  let excess = 0;
  let running = 0;
  let sum = 0;
  for (let index = 0; index < mass.length; index += 1) {
    running += slope[index] as number;
    excess = Math.max(excess, running / total - 1);
    mass[index] = ((mass[index] as number) * running) / total;
    sum += mass[index] as number;
  }
  for (let index = 0; index < mass.length; index += 1) mass[index] = (mass[index] as number) / sum;
  return excess;
}

function logLikelihood(sums: Float64Array, spans: readonly Span[]): number {
  let sum = 0;
  for (const { first, last } of spans) sum += Math.log((sums[last + 1] as number) - (sums[first] as number));
  return sum;
}

/** Newton step on the distribution function with a diagonal Hessian, made monotone and shortened until the likelihood does not fall; in place. */
function convexMinorantStep(mass: Float64Array, spans: readonly Span[]): void {
  const sums = cumulative(mass);
  const inner = mass.length - 1;
  const gradient = new Float64Array(mass.length + 1);
  const curvature = new Float64Array(mass.length + 1);
  for (const { first, last } of spans) {
    const share = (sums[last + 1] as number) - (sums[first] as number);
    gradient[last + 1] = (gradient[last + 1] as number) + 1 / share;
    gradient[first] = (gradient[first] as number) - 1 / share;
    curvature[last + 1] = (curvature[last + 1] as number) + 1 / share ** 2;
    curvature[first] = (curvature[first] as number) + 1 / share ** 2;
  }
  const targets = Array.from({ length: inner }, (_, index) => {
    const weight = Math.max(curvature[index + 1] as number, Number.MIN_VALUE);
    return { value: (sums[index + 1] as number) + (gradient[index + 1] as number) / weight, weight };
  });
  const before = logLikelihood(sums, spans);
  const fitted = isotonic(targets).map((value) => Math.min(1, Math.max(0, value)));
  for (let step = 1; step > 1e-4; step /= 2) {
    const next = sums.map((sum, index) => (index === 0 || index > inner ? sum : sum + step * ((fitted[index - 1] as number) - sum)));
    if (!(logLikelihood(next, spans) >= before)) continue;
    for (let index = 0; index <= inner; index += 1) mass[index] = Math.max(0, (next[index + 1] as number) - (next[index] as number));
    return;
  }
}

/** Weighted least-squares fit that does not fall, by pooling adjacent violators. */
function isotonic(targets: readonly { readonly value: number; readonly weight: number }[]): number[] {
  const pools: { value: number; weight: number; size: number }[] = [];
  for (const target of targets) {
    let pool = { ...target, size: 1 };
    for (let last = pools.at(-1); last !== undefined && last.value >= pool.value; last = pools.at(-1)) {
      const weight = last.weight + pool.weight;
      pool = { value: (last.value * last.weight + pool.value * pool.weight) / weight, weight, size: last.size + pool.size };
      pools.pop();
    }
    pools.push(pool);
  }
  return pools.flatMap(({ value, size }) => new Array<number>(size).fill(value));
}
