import { unpackColumns } from "./columns.js";

let loading;

/** Says in every language that the page is reading its own data, or that it is done. */
const showLoading = (isLoading) => {
  for (const notice of document.querySelectorAll("[data-loading]")) notice.textContent = isLoading ? notice.dataset.loading : "";
};

/** The report inside this page, unpacked when it is first wanted. */
export const loadReport = () => {
  loading ??= (async () => {
    showLoading(true);
    const text = document.getElementById("postrun-report").textContent;
    const bytes = Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
    const packed = await new Response(stream).text();
    // So that the notice is seen before the page is busy.
    await new Promise((done) => setTimeout(done));
    return unpackColumns(JSON.parse(packed));
  })().finally(() => showLoading(false));
  return loading;
};

/** Words of a sentence with its values; `{name}` stands for one. */
export const filled = (sentence, values) => sentence.replace(/\{(\w+)\}/g, (all, name) => String(values[name] ?? all));
