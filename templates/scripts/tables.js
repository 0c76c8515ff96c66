import { filled, loadReport } from "./data.js";
import { reveal } from "./language.js";
import { TABLES } from "./rows.js";

/** Rows that one press adds. */
const PAGE = 200;

const compareKeys = (left, right, kind, sign) => {
  if (left === "" || right === "") return (left === "") - (right === "");
  return sign * (kind === "number" ? Number(left) - Number(right) : String(left).localeCompare(String(right), "en", { numeric: true }));
};

/** A table whose rows all stand in the page; errors and whole names of Jobs have no column. */
const wholeTable = (table) => {
  const body = table.tBodies[0];
  const keyOf = (row, index) => row.cells[index].dataset.key ?? row.cells[index].textContent;
  const texts = new Map(
    [...body.rows].map((row) => [row, `${row.textContent} ${row.dataset.error ?? ""} ${row.dataset.job ?? ""}`.toLowerCase()]),
  );
  return {
    sort: (index, kind, sign) => {
      const keys = new Map([...body.rows].map((row) => [row, keyOf(row, index)]));
      body.append(...[...body.rows].sort((a, b) => compareKeys(keys.get(a), keys.get(b), kind, sign)));
    },
    find: (text) => {
      let found = 0;
      for (const row of body.rows) {
        row.hidden = !texts.get(row).includes(text);
        if (!row.hidden) found++;
      }
      return found;
    },
  };
};

/** A table of which the page shows a part: the rest is made from the report when it is asked for. */
const partTable = (table, kind) => {
  const body = table.tBodies[0];
  const words = JSON.parse(table.dataset.words);
  const language = table.closest(".document").id;
  const { items, place, text, key } = TABLES[kind];
  const labels = [...table.tHead.rows[0].cells].map((cell) => cell.textContent);
  /** A cell stands under the name of its column where a row is a card; the name of a Job needs none. */
  const row = (item, context) => {
    const made = TABLES[kind].row(item, context);
    for (const cell of made.cells) if (kind !== "jobs" || cell.cellIndex > 0) cell.dataset.label = labels[cell.cellIndex];
    return made;
  };
  let all;
  let chosen;
  let shown = body.rows.length;
  let context;
  const load = async () => {
    if (all !== undefined) return;
    const report = await loadReport();
    context = { language, words, jobs: new Map(report.jobs.map((job) => [job.uid, job])) };
    all = items(report);
    chosen = all;
  };
  const show = (count) => {
    shown = Math.min(count, chosen.length);
    body.replaceChildren(...chosen.slice(0, shown).map((item) => row(item, context)));
  };
  return {
    sort: async (index, type, sign) => {
      await load();
      const keys = new Map(all.map((item) => [item, key(item, index, context)]));
      const byKey = (a, b) => compareKeys(keys.get(a), keys.get(b), type, sign);
      all = [...all].sort(byKey);
      chosen = [...chosen].sort(byKey);
      show(PAGE);
    },
    find: async (wanted) => {
      await load();
      chosen = wanted === "" ? all : all.filter((item) => text(item, context).toLowerCase().includes(wanted));
      show(PAGE);
      return chosen.length;
    },
    more: async () => {
      await load();
      const next = chosen.slice(shown, shown + PAGE);
      body.append(...next.map((item) => row(item, context)));
      shown += next.length;
      return shown;
    },
    /** Puts the row of a place that is not shown yet at the top. */
    reach: async (wanted) => {
      await load();
      const item = all.find((candidate) => place(candidate) === wanted);
      if (item === undefined) return false;
      body.prepend(row(item, context));
      return true;
    },
  };
};

const parts = [];
for (const table of document.querySelectorAll("[data-table]")) {
  const section = table.closest("section");
  const kind = table.dataset.table;
  const rows = table.dataset.words === undefined ? wholeTable(table) : partTable(table, kind);
  if (rows.reach) parts.push({ prefix: `#${table.closest(".document").id}-`, rows });
  for (const heading of table.classList.contains("sortable") ? table.tHead.querySelectorAll("th[data-sort]") : []) {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...heading.childNodes);
    heading.append(button);
    button.addEventListener("click", async () => {
      const descending = heading.getAttribute("aria-sort") === "ascending";
      for (const other of heading.parentElement.cells) other.removeAttribute("aria-sort");
      heading.setAttribute("aria-sort", descending ? "descending" : "ascending");
      await rows.sort(heading.cellIndex, heading.dataset.sort, descending ? -1 : 1);
    });
  }
  const search = section.querySelector(`[data-find="${kind}"]`);
  search?.addEventListener("input", async () => {
    const wanted = search.value.trim().toLowerCase();
    const found = await rows.find(wanted);
    const said = section.querySelector("[data-found]");
    said.textContent = wanted === "" ? "" : filled(said.dataset.text, { n: found });
  });
  const more = section.querySelector(`[data-more="${kind}"]`);
  more?.addEventListener("click", async () => {
    const shown = await rows.more();
    if (shown >= Number(table.dataset.count)) more.hidden = true;
  });
}

const reachNamed = async () => {
  for (const { prefix, rows } of parts) {
    if (!location.hash.startsWith(prefix) || document.getElementById(decodeURIComponent(location.hash.slice(1))) !== null) continue;
    if (await rows.reach(decodeURIComponent(location.hash.slice(prefix.length)))) reveal();
  }
};
addEventListener("hashchange", reachNamed);
reachNamed();
