import { escapeHtml, type Html, html } from "../markup.js";
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
  readonly value: number;
  readonly interval: readonly [number, number] | null;
  readonly samples: readonly number[];
  /** Ends of the scale as text, and the unit after them. */
  readonly text: (value: number, decimals: number) => string;
  readonly unit: string;
  readonly label: string;
}

/** Documented range hatched, samples as faint dots, interval and value on top, scale ends below. */
export function bulletSvg(bullet: Bullet): Html {
  const seen = [...bullet.samples].sort((a, b) => a - b);
  const inner = seen.slice(Math.floor(seen.length * 0.01), Math.max(1, Math.ceil(seen.length * 0.99)));
  const values = [bullet.value, ...(bullet.interval ?? []), ...inner, bullet.low, bullet.high].filter((value) => value !== null);
  const least = Math.min(...values);
  const most = Math.max(...values);
  const room = (most - least || Math.abs(most) || 1) * 0.12;
  const nearZero = least >= 0 && least < most * 0.45;
  const scale = roundScale(nearZero ? 0 : Math.max(least >= 0 ? 0 : -Infinity, least - room), most + room, 4);
  const length = WIDTH - UNIT_WIDTH - 8;
  const x = (value: number): number => 4 + scale.at(value, length);
  const left = bullet.low === null ? x(scale.low) : x(bullet.low);
  const right = bullet.high === null ? x(scale.high) : x(bullet.high);
  const range = `<rect class="doc-range" x="${place(left)}" y="${MIDDLE - 10}" width="${place(Math.max(3, right - left))}" height="20" rx="2"/>`;
  const points =
    inner.length > 1 ? `<path class="points" d="${dots(inner.map((value, index) => [x(value), MIDDLE + spread(index) * 6]))}"/>` : "";
  const interval = bullet.interval
    ? `<path class="interval" d="M${place(x(bullet.interval[0]))} ${MIDDLE}H${place(Math.max(x(bullet.interval[1]), x(bullet.interval[0]) + 0.1))}"/>`
    : "";
  const ends = [scale.low, scale.high]
    .map((end, index) => {
      const anchor = index === 0 ? "start" : "end";
      return `<text class="tick" x="${place(x(end))}" y="44" text-anchor="${anchor}">${escapeHtml(bullet.text(end, scale.decimals))}</text>`;
    })
    .join("");
  const unit = bullet.unit === "" ? "" : `<text class="tick" x="${place(x(scale.high) + 5)}" y="44">${escapeHtml(bullet.unit)}</text>`;
  return html(
    `<svg class="bullet" role="img" aria-label="${escapeHtml(bullet.label)}" width="${WIDTH}" height="48" viewBox="0 0 ${WIDTH} 48" direction="ltr">` +
      `<path class="axis" d="M${place(x(scale.low))} ${AXIS}H${place(x(scale.high))}"/>${range}${points}${interval}` +
      `<circle class="value" cx="${place(x(bullet.value))}" cy="${MIDDLE}" r="4.5"/>${ends}${unit}</svg>`,
  );
}
