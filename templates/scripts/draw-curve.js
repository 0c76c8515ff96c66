/** Height of the plot [px]. */
const CURVE_HEIGHT = 220;
/** Height of the ticks below a plot and of what they mean [px]. */
export const AXIS_HEIGHT = 42;
/** Steps that are closer than this on an average are shown as means with a band [px]. */
const STEP_WIDTH = 3;
/** Width of the plot on a wide screen, and where no screen is known [px]. */
const FULL_WIDTH = 1100;
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

/** Whether the steps of a range can be told apart in a plot that is so wide [px]. */
const showsSteps = (points, { from, to }, width = FULL_WIDTH) => stepsBetween(points, from, to).length * STEP_WIDTH <= width;

/** The part of a range in which the curve of open Jobs is known; empty where it is not. */
const knownBetween = ({ known }, from, to) => ({ from: Math.max(from, known.from), to: Math.min(to, known.to) });

/** Whether nothing tells how many Jobs were open at a moment, for it is outside of what was captured. */
export const isBeyond = ({ known }, at) => at < known.from || at >= known.to;

/** Width of the pieces of which a range in a plot that is so wide shows the mean and the band [s, whole]; 0 where it shows every step. */
export const curveBinSeconds = (timeline, from, to, width) => {
  const points = timeline.measured ?? [];
  const seen = knownBetween(timeline, from, to);
  if (seen.to <= seen.from || showsSteps(points, seen, width)) return 0;
  return Math.max(1, Math.round((seen.to - seen.from) / binCount(seen.from, seen.to) / 1000));
};

/** Levels up to the highest at which a line crosses the plot. */
const levelsOf = ({ peak, expected, counted, from, to, limit = 1 }) => {
  const mostExpected = [expected ?? [], counted ?? []].flatMap((curve) =>
    stepsBetween(curve, from, to)
      .slice(0, 20000)
      .map(([, level]) => level),
  );
  const top = Math.max(limit, peak?.level ?? 1, ...mostExpected);
  const lift = Math.max(1, Math.ceil(top / 6));
  return { highest: top + lift * 0.5, levels: Array.from({ length: Math.floor(top / lift) + 1 }, (_, index) => index * lift) };
};

/** The lines of the curve in a box of 10000 that is stretched over the width: each only where it is known. */
const curvePaths = (timeline, { from, to, width }, y) => {
  const x = (at) => short(((at - from) / (to - from)) * 10000);
  const steps = (curve, span) =>
    stepsBetween(curve, span.from, span.to)
      .map(([at, level], index) => `${index === 0 ? `M${x(at)} ` : `H${x(at)}V`}${short(y(level))}`)
      .concat(`H${x(span.to)}`)
      .join("");
  const line = (bins, pick) => bins.map((bin, index) => `${index === 0 ? "M" : "L"}${x(bin.at)} ${short(y(pick(bin)))}`).join("");
  const path = (name, d) => `<path class="${name}" d="${d}"/>`;
  const points = timeline.measured ?? [];
  const seen = knownBetween(timeline, from, to);
  const foreseen = { from: seen.from, to: Math.min(seen.to, timeline.expectedUntil) };
  const drawn = [];
  const bins = seen.to <= seen.from || showsSteps(points, seen, width) ? [] : binsBetween(points, seen.from, seen.to);
  if (bins.length > 0)
    drawn.push(path("band", `${line(bins, (bin) => bin.high)}${line([...bins].reverse(), (bin) => bin.low).replace("M", "L")}z`));
  const documented = (name, curve) => {
    if (curve === null || curve.length === 0 || foreseen.to <= foreseen.from) return;
    const isExact = showsSteps(curve, foreseen, width);
    drawn.push(path(name, isExact ? steps(curve, foreseen) : line(binsBetween(curve, foreseen.from, foreseen.to), (bin) => bin.mean)));
  };
  documented("counted", timeline.counted);
  documented("expected", timeline.expected);
  if (seen.to > seen.from) drawn.push(path("measured-line", bins.length === 0 ? steps(points, seen) : line(bins, (bin) => bin.mean)));
  return drawn.join("");
};

/** Stretches between two moments for which the number of open Jobs is not known: between two watches, and beyond the capture. */
const unknownBetween = ({ unwatched, known }, from, to) =>
  [{ from, to: known.from }, ...unwatched, { from: known.to, to }]
    .map((span) => ({ from: Math.max(from, span.from), to: Math.min(to, span.to) }))
    .filter((span) => span.from < span.to);

/** Whether a range has a stretch for which the number of open Jobs is not known. */
export const hasUnknown = (timeline, from, to) => unknownBetween(timeline, from, to).length > 0;

/** The documented limit, named where the peak is not. */
const limitLine = ({ limit }, { limitText }, y, peakShare) => {
  if (limit === undefined) return "";
  const atEnd = peakShare >= 0 && peakShare < 50;
  const level = short(y(limit));
  return `<line class="expected" x1="0" x2="100%" y1="${level}" y2="${level}"/><text class="tick halo" x="${atEnd ? 100 : 0}%" dx="${atEnd ? -4 : 4}" y="${short(y(limit) - 5)}" text-anchor="${atEnd ? "end" : "start"}">${limitText}</text>`;
};

/** The curve of open Jobs between two moments as the inside of an SVG: steps where they can be told apart, else the mean and the band in each piece. */
export const curveMarkup = (timeline, view) => {
  const { from, to, peakText } = view;
  const { highest, levels } = levelsOf(timeline);
  const y = (level) => CURVE_HEIGHT * (1 - level / highest);
  const share = (at) => ((at - from) / (to - from)) * 100;
  const lines = levels.map(
    (level) => `<line class="${level === 0 ? "axis" : "grid"}" x1="0" x2="100%" y1="${short(y(level))}" y2="${short(y(level))}"/>`,
  );
  const words = levels.map((level) => levelText(y(level), level));
  const shades = unknownBetween(timeline, from, to)
    .map((span) => [share(span.from), share(span.to)])
    .map(([start, end]) => `<rect class="unwatched" x="${short(start)}%" width="${short(end - start)}%" y="0" height="${CURVE_HEIGHT}"/>`);
  const { peak } = timeline;
  const place = peak === null ? -1 : share(peak.at);
  const marked =
    place < 0 || place > 100
      ? ""
      : `<circle class="value" cx="${short(place)}%" cy="${short(y(peak.level))}" r="4.5"/><text class="peak" x="${short(place)}%" dx="${place > 85 ? -9 : 9}" y="${short(y(peak.level) - 6)}" text-anchor="${place > 85 ? "end" : "start"}">${peakText}</text>`;
  return `${shades.join("")}${timeAxis(view, CURVE_HEIGHT)}${lines.join("")}<svg class="lines" viewBox="0 0 10000 ${CURVE_HEIGHT}" preserveAspectRatio="none" width="100%" height="${CURVE_HEIGHT}">${curvePaths(timeline, view, y)}</svg>${words.join("")}${limitLine(timeline, view, y, place)}${marked}<line class="cursor" x1="-9" x2="-9" y1="0" y2="${CURVE_HEIGHT}"/>`;
};

/** Height of the whole picture of `curveMarkup` [px]. */
export const curveHeight = CURVE_HEIGHT + AXIS_HEIGHT;
