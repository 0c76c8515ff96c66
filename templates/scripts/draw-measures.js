import { AXIS_HEIGHT, levelText, short } from "./draw-curve.js";

/** Height of the plots of this module [px], and the room above their highest value. */
const MEASURE_HEIGHT = 236;
const ROOM_ABOVE = 16;
/** More than this on a picture lies on each other. */
const MOST_SURVIVAL_STEPS = 1000;
const MOST_CENSORED_MARKS = 500;
const MOST_RUN_DOTS = 3000;
/** Ticks that fit below a plot of half the page. */
const MOST_MEASURE_TICKS = 7;

/** Height of the whole picture of this module [px]. */
export const measureHeight = MEASURE_HEIGHT + AXIS_HEIGHT;

/** Entries picked evenly, the first and the last among them. */
const thinned = (list, most) =>
  list.length <= most ? list : Array.from({ length: most }, (_, index) => list[Math.round((index * (list.length - 1)) / (most - 1))]);

/** Round numbers from one to another, at most so many steps apart, with the decimals that tell them apart. */
export const numberTicks = (from, to, most) => {
  const raw = (to - from) / most;
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((wide) => wide >= raw * 0.999) ?? raw;
  const decimals = Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
  const first = Math.ceil(from / step - 1e-9);
  const count = Math.floor(to / step + 1e-9) - first + 1;
  return { ticks: Array.from({ length: count }, (_, index) => Number(((first + index) * step).toFixed(decimals))), step, decimals };
};

const numberText = (value, decimals) => value.toLocaleString("en", { minimumFractionDigits: decimals, maximumFractionDigits: decimals });

/** Ticks of a whole-number or seconds axis and what they mean, in percent of the width. */
const numberAxis = ({ from, to, axisText }) => {
  const { ticks, decimals } = numberTicks(from, to, MOST_MEASURE_TICKS);
  const words = ticks.map((value) => {
    const x = short(((value - from) / (to - from)) * 100);
    const anchor = x < 3 ? "start" : x > 97 ? "end" : "middle";
    return `<text class="tick" x="${x}%" y="${MEASURE_HEIGHT + 17}" text-anchor="${anchor}">${numberText(value, decimals)}</text>`;
  });
  return `${words.join("")}<text class="tick" x="50%" y="${MEASURE_HEIGHT + 36}" text-anchor="middle">${axisText}</text>`;
};

/** Grid lines at heights, each with its word before its beginning; the first is the axis. */
const levelLines = (rows) => {
  const lines = rows.map(
    ({ y, text }, index) =>
      `<line class="${index === 0 ? "axis" : "grid"}" x1="0" x2="100%" y1="${short(y)}" y2="${short(y)}"/>${levelText(y, text)}`,
  );
  return lines.join("");
};

const stretched = (markup) =>
  `<svg class="lines" viewBox="0 0 10000 ${MEASURE_HEIGHT}" preserveAspectRatio="none" width="100%" height="${MEASURE_HEIGHT}">${markup}</svg>`;
const CURSOR = `<line class="cursor" x1="-9" x2="-9" y1="0" y2="${MEASURE_HEIGHT}"/>`;

/** Share of a survival curve still open at a time in milliseconds: right-continuous steps, found by halving. */
export const shareAt = (steps, at) => {
  let low = 0;
  let high = steps.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (steps[middle][0] <= at) low = middle + 1;
    else high = middle;
  }
  return low === 0 ? [0, 1, 1, 1] : steps[low - 1];
};

/** Beyond the last end so many times as long, what is still open tells nothing new. */
const OPEN_SHOWN = 2;

/** Seconds that the picture of a survival curve shows: all ends, what is open for not much longer, and room for words beyond it. */
export const survivalEnd = ({ steps, censoredAtMs, documentedMs }) => {
  const ended = Math.max(1, steps.at(-1)?.[0] ?? 0, documentedMs ?? 0);
  const open = censoredAtMs.reduce((last, at) => Math.max(last, at), 0);
  return Math.max(ended, Math.min(open, ended * OPEN_SHOWN)) * 0.0014;
};

