import { filled, loadReport } from "./data.js";
import {
  AXIS_HEIGHT,
  curveBinSeconds,
  curveMarkup,
  dayText,
  hasUnknown,
  isBeyond,
  levelAt,
  momentText,
  stepsBetween,
} from "./draw-curve.js";
import { ganttMarkup } from "./draw-gantt.js";
import { countedBetween, timelineOf } from "./timeline-data.js";
import { zoomable } from "./zoom.js";

/** The shortest range shown [ms]. */
const SHORTEST = 5000;
/** Half of what "around the peak" shows [ms]. */
const AROUND_PEAK = 150000;

/** What the page was drawn with can be told apart on a screen from this width on [px]. */
const WIDE = 1000;

/** Rows that this page cannot draw again stay as they are; what is looked at closer is shaded on them. */
const shadeOverview = (page, view, whole) => {
  const share = (at) => ((at - whole.from) / (whole.to - whole.from)) * 100;
  for (const svg of page.querySelectorAll("[data-overview] svg.plot")) {
    svg.querySelector(".in-view")?.remove();
    if (view.from <= whole.from && view.to >= whole.to) continue;
    const shade = document.createElementNS(svg.namespaceURI, "rect");
    const height = svg.height.baseVal.value - AXIS_HEIGHT;
    const place = { class: "in-view", x: `${share(view.from)}%`, width: `${share(view.to) - share(view.from)}%`, y: 0, height };
    for (const [name, value] of Object.entries(place)) shade.setAttribute(name, value);
    svg.prepend(shade);
  }
};

let timelines;
const loadTimeline = () => {
  timelines ??= loadReport().then(timelineOf);
  return timelines;
};

const timelineOfPage = (page, figure) => {
  const { dataset } = figure;
  // Told by the page, as its words are: the rows of an overview are not all here.
  const known = { from: Number(dataset.knownFrom), to: Number(dataset.knownTo) };
  const told = dataset.limit === undefined ? { known } : { known, limit: Number(dataset.limit) };
  const load = async () => ({ ...(await loadTimeline()), ...told });
  const whole = { from: Number(dataset.from), to: Number(dataset.to) };
  const offsetMinutes = Number(dataset.offset);
  const frames = [...page.querySelectorAll("[data-plot]")];
  const shownText = page.querySelector("[data-shown]");
  const readout = page.querySelector("[data-readout]");
  const [firstDay, lastDay] = [whole.from, whole.to].map((at) => dayText(at, offsetMinutes));
  const text = (at) => momentText(at, offsetMinutes, firstDay === lastDay ? firstDay : null);

  /** What the line means: every step, or the mean of pieces that are so wide. */
  const explain = (binSeconds) => {
    for (const key of page.querySelectorAll("[data-line]")) {
      key.hidden = (key.dataset.line === "band") !== binSeconds > 0;
      if (!key.hidden) key.textContent = filled(key.dataset.text, { n: binSeconds });
    }
  };
  const picture = (timeline, view) => {
    const words = { peakText: dataset.peak, limitText: dataset.limitText, axisText: dataset.axis };
    for (const frame of frames) {
      const svg = frame.querySelector("svg");
      const drawn = { ...view, width: svg.getBoundingClientRect().width, offsetMinutes, locale: dataset.locale, ...words };
      if (frame.dataset.plot === "curve") {
        svg.innerHTML = curveMarkup(timeline, drawn);
        explain(curveBinSeconds(timeline, view.from, view.to, drawn.width));
      } else {
        const { markup, height } = ganttMarkup(timeline, drawn);
        svg.setAttribute("height", height);
        svg.innerHTML = markup;
      }
    }
  };
  let view = whole;
  const draw = async (wanted) => {
    view = wanted;
    const timeline = await load();
    picture(timeline, view);
    shadeOverview(page, view, whole);
    const most = stepsBetween(timeline.measured ?? [], view.from, view.to).reduce((highest, [, level]) => Math.max(highest, level), 0);
    shownText.textContent = filled(dataset.shownText, {
      from: text(view.from),
      to: text(view.to),
      n: countedBetween(timeline, view.from, view.to),
      p: timeline.measured === null || hasUnknown(timeline, view.from, view.to) ? "–" : most,
    });
  };
  const point = async (at) => {
    if (at === null) {
      readout.textContent = "";
      return;
    }
    const timeline = await load();
    const { measured, unwatched } = timeline;
    if (measured === null) readout.textContent = text(at);
    else if (unwatched.some((span) => span.from <= at && at < span.to))
      readout.textContent = filled(dataset.unwatchedText, { at: text(at) });
    else if (isBeyond(timeline, at)) readout.textContent = filled(dataset.beyondText, { at: text(at) });
    else readout.textContent = filled(dataset.atText, { at: text(at), n: levelAt(measured, at) });
  };
  const toPeak = async () => {
    const { peak } = await loadTimeline();
    const at = peak?.at ?? whole.from + AROUND_PEAK;
    return { from: at - AROUND_PEAK, to: at + AROUND_PEAK };
  };
  const buttons = page.querySelectorAll("[data-timeline-range] [data-range]");
  zoomable({ frames, buttons, whole, shortest: SHORTEST, draw, point, more: { "to-peak": toPeak } });

  // A narrow screen tells fewer steps apart, also when it is turned, or shows the other language.
  let drawnFor = null;
  const steps = page.querySelector('[data-line="steps"]');
  const refit = async ({ width }) => {
    const isOutdated = steps.hidden ? drawnFor !== null && width > drawnFor : width < (drawnFor ?? WIDE);
    if (width === 0 || !isOutdated) return;
    drawnFor = width;
    picture(await load(), view);
  };
  const curve = page.querySelector('[data-plot="curve"] svg');
  if (curve !== null && steps !== null) new ResizeObserver(([entry]) => refit(entry.contentRect)).observe(curve);
};

for (const figure of document.querySelectorAll("[data-timeline]")) timelineOfPage(figure.closest(".document"), figure);
