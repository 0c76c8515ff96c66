import { type Html, html } from "../templates/markup.js";
import type { Drawing, MeasureRange } from "../templates/page-script.js";
import { type Context, sayText } from "./context.js";

/** What the pictures of this file are of; templates/scripts/measures.js knows each kind. */
type MeasureKind = "survival" | "over-run";

/** A picture on an axis of seconds or of run order, which a reader can look at closer. */
export interface Measure {
  readonly kind: MeasureKind;
  /** Where its data stands in the report: a curve of `cleanup`, a stage. */
  readonly name: string;
  readonly to: number;
  /** The shortest range worth showing. */
  readonly shortest: number;
  /** Words of the picture, as markup. */
  readonly words: Readonly<Record<string, string>>;
  readonly label: string;
  readonly alt: string;
  readonly caption: Html | undefined;
}

/** The picture as it stands in the page, with what its script needs to draw it again. */
export function measureView(context: Context, drawing: Drawing, measure: Measure, markup: (view: MeasureRange) => string): object {
  const { words, ...rest } = measure;
  const view = { from: 0, to: measure.to };
  return {
    ...rest,
    from: 0,
    drawn: JSON.stringify(words),
    shownText: sayText(context, `measure.shown-${measure.kind}`),
    atText: sayText(context, `measure.at-${measure.kind}`),
    markup: html(markup({ ...view, ...words })),
    height: drawing.measureHeight,
  };
}
