/** A linear scale with round ends. */
export interface Scale {
  readonly low: number;
  readonly high: number;
  /** Place of a value along a length. */
  at(value: number, length: number): number;
  /** Round values, both ends included or just inside them. */
  readonly ticks: readonly number[];
  readonly decimals: number;
}

/** A scale over [low, high] with ends on multiples of 1, 2 or 5 times a power of ten. */
export function roundScale(low: number, high: number, wanted: number): Scale {
  const span = high > low ? high - low : Math.max(1, Math.abs(high));
  const raw = span / wanted;
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((candidate) => candidate >= raw) ?? raw;
  const from = Math.floor(low / step + 1e-9) * step;
  const to = Math.max(from + step, Math.ceil(high / step - 1e-9) * step);
  const decimals = Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
  const ticks = Array.from({ length: Math.round((to - from) / step) + 1 }, (_, index) => Number((from + index * step).toFixed(decimals)));
  return {
    low: from,
    high: to,
    ticks,
    decimals,
    at: (value, length) => ((Math.min(to, Math.max(from, value)) - from) / (to - from)) * length,
  };
}

/** A coordinate with at most two decimals. */
export function place(value: number): string {
  return String(Math.round(value * 100) / 100);
}

/** A word of the vertical axis at a height, in the margin that report.css leaves before every plot. */
export function levelText(y: number, text: string): string {
  return `<text class="tick level" x="0" dx="-8" y="${place(y + 4)}" text-anchor="end">${text}</text>`;
}

/** Offsets in (-1, 1) that spread neighbours apart without randomness: multiples of the golden ratio. */
export function spread(index: number): number {
  return ((index * 0.618033988749895) % 1) * 2 - 1;
}

/** Dots as one path of zero-length strokes. */
export function dots(points: readonly (readonly [number, number])[]): string {
  return points.map(([x, y]) => `M${place(x)} ${place(y)}h0`).join("");
}
