import { escapeHtml, type Html, html } from "../templates/markup.js";
import { dots, place, roundScale, spread } from "./scale.js";

const WIDTH = 250;
/** Room at the right for the unit. */
const UNIT_WIDTH = 34;
const MIDDLE = 15;
const AXIS = 31;

export interface Bullet {
  /** Documented range with its tolerance; an end that is null is open. */
  readonly low: number | null;
  readonly high: number | null;
  /** null where only the interval is known. */
  readonly value: number | null;
  readonly interval: readonly [number, number] | null;
  readonly samples: readonly number[];
  /** Ends of the scale as text, and the unit after them. */
  readonly text: (value: number, decimals: number) => string;
  readonly unit: string;
  readonly label: string;
}

/** Where the parts of a bullet stand along its length. */
export interface BulletPlaces {
  /** Values that are drawn as dots, at their places. */
  readonly points: readonly number[];
  readonly documented: readonly [number, number];
  readonly interval: readonly [number, number] | null;
  readonly value: number | null;
  /** Both ends of the scale, as text. */
  readonly ends: readonly [string, string];
}

/** Lays a bullet out over a length; the scale is round, holds everything but the outermost samples, and begins at 0 where that is near. */
export function bulletPlaces(bullet: Bullet, length: number): BulletPlaces {
  const seen = [...bullet.samples].sort((a, b) => a - b);
  const inner = seen.slice(Math.floor(seen.length * 0.01), Math.max(1, Math.ceil(seen.length * 0.99)));
  const values = [bullet.value, ...(bullet.interval ?? []), ...inner, bullet.low, bullet.high].filter((value) => value !== null);
  const least = values.reduce((low, value) => Math.min(low, value));
  const most = values.reduce((high, value) => Math.max(high, value));
  const room = (most - least || Math.abs(most) || 1) * 0.12;
  const nearZero = least >= 0 && least < most * 0.45;
  const scale = roundScale(nearZero ? 0 : Math.max(least >= 0 ? 0 : -Infinity, least - room), most + room, 4);
  const x = (value: number): number => scale.at(value, length);
  return {
    points: inner.length > 1 ? inner.map(x) : [],
    documented: [x(bullet.low ?? scale.low), x(bullet.high ?? scale.high)],
    interval: bullet.interval === null ? null : [x(bullet.interval[0]), x(bullet.interval[1])],
    value: bullet.value === null ? null : x(bullet.value),
    ends: [bullet.text(scale.low, scale.decimals), bullet.text(scale.high, scale.decimals)],
  };
}

/** Documented range hatched, samples as faint dots, interval and value on top, scale ends below. */
export function bulletSvg(bullet: Bullet): Html {
  const length = WIDTH - UNIT_WIDTH - 8;
  const places = bulletPlaces(bullet, length);
  const x = (at: number): number => 4 + at;
  const [left, right] = [x(places.documented[0]), x(places.documented[1])];
  const range = `<rect class="doc-range" x="${place(left)}" y="${MIDDLE - 10}" width="${place(Math.max(3, right - left))}" height="20" rx="2"/>`;
  const points =
    places.points.length > 0
      ? `<path class="points" d="${dots(places.points.map((at, index) => [x(at), MIDDLE + spread(index) * 6]))}"/>`
      : "";
  const interval = places.interval
    ? `<path class="interval" d="M${place(x(places.interval[0]))} ${MIDDLE}H${place(Math.max(x(places.interval[1]), x(places.interval[0]) + 0.1))}"/>`
    : "";
  const value = places.value === null ? "" : `<circle class="value" cx="${place(x(places.value))}" cy="${MIDDLE}" r="4.5"/>`;
  const ends = places.ends
    .map((end, index) => {
      const anchor = index === 0 ? "start" : "end";
      return `<text class="tick" x="${place(x(index * length))}" y="44" text-anchor="${anchor}">${escapeHtml(end)}</text>`;
    })
    .join("");
  const unit = bullet.unit === "" ? "" : `<text class="tick" x="${place(x(length) + 5)}" y="44">${escapeHtml(bullet.unit)}</text>`;
  return html(
    `<svg class="bullet" role="img" aria-label="${escapeHtml(bullet.label)}" width="${WIDTH}" height="48" viewBox="0 0 ${WIDTH} 48" direction="ltr">` +
      `<path class="axis" d="M${place(x(0))} ${AXIS}H${place(x(length))}"/>${range}${points}${interval}` +
      `${value}${ends}${unit}</svg>`,
  );
}
