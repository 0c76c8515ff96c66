import { escapeHtml, type Html, html } from "../templates/markup.js";
import { place, roundScale } from "./scale.js";

const WIDTH = 190;
const MARGIN = 6;
const MIDDLE = 13;

export interface Difference {
  readonly value: number;
  readonly interval: readonly [number, number];
  readonly label: string;
  /** Ends of the scale as text. */
  readonly text: (value: number, decimals: number) => string;
}

/** A difference with its interval on a scale of its own that holds zero, which is a line across. */
export function differenceSvg({ value, interval, label, text }: Difference): Html {
  const [low, high] = interval;
  const reach = Math.max(Math.abs(low), Math.abs(high)) || 1;
  const scale = roundScale(Math.min(low, -0.25 * reach), Math.max(high, 0.25 * reach), 3);
  const length = WIDTH - 2 * MARGIN;
  const x = (at: number): number => MARGIN + scale.at(at, length);
  const ends = ([scale.low, scale.high] as const).map((end, index) => {
    const anchor = index === 0 ? "start" : "end";
    return `<text class="tick" x="${place(x(end))}" y="38" text-anchor="${anchor}">${escapeHtml(text(end, scale.decimals))}</text>`;
  });
  return html(
    `<svg class="strip" role="img" aria-label="${escapeHtml(label)}" width="${WIDTH}" height="42" viewBox="0 0 ${WIDTH} 42" direction="ltr">` +
      `<path class="axis" d="M${MARGIN} 25H${place(MARGIN + length)}M${place(x(0))} 2V25"/>` +
      `<path class="interval" d="M${place(x(low))} ${MIDDLE}H${place(Math.max(x(high), x(low) + 0.1))}"/>` +
      `<circle class="value" cx="${place(x(value))}" cy="${MIDDLE}" r="4.5"/>${ends.join("")}` +
      `<text class="tick" x="${place(x(0))}" y="38" text-anchor="middle">0</text></svg>`,
  );
}
