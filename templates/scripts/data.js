import { unpackColumns } from "./columns.js";

let loading;

/** The report inside this page, unpacked when it is first wanted. */
export const loadReport = () => {
  loading ??= (async () => {
    const text = document.getElementById("postrun-report").textContent;
    const bytes = Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
    return unpackColumns(JSON.parse(await new Response(stream).text()));
  })();
  return loading;
};

/** Words of a sentence with its values; `{name}` stands for one. */
export const filled = (sentence, values) => sentence.replace(/\{(\w+)\}/g, (all, name) => String(values[name] ?? all));
