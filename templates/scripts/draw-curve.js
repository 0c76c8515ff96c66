/** Height of the plot [px]. */
const CURVE_HEIGHT = 220;
/** Height of the ticks below a plot and of what they mean [px]. */
export const AXIS_HEIGHT = 42;
/** More steps than this in view are shown as means with a band. */
const MOST_STEPS = 500;
const MOST_BINS = 130;
const BIN_SECONDS = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600];
const TICK_SECONDS = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10800, 21600, 43200, 86400, 172800, 604800];

/** A word of the vertical axis, in the margin that report.css leaves before every plot. */
export const levelText = (y, text) => `<text class="tick level" x="0" dx="-8" y="${short(y + 4)}" text-anchor="end">${text}</text>`;

/** At most two decimals. */
export const short = (value) => String(Math.round(value * 100) / 100);

/** The wall clock's reading as "2025-12-07T10:50:11.000Z"; the offset of the zone in minutes. */
const reading = (at, offsetMinutes) => new Date(at + offsetMinutes * 60000).toISOString();

/** "2025-12-07". */
export const dayText = (at, offsetMinutes) => reading(at, offsetMinutes).slice(0, 10);

/** "10:50:11", and the day before it unless it is this one. */
export const momentText = (at, offsetMinutes, day) => {
  const text = reading(at, offsetMinutes);
  return text.startsWith(day) ? text.slice(11, 19) : `${text.slice(0, 10)} ${text.slice(11, 19)}`;
};

/** "10:50", or with seconds; midnight by the day that it begins, "8 Dec" (Hebrew as a right-to-left run of its own). */
export const tickText = (at, offsetMinutes, seconds, locale) => {
  const text = reading(at, offsetMinutes);
  if (text.slice(11, 19) !== "00:00:00") return text.slice(11, seconds ? 19 : 16);
  const day = new Date(at + offsetMinutes * 60000).toLocaleDateString(locale, { day: "numeric", month: "short", timeZone: "UTC" });
  return /[\u0590-\u05FF]/.test(day) ? `\u2067${day}\u2069` : day;
};

/** Round moments between two others, at most ten. */
export const timeTicks = (from, to, offsetMinutes) => {
  const width = (TICK_SECONDS.find((seconds) => (to - from) / (seconds * 1000) <= 10) ?? Math.ceil((to - from) / 10000)) * 1000;
  const offset = offsetMinutes * 60000;
  const ticks = [];
  for (let at = Math.ceil((from + offset) / width) * width - offset; at <= to; at += width) ticks.push(at);
  return { ticks, seconds: width < 60000 };
};

/** Lines and words of the time axis, in percent of the width, so that words keep their size on any screen. */
export const timeAxis = ({ from, to, offsetMinutes, locale, axisText }, height) => {
  const { ticks, seconds } = timeTicks(from, to, offsetMinutes);
  const lines = ticks.map((at, index) => {
    const x = short(((at - from) / (to - from)) * 100);
    const anchor = x < 3 ? "start" : x > 97 ? "end" : "middle";
    const small = index % 2 === 1 ? " wide-only" : "";
    const word = `<text class="tick${small}" x="${x}%" y="${height + 17}" text-anchor="${anchor}">${tickText(at, offsetMinutes, seconds, locale)}</text>`;
    return `<line class="grid" x1="${x}%" x2="${x}%" y1="0" y2="${height}"/>${word}`;
  });
  return `${lines.join("")}<text class="tick" x="50%" y="${height + 36}" text-anchor="middle">${axisText}</text>`;
};

/** Level of a right-continuous step curve at a moment, by halving. */
export const levelAt = (points, at) => {
  let low = 0;
  let high = points.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (points[middle][0] <= at) low = middle + 1;
    else high = middle;
  }
  return low === 0 ? 0 : points[low - 1][1];
};

/** Steps inside a range, with the level at its start. */
export const stepsBetween = (points, from, to) => [[from, levelAt(points, from)], ...points.filter(([at]) => at > from && at < to)];

const binCount = (from, to) => {
  const seconds = BIN_SECONDS.find((wide) => wide * 1000 * MOST_BINS >= to - from) ?? Math.ceil((to - from) / 1000 / MOST_BINS);
  return Math.max(2, Math.round((to - from) / (seconds * 1000)));
};

