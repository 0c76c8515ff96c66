import { filled, loadReport } from "./data.js";
import { overRunMarkup, shareAt, survivalMarkup } from "./draw-measures.js";
import { zoomable } from "./zoom.js";

const tenths = (value) => String(Math.round(value * 10) / 10);

/** How each kind of plot is drawn from the report, and what it says of a place. */
const KINDS = {
  survival: {
    data: (report, name) => report.cleanup[name],
    draw: survivalMarkup,
    shown: ({ from, to }) => ({ from: tenths(from), to: tenths(to) }),
    at: (curve, seconds) => ({ x: tenths(seconds), share: `${Math.round(shareAt(curve.steps, seconds * 1000)[1] * 100)}%` }),
  },
  "over-run": {
    data: (report, name) => report.stages.find((row) => row.stage === name),
    draw: (row, view) => overRunMarkup(row.samplesMs, row.p50Ms, view),
    shown: ({ from, to }) => ({ from: Math.max(1, Math.ceil(from)), to: Math.floor(to) }),
    at({ samplesMs }, place) {
      const order = Math.min(samplesMs.length, Math.max(1, Math.round(place)));
      return { n: order, x: (samplesMs[order - 1] / 1000).toFixed(2) };
    },
  },
};

for (const figure of document.querySelectorAll("[data-measure]")) {
  const { dataset } = figure;
  const kind = KINDS[dataset.measure];
  const frame = figure.querySelector(".plot-frame");
  const whole = { from: Number(dataset.from), to: Number(dataset.to) };
  const words = JSON.parse(dataset.words);
  const load = async () => kind.data(await loadReport(), dataset.name);
  const draw = async (view) => {
    frame.querySelector("svg").innerHTML = kind.draw(await load(), { ...view, ...words });
    figure.querySelector(".range-shown").textContent = filled(dataset.shownText, kind.shown(view));
  };
  const point = async (place) => {
    figure.querySelector(".readout").textContent = place === null ? "" : filled(dataset.atText, kind.at(await load(), place));
  };
  const buttons = figure.querySelectorAll("[data-range]");
  zoomable({ frames: [frame], buttons, whole, shortest: Number(dataset.shortest), draw, point });
}