/** A Kaplan-Meier curve between two times in seconds as the inside of an SVG: steps, 95% band, censoring marks, documented time, median. */
export const survivalMarkup = (curve, view) => {
  const { from, to, documentedText, medianText } = view;
  const x = (ms) => short(((ms / 1000 - from) / (to - from)) * 10000);
  const percent = (ms) => ((ms / 1000 - from) / (to - from)) * 100;
  const y = (share) => short(ROOM_ABOVE + (MEASURE_HEIGHT - ROOM_ABOVE) * (1 - share));
  const isSeen = (ms) => ms / 1000 >= from && ms / 1000 <= to;
  const start = shareAt(curve.steps, from * 1000);
  const seen = thinned(
    curve.steps.filter(([ms]) => ms / 1000 > from && ms / 1000 <= to),
    MOST_SURVIVAL_STEPS,
  );
  const last = Math.max(curve.steps.at(-1)?.[0] ?? 0, ...thinned(curve.censoredAtMs, MOST_CENSORED_MARKS));
  const end = Math.min(to * 1000, last);
  const line = (index) => `M0 ${y(start[index])}${seen.map((step) => `H${x(step[0])}V${y(step[index])}`).join("")}H${x(end)}`;
  const back = [...seen].reverse().map((step, index, all) => `H${x(step[0])}V${y((all[index + 1] ?? start)[2])}`);
  const band = `<path class="band" d="${line(3)}V${y((seen.at(-1) ?? start)[2])}${back.join("")}H0z"/>`;
  const marks = thinned(curve.censoredAtMs.filter(isSeen), MOST_CENSORED_MARKS)
    .map((ms) => `M${x(ms)} ${short(y(shareAt(curve.steps, ms)[1]) - 6)}v12`)
    .join("");
  const { documentedMs, medianMs } = curve;
  const word = (name, ms, top, text, toLeft) =>
    `<text class="${name}" x="${short(percent(ms))}%" dx="${toLeft ? -9 : 9}" y="${short(top)}" text-anchor="${toLeft ? "end" : "start"}">${text}</text>`;
  const isDocumented = documentedMs !== null && isSeen(documentedMs);
  const isMedian = medianMs !== null && isSeen(medianMs);
  // Words to the right of the median would stand on the line of the documented time: they go to its left, or beyond that line.
  const next = isDocumented && isMedian && documentedMs > medianMs ? percent(documentedMs) - percent(medianMs) : 100;
  const medianLeft = isMedian && (percent(medianMs) > 74 || (next < 26 && percent(medianMs) > 26));
  const medianWords = isMedian && next < 26 && !medianLeft ? documentedMs : medianMs;
  const documented = isDocumented ? `<path class="expected" d="M${x(documentedMs)} ${ROOM_ABOVE - 8}V${MEASURE_HEIGHT}"/>` : "";
  // Above the highest value, where no curve comes, however early or late Jobs go.
  const words =
    (isDocumented ? word("tick halo", documentedMs, ROOM_ABOVE - 5, documentedText, percent(documentedMs) > 60) : "") +
    (isMedian
      ? `<circle class="value" cx="${short(percent(medianMs))}%" cy="${y(0.5)}" r="5"/>${word("peak", medianWords, y(0.5) - 6, medianText, medianLeft)}`
      : "");
  const lines = `${band}${documented}<path class="measured-line" d="${line(1)}"/><path class="censored-mark" d="${marks}"/>`;
  const grid = [0, 0.25, 0.5, 0.75, 1].map((share) => ({ y: Number(y(share)), text: `${share * 100}%` }));
  return `${numberAxis(view)}${levelLines(grid)}${stretched(lines)}${words}${CURSOR}`;
};

/** Durations in run order, from one place in the order to another, as the inside of an SVG: a dot each, the median of all as a line. */
export const overRunMarkup = (samplesMs, medianMs, view) => {
  const { from, to, medianText, unitText } = view;
  const most = samplesMs.reduce((longest, ms) => Math.max(longest, ms), 1) / 1000;
  const { ticks, step, decimals } = numberTicks(0, most, 4);
  const highest = Math.max(most, (ticks.at(-1) ?? 0) + (ticks.at(-1) < most * 0.9 ? step : 0));
  const y = (seconds) => short(ROOM_ABOVE + (MEASURE_HEIGHT - ROOM_ABOVE) * (1 - seconds / highest));
  const x = (order) => short(((order - from) / (to - from)) * 10000);
  const first = Math.max(1, Math.ceil(from));
  const seen = samplesMs.slice(first - 1, Math.floor(to)).map((ms, index) => [first + index, ms / 1000]);
  const dots = thinned(seen, MOST_RUN_DOTS)
    .map(([order, seconds]) => `M${x(order)} ${y(seconds)}h0`)
    .join("");
  const grid = ticks.map((value) => ({ y: Number(y(value)), text: numberText(value, decimals) }));
  const middle = y(medianMs / 1000);
  return (
    `${numberAxis(view)}${levelLines(grid)}<text class="tick level" x="0" y="10">${unitText}</text>` +
    stretched(`<path class="points" d="${dots}"/><path class="median" d="M0 ${middle}H10000"/>`) +
    `<text class="peak" x="100%" dx="-4" y="${short(middle - 7)}" text-anchor="end">${medianText}</text>${CURSOR}`
  );
};