const binsBetween = (points, from, to) => {
  const steps = stepsBetween(points, from, to);
  const count = binCount(from, to);
  const width = (to - from) / count;
  let next = 0;
  let level = 0;
  return Array.from({ length: count }, (_, index) => {
    const start = from + index * width;
    const end = start + width;
    while (next < steps.length && steps[next][0] <= start) level = steps[next++][1];
    let [low, high, area, last] = [level, level, 0, start];
    while (next < steps.length && steps[next][0] < end) {
      area += level * (steps[next][0] - last);
      [last, level] = steps[next++];
      low = Math.min(low, level);
      high = Math.max(high, level);
    }
    return { at: start + width / 2, mean: (area + level * (end - last)) / width, low, high };
  });
};

/** Whether a range has few enough steps to show each. */
export const showsSteps = (points, from, to) => stepsBetween(points, from, to).length <= MOST_STEPS;

/** Width of the pieces of which a range shows the mean and the band [s, whole]; 0 where it shows every step. */
export const curveBinSeconds = (points, from, to) =>
  showsSteps(points, from, to) ? 0 : Math.max(1, Math.round((to - from) / binCount(from, to) / 1000));

/** The curve of open Jobs between two moments as the inside of an SVG: steps where they can be told apart, else the mean and the band in each piece. */
export const curveMarkup = (timeline, view) => {
  const { from, to, peakText } = view;
  const points = timeline.measured ?? [];
  const expected = timeline.expected ?? [];
  const top = Math.max(
    1,
    timeline.peak?.level ?? 1,
    ...stepsBetween(expected, timeline.from, timeline.to)
      .slice(0, 20000)
      .map(([, level]) => level),
  );
  const lift = Math.max(1, Math.ceil(top / 6));
  const highest = top + lift * 0.5;
  const y = (level) => CURVE_HEIGHT * (1 - level / highest);
  const x = (at) => short(((at - from) / (to - from)) * 10000);
  const steps = (curve) =>
    stepsBetween(curve, from, to)
      .map(([at, level], index) => (index === 0 ? `M0 ${short(y(level))}` : `H${x(at)}V${short(y(level))}`))
      .concat("H10000")
      .join("");
  const line = (bins, pick) => bins.map((bin, index) => `${index === 0 ? "M" : "L"}${x(bin.at)} ${short(y(pick(bin)))}`).join("");
  const isExact = showsSteps(points, from, to);
  const bins = isExact ? [] : binsBetween(points, from, to);
  const band = isExact
    ? ""
    : `<path class="band" d="${line(bins, (bin) => bin.high)}${line([...bins].reverse(), (bin) => bin.low).replace("M", "L")}z"/>`;
  const dashed =
    expected.length === 0
      ? ""
      : `<path class="expected" d="${showsSteps(expected, from, to) ? steps(expected) : line(binsBetween(expected, from, to), (bin) => bin.mean)}"/>`;
  const levels = Array.from({ length: Math.floor(top / lift) + 1 }, (_, index) => index * lift)
    .map((level) => `<line class="${level === 0 ? "axis" : "grid"}" x1="0" x2="100%" y1="${short(y(level))}" y2="${short(y(level))}"/>`)
    .join("");
  const words = Array.from({ length: Math.floor(top / lift) + 1 }, (_, index) => index * lift)
    .map((level) => levelText(y(level), level))
    .join("");
  const shares = (at) => Math.min(100, Math.max(0, ((at - from) / (to - from)) * 100));
  const unwatched = timeline.unwatched
    .filter((span) => span.from < to && span.to > from)
    .map((span) => [shares(span.from), shares(span.to)])
    .map(([start, end]) => `<rect class="unwatched" x="${short(start)}%" width="${short(end - start)}%" y="0" height="${CURVE_HEIGHT}"/>`)
    .join("");
  const { peak } = timeline;
  const share = peak === null ? -1 : (peak.at - from) / (to - from);
  const marked =
    share < 0 || share > 1
      ? ""
      : `<circle class="value" cx="${short(share * 100)}%" cy="${short(y(peak.level))}" r="4.5"/><text class="peak" x="${short(share * 100)}%" dx="${share > 0.85 ? -9 : 9}" y="${short(y(peak.level) - 6)}" text-anchor="${share > 0.85 ? "end" : "start"}">${peakText}</text>`;
  return `${unwatched}${timeAxis(view, CURVE_HEIGHT)}${levels}<svg class="lines" viewBox="0 0 10000 ${CURVE_HEIGHT}" preserveAspectRatio="none" width="100%" height="${CURVE_HEIGHT}">${band}${dashed}<path class="measured-line" d="${isExact ? steps(points) : line(bins, (bin) => bin.mean)}"/></svg>${words}${marked}<line class="cursor" x1="-9" x2="-9" y1="0" y2="${CURVE_HEIGHT}"/>`;
};

/** Height of the whole picture of `curveMarkup` [px]. */
export const curveHeight = CURVE_HEIGHT + AXIS_HEIGHT;
