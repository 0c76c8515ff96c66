import { root } from "./language.js";

/** What A4 has room for below the words that a picture belongs to [CSS pixels]. */
const ROOM = 900;

addEventListener("beforeprint", () => {
  // Nothing can be parted inside a picture: one that is taller than the page would be cut through a row, and leave its heading behind.
  for (const plot of document.querySelectorAll("svg.gantt")) plot.style.zoom = Math.min(1, ROOM / plot.height.baseVal.value);
  for (const details of document.querySelectorAll("details:not([open])")) {
    details.open = true;
    details.dataset.printed = "";
  }
});
addEventListener("afterprint", () => {
  for (const plot of document.querySelectorAll("svg.gantt")) plot.style.zoom = "";
  for (const details of document.querySelectorAll("details[data-printed]")) {
    details.open = false;
    delete details.dataset.printed;
  }
});

root.dataset.js = "";
