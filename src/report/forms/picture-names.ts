import type { PictureName } from "../charts/pictures.js";
import { LANGUAGES } from "../locales/index.js";

/** File names of the charts, before the language. */
export const CHART_NAMES: Readonly<Record<PictureName, string>> = {
  timeCurve: "open-jobs",
  fromDisconnect: "cleanup",
  unopenedFromCreation: "unopened-jobs",
  overRun: "connect-over-run",
};
export const FIRST_SCREEN = "first-screen";
export const JOB_LIFE = "job-life";
export const SHARES = "open-jobs-share";

/** `<picture>.<language>.png` */
export function pictureFile(name: string, language: (typeof LANGUAGES)[number]): string {
  return `${name}.${language}.png`;
}

/** Whether a picture of some report has this file name. */
export function isPictureFile(file: string): boolean {
  const names = [FIRST_SCREEN, JOB_LIFE, SHARES, ...Object.values(CHART_NAMES)];
  return names.some((name) => LANGUAGES.some((language) => file === pictureFile(name, language)));
}
