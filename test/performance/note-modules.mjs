/** For `node --import`: writes a line "loaded URL" to standard error for every module that is loaded, apart from Node's own. */
import { register } from "node:module";

const hooks = `
import { writeSync } from "node:fs";
export async function load(url, context, next) {
  if (!url.startsWith("node:")) writeSync(2, "loaded " + url + "\\n");
  return next(url, context);
}`;
register(`data:text/javascript,${encodeURIComponent(hooks)}`);
