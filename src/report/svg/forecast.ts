import type { Prediction } from "../../model/prediction.js";
import { escapeHtml, type Html, html } from "../templates/markup.js";
import { levelText, place, roundScale } from "./scale.js";
import { wordsSvg } from "./words.js";

const HEIGHT = 300;
const BOTTOM = HEIGHT - 46;
const TOP = 34;
/** Percent of the width left of the first delay, and right of the last for the names of the lines. */
const LEFT = 4;
const RIGHT = 84;
/** Ticks nearer to each other than this, in percent, would run into each other on a phone. */
const NEAREST = 8;

export interface ForecastWords {
  readonly axis: string;
  readonly unit: string;
  readonly label: string;
  readonly peak: string;
  readonly mean: string;
  readonly limit: string;
  readonly seconds: (ms: number) => string;
}

interface Line {
  readonly name: string;
  readonly middle: readonly number[];
  readonly low: readonly number[];
  readonly high: readonly number[];
}

/** Peak and mean of open Jobs over the delay: the middle as a line, 90% as a band, the limit dashed. Delays without open Jobs are not drawn. */
export function forecastSvg(prediction: Prediction, words: ForecastWords): Html | undefined {
  const known = prediction.delays.flatMap(({ delayMs, openJobs }) => (openJobs === undefined ? [] : [{ delayMs, openJobs }]));
  const [first, last] = [known[0], known.at(-1)];
  if (first === undefined || last === undefined || first === last) return undefined;
  const maxOpen = prediction.limit?.maxOpen;
  const line = (name: "peak" | "mean"): Line => ({
    name: words[name],
    middle: known.map(({ openJobs }) => openJobs[name].median),
    low: known.map(({ openJobs }) => openJobs[name].pi90[0]),
    high: known.map(({ openJobs }) => openJobs[name].pi90[1]),
  });
  const lines = [line("peak"), line("mean")];
  const scale = roundScale(0, Math.max(maxOpen ?? 0, ...lines.flatMap(({ high }) => high)) * 1.05, 5);
  const x = (ms: number): number => LEFT + ((RIGHT - LEFT) * (ms - first.delayMs)) / (last.delayMs - first.delayMs);
  const y = (value: number): number => BOTTOM - scale.at(value, BOTTOM - TOP);
  const across = known.map(({ delayMs }) => x(delayMs));
  const grid = scale.ticks
    .map(
      (tick) =>
        `<line class="${tick === 0 ? "axis" : "grid"}" x1="0" x2="100%" y1="${place(y(tick))}" y2="${place(y(tick))}"/>` +
        levelText(y(tick), tick.toFixed(scale.decimals)),
    )
    .join("");
  const limit =
    maxOpen === undefined
      ? ""
      : `<line class="expected" x1="0" x2="100%" y1="${place(y(maxOpen))}" y2="${place(y(maxOpen))}"/>` +
        `<text class="tick halo" x="100%" y="${place(y(maxOpen) - 5)}" text-anchor="end">${wordsSvg(words.limit)}</text>`;
  const names = lines.map(
    ({ name, middle }) => `<text class="tick halo" x="${RIGHT}%" dx="9" y="${place(y(middle.at(-1) ?? 0) + 4)}">${wordsSvg(name)}</text>`,
  );
  const dots = lines.flatMap(({ middle }) =>
    middle.map((value, index) => `<circle class="value" cx="${place(across[index] ?? 0)}%" cy="${place(y(value))}" r="4"/>`),
  );
  return html(
    `<svg class="plot" role="img" aria-label="${escapeHtml(words.label)}" width="100%" height="${HEIGHT}" direction="ltr">${grid}` +
      `<text class="tick level" x="0" y="${TOP - 20}">${wordsSvg(words.unit)}</text>` +
      `<svg class="lines" viewBox="0 0 10000 ${HEIGHT}" preserveAspectRatio="none" width="100%" height="${HEIGHT}">${lines.map((one) => shapes(one, across, y)).join("")}</svg>` +
      `${limit}${dots.join("")}${names.join("")}${ticks(known, x, words)}` +
      `<text class="tick" x="50%" y="${HEIGHT - 6}" text-anchor="middle">${wordsSvg(words.axis)}</text></svg>`,
  );
}

function shapes({ middle, low, high }: Line, across: readonly number[], y: (value: number) => number): string {
  const point = (value: number, index: number): string => `${place((across[index] ?? 0) * 100)} ${place(y(value))}`;
  const upper = high.map(point);
  const lower = low.map(point).reverse();
  return `<path class="band" d="M${[...upper, ...lower].join("L")}Z"/><path class="measured-line" d="M${middle.map(point).join("L")}"/>`;
}

function ticks(known: readonly { readonly delayMs: number }[], x: (ms: number) => number, words: ForecastWords): string {
  let taken = Number.NEGATIVE_INFINITY;
  return known
    .map(({ delayMs }) => {
      const at = x(delayMs);
      const mark = `<line class="axis" x1="${place(at)}%" x2="${place(at)}%" y1="${BOTTOM}" y2="${BOTTOM + 4}"/>`;
      if (at - taken < NEAREST) return mark;
      taken = at;
      return `${mark}<text class="tick" x="${place(at)}%" y="${BOTTOM + 18}" text-anchor="middle">${escapeHtml(words.seconds(delayMs))}</text>`;
    })
    .join("");
}
