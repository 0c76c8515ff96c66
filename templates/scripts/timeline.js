import { filled, loadReport } from "./data.js";
import { clockText, curveMarkup, levelAt, stepsBetween } from "./draw-curve.js";
import { ganttMarkup } from "./draw-gantt.js";
import { rowsBetween, timelineOf } from "./timeline-data.js";

/** The shortest range shown [ms]. */
const SHORTEST = 5000;
/** Half of what "around the peak" shows [ms]. */
const AROUND_PEAK = 150000;

let timelines;
const loadTimeline = () => {
  timelines ??= loadReport().then(timelineOf);
  return timelines;
};

const zoomable = (page, figure) => {
  const { dataset } = figure;
  const whole = { from: Number(dataset.from), to: Number(dataset.to) };
  const offsetMinutes = Number(dataset.offset);
  const frames = [...page.querySelectorAll("[data-plot]")];
  const shownText = page.querySelector("[data-shown]");
  const readout = page.querySelector("[data-readout]");
  let view = whole;

  const draw = async (wanted) => {
    const length = Math.min(whole.to - whole.from, Math.max(SHORTEST, wanted.to - wanted.from));
    const from = Math.max(whole.from, Math.min(whole.to - length, wanted.from));
    view = { from, to: from + length };
    const timeline = await loadTimeline();
    const drawn = { ...view, offsetMinutes, peakText: dataset.peak, axisText: dataset.axis };
    for (const frame of frames) {
      const svg = frame.querySelector("svg");
      if (frame.dataset.plot === "curve") svg.innerHTML = curveMarkup(timeline, drawn);
      else {
        const { markup, height } = ganttMarkup(timeline, drawn);
        svg.setAttribute("height", height);
        svg.innerHTML = markup;
      }
    }
    const points = timeline.measured ?? [];
    const most = stepsBetween(points, view.from, view.to).reduce((highest, [, level]) => Math.max(highest, level), 0);
    const text = (at) => clockText(at, offsetMinutes, true);
    shownText.textContent = filled(dataset.shownText, {
      from: text(view.from),
      to: text(view.to),
      n: rowsBetween(timeline, view.from, view.to).filter((row) => row.id !== null).length,
      p: timeline.measured === null ? "–" : most,
    });
  };
  const zoom = (factor, centre = (view.from + view.to) / 2) =>
    draw({ from: centre - (centre - view.from) * factor, to: centre + (view.to - centre) * factor });
  const move = (share) => draw({ from: view.from + (view.to - view.from) * share, to: view.to + (view.to - view.from) * share });
  const toPeak = async () => {
    const { peak } = await loadTimeline();
    const at = peak?.at ?? whole.from + AROUND_PEAK;
    await draw({ from: at - AROUND_PEAK, to: at + AROUND_PEAK });
  };
  const actions = {
    "zoom-in": () => zoom(0.5),
    "zoom-out": () => zoom(2),
    earlier: () => move(-0.5),
    later: () => move(0.5),
    "to-peak": toPeak,
    reset: () => draw(whole),
  };
  for (const button of page.querySelectorAll("[data-range]")) button.addEventListener("click", actions[button.dataset.range]);

  const KEYS = { "+": "zoom-in", "=": "zoom-in", "-": "zoom-out", 0: "reset", Home: "reset", ArrowLeft: "earlier", ArrowRight: "later" };
  const momentAt = (frame, clientX) => {
    const box = frame.querySelector("svg").getBoundingClientRect();
    return view.from + Math.min(1, Math.max(0, (clientX - box.left) / box.width)) * (view.to - view.from);
  };
  const point = async (at) => {
    const share = `${(((at - view.from) / (view.to - view.from)) * 100).toFixed(2)}%`;
    for (const line of frames.flatMap((frame) => [...frame.querySelectorAll(".cursor")])) {
      line.setAttribute("x1", share);
      line.setAttribute("x2", share);
    }
    const { measured } = await loadTimeline();
    readout.textContent =
      measured === null
        ? clockText(at, offsetMinutes, true)
        : filled(dataset.atText, { at: clockText(at, offsetMinutes, true), n: levelAt(measured, at) });
  };
  for (const frame of frames) {
    let start = null;
    const selection = document.createElement("div");
    selection.className = "selection";
    selection.hidden = true;
    frame.append(selection);
    const select = (clientX) => {
      const box = frame.getBoundingClientRect();
      const [left, right] = [Math.min(start, clientX), Math.max(start, clientX)];
      selection.hidden = right - left < 4;
      selection.style.left = `${left - box.left + frame.scrollLeft}px`;
      selection.style.width = `${right - left}px`;
    };
    frame.addEventListener("keydown", (event) => {
      const name = event.ctrlKey || event.metaKey || event.altKey ? undefined : KEYS[event.key];
      if (name === undefined) return;
      event.preventDefault();
      actions[name]();
    });
    frame.addEventListener("wheel", (event) => {
      if (!event.ctrlKey) return;
      event.preventDefault();
      zoom(event.deltaY < 0 ? 0.7 : 1.4, momentAt(frame, event.clientX));
    });
    frame.addEventListener("pointerdown", (event) => {
      if (event.button !== 0 || event.pointerType === "touch") return;
      start = event.clientX;
      frame.setPointerCapture(event.pointerId);
    });
    frame.addEventListener("pointermove", (event) => {
      if (start === null) point(momentAt(frame, event.clientX));
      else select(event.clientX);
    });
    frame.addEventListener("pointerup", (event) => {
      if (start === null) return;
      const [from, to] = [momentAt(frame, Math.min(start, event.clientX)), momentAt(frame, Math.max(start, event.clientX))];
      const wide = Math.abs(event.clientX - start) > 6;
      start = null;
      selection.hidden = true;
      if (wide) draw({ from, to });
    });
    frame.addEventListener("pointerleave", () => {
      readout.textContent = "";
    });
  }
};

for (const figure of document.querySelectorAll("[data-timeline]")) zoomable(figure.closest(".document"), figure);
