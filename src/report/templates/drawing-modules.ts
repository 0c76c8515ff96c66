import { templateAddress } from "../template-files.js";

/** Modules of templates/scripts/ with which both the report and its page draw. */
export const DRAWING_MODULES = ["timeline-data", "draw-curve", "draw-gantt", "draw-measures"] as const;

/** What those modules export. scripts/build.mjs puts a module in the place of this one which holds them: finding files of modules takes longer than drawing. */
export async function drawingModules(): Promise<readonly object[]> {
  return Promise.all(DRAWING_MODULES.map((name) => import(templateAddress(`scripts/${name}.js`))));
}
