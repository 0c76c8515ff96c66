import { AXIS_HEIGHT, short, timeAxis } from "./draw-curve.js";
import { rowsBetween } from "./timeline-data.js";

/** Rows up to this many have a line and a name each; more share the height of the overview. */
const MOST_NAMED = 60;
const NAMED_HEIGHT = 27;
const OVERVIEW_HEIGHT = 260;
const MOST_LINES = 130;
/** Above this many rows stages are too narrow to see and each line shows when it was busy. */
const MOST_STAGED = 1500;
/** Failed investigations that get a mark of their own. */
const MOST_MARKS = 400;
/** Shades of stages in report.css. */
const SHADES = 7;

const escaped = (text) => text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);

const layoutOf = (count) => {
  if (count <= MOST_NAMED) return { lines: count, share: 1, height: NAMED_HEIGHT, bar: 11, top: 14, named: true };
  const lines = Math.min(count, MOST_LINES);
  const height = OVERVIEW_HEIGHT / lines;
  return { lines, share: count / lines, height, bar: Math.max(1.6, height * 0.8), top: 0, named: false };
};

/** Bars of one kind are one path in a box that is stretched over the width; shapes and words keep their size. */
class Painter {
  bars = new Map();
  shapes = "";

  constructor(view, layout) {
    Object.assign(this, view, { layout });
  }

  share(at) {
    return (at - this.from) / (this.to - this.from);
  }

  bar(name, start, end, y, thickness) {
    if (end < this.from || start > this.to) return;
    const place = (at) => Math.round(Math.min(1.02, Math.max(-0.02, this.share(at))) * 10000);
    const left = place(start);
    const width = Math.max(place(end) - left, this.layout.named ? 6 : 10);
    this.bars.set(name, `${this.bars.get(name) ?? ""}M${left} ${short(y)}h${width}v${short(thickness)}h-${width}z`);
  }

  shape(name, at, y, path) {
    if (at < this.from || at > this.to) return;
    this.shapes += `<svg class="${name}" x="${short(this.share(at) * 100)}%" y="${short(y)}" overflow="visible"><path d="${path}"/></svg>`;
  }

  tip(at, y, toLeft = false) {
    const [long, half] = this.layout.named ? [7, 5.5] : [4, 3];
    this.shape(
      "open-end",
      Math.min(this.to, Math.max(this.from, at)),
      y,
      `M0 -${half}l${toLeft ? "-" : ""}${long} ${half}l${toLeft ? "" : "-"}${long} ${half}z`,
    );
  }

  /** Beside the tip where there is one. */
  cross(at, y, besideTip) {
    const size = this.layout.named ? 4 : 2.6;
    this.shape("cross", at, y, `M${(besideTip ? 14 : 0) - size} ${-size}l${2 * size} ${2 * size}m0 ${-2 * size}l${-2 * size} ${2 * size}`);
  }

  label(text, start, y) {
    const share = Math.min(Math.max(this.share(start), 0), 1);
    const anchor = share > 0.8 ? "end" : "start";
    this.shapes += `<text class="row-label" x="${short(share * 100)}%" y="${short(y)}" text-anchor="${anchor}">${escaped(text)}</text>`;
  }

  /** A Job behind, its investigation's stages before it. */
  row(row, y, order) {
    const { bar, named } = this.layout;
    const middle = y + bar / 2;
    const { job } = row;
    if (job !== null) {
      this.bar("job", job.from, job.to, y, bar);
      if (job.openEnd && job.to > this.from) this.tip(job.to, middle);
      if (job.openStart && job.from < this.to) this.tip(job.from, middle, true);
    }
    for (const span of row.stages) {
      const name = span.outcome === "failed" ? "stage failed-stage" : `stage stage-${order.indexOf(span.stage) % SHADES}`;
      this.bar(name, span.from, span.to, y + (named ? 2.5 : 0), named ? 6 : bar);
      if (span.openEnd && span.to > this.from && span.from < this.to) this.tip(span.to, middle);
    }
  }

  markup(height) {
    const order = [...this.bars].sort(([a], [b]) => (b === "job") - (a === "job"));
    const paths = order.map(([name, d]) => `<path class="${name}" d="${d}"/>`).join("");
    return (
      timeAxis(this, height) +
      `<svg class="lines" viewBox="0 0 10000 ${short(height)}" preserveAspectRatio="none" width="100%" height="${short(height)}">${paths}</svg>` +
      `${this.shapes}<line class="cursor" x1="-9" x2="-9" y1="0" y2="${short(height)}"/>`
    );
  }
}

/** When each line of many rows was busy: a bar for its investigations, one behind for their Jobs. */
const paintBusy = (painter, rows, lineTop) => {
  const busy = new Map();
  for (const [index, row] of rows.entries()) {
    const top = lineTop(index);
    const span = busy.get(top) ?? { from: row.from, to: row.to, gone: row.to };
    busy.set(top, { from: span.from, to: Math.max(span.to, row.to), gone: Math.max(span.gone, row.job?.to ?? row.to) });
  }
  for (const [top, span] of busy) {
    painter.bar("job", span.from, span.gone, top, painter.layout.bar);
    painter.bar("stage stage-4", span.from, span.to, top, painter.layout.bar);
  }
};

/** Rows of investigations between two moments as the inside of an SVG, and its height. Whatever is cut off by the data itself is open: a tip instead of an end. */
export const ganttMarkup = (timeline, view) => {
  const rows = rowsBetween(timeline, view.from, view.to);
  const layout = layoutOf(rows.length);
  const painter = new Painter(view, layout);
  const lineTop = (index) => Math.floor(index / layout.share) * layout.height + layout.top;
  if (rows.length > MOST_STAGED) paintBusy(painter, rows, lineTop);
  else for (const [index, row] of rows.entries()) painter.row(row, lineTop(index), timeline.order);
  const failed = [...rows.entries()].filter(([, row]) => row.failedAt !== null).slice(0, MOST_MARKS);
  for (const [index, row] of failed) {
    const besideTip = layout.named && row.stages.some((span) => span.openEnd);
    painter.cross(row.failedAt, lineTop(index) + layout.bar / 2, besideTip);
  }
  if (layout.named)
    for (const [index, row] of rows.entries()) painter.label(row.label, Math.min(row.from, row.job?.from ?? row.from), lineTop(index) - 4);
  const height = Math.max(24, layout.lines * layout.height + 4);
  return { height: height + AXIS_HEIGHT, markup: painter.markup(height) };
};
