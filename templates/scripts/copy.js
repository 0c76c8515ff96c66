/** The older way: the browser's own copy command with our content in it. Returns whether it was taken. */
const copyByCommand = (content) => {
  const give = (event) => {
    for (const [type, text] of Object.entries(content)) event.clipboardData.setData(type, text);
    event.preventDefault();
  };
  document.addEventListener("copy", give, { once: true });
  const isTaken = document.execCommand("copy");
  document.removeEventListener("copy", give);
  return isTaken;
};

/** Puts a content on the clipboard, by type; where that is forbidden, selects an element that shows it. */
const copyContent = async (button, content, shown) => {
  const label = button.textContent;
  const blobs = Object.entries(content).map(([type, text]) => [type, new Blob([text], { type })]);
  try {
    await navigator.clipboard.write([new ClipboardItem(Object.fromEntries(blobs))]);
  } catch {
    if (!copyByCommand(content)) {
      getSelection().selectAllChildren(shown);
      return;
    }
  }
  button.textContent = button.dataset.done;
  setTimeout(() => (button.textContent = label), 1500);
};
const copyText = (button, text, shown) => copyContent(button, { "text/plain": text }, shown);

const words = (element) => (element?.textContent ?? "").replace(/\s+/g, " ").replace(/ #$/, "").trim();
/** A value and, in brackets, what stands below it: its tolerance, its interval (in words, for nothing keeps the order of its ends in plain text). */
const valueWords = (cell) => {
  const [value = "", ...more] = [...(cell?.children ?? [])].map((part) => part.dataset.plain ?? words(part));
  return more.length === 0 ? value : `${value} (${more.join(", ")})`;
};
/** Text that Markdown would read as markup is escaped. */
const markdown = (text) => text.replace(/[\\|`*_{}[\]<>]/g, "\\$&");

/** A claim with its source, its verdict, what is documented and what was measured. */
const claimCells = (body) => {
  const [title, source, verdict] = [".claim-title", ".source", ".verdict"].map((selector) => words(body.querySelector(selector)));
  return [`${title} (${source})`, verdict, ...[".documented", ".measured"].map((selector) => valueWords(body.querySelector(selector)))];
};

const claimsMarkdown = (page) => {
  const table = page.querySelector("table.claims");
  const headings = [...table.tHead.rows[0].cells].slice(0, 4).map((cell) => markdown(words(cell)));
  const rows = [...table.tBodies].map((body) => {
    return `| ${claimCells(body).map(markdown).join(" | ")} |`;
  });
  return [`| ${headings.join(" | ")} |`, "| --- | --- | --- | --- |", ...rows, ""].join("\n");
};

const summaryMarkdown = (page) => {
  const facts = [...page.querySelectorAll(".facts > span")].map((fact) => `- ${markdown(words(fact))}`);
  const afterword = page.querySelector(".afterword").cloneNode(true);
  for (const button of afterword.querySelectorAll("button")) button.remove();
  const chips = [...page.querySelectorAll(".chip:not(.all)")].map((chip) => markdown(words(chip))).join(" · ");
  return [
    `# ${markdown(words(page.querySelector("h1")))}`,
    `**${markdown(words(page.querySelector(".lead")))}**`,
    markdown(words(afterword)),
    chips,
    facts.join("\n"),
    "",
  ].join("\n\n");
};

const markup = (text) => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
const tagged = (tag, texts) => texts.map((text) => `<${tag}>${markup(text)}</${tag}>`).join("");

/** The summary, the claims and the proposed wordings as plain markup, which the editors of Jira Cloud, Confluence and mail programs keep. */
const ticketMarkup = (page) => {
  const afterword = page.querySelector(".afterword").cloneNode(true);
  for (const button of afterword.querySelectorAll("button")) button.remove();
  const table = page.querySelector("table.claims");
  const headings = table === null ? [] : [...table.tHead.rows[0].cells].slice(0, 4).map(words);
  const rows = [...(table?.tBodies ?? [])].map((body) => tagged("td", claimCells(body)));
  const wordings = [...page.querySelectorAll(".suggestion")].map((row) => {
    const place = words(row.closest("tbody").querySelector(".source"));
    return `<li>${markup(words(row.querySelector("[data-copy-text]")))} <code>${markup(place)}</code></li>`;
  });
  return [
    `<div dir="${page.dir}" lang="${page.lang}">`,
    tagged("h2", [words(page.querySelector("h1"))]),
    `<p><strong>${markup(words(page.querySelector(".lead")))}</strong></p>`,
    tagged("p", [words(afterword), [...page.querySelectorAll(".chip:not(.all)")].map(words).join(" · ")]),
    `<ul>${tagged("li", [...page.querySelectorAll(".facts > span")].map(words))}</ul>`,
    rows.length === 0 ? "" : `<table><tbody><tr>${tagged("th", headings)}</tr><tr>${rows.join("</tr><tr>")}</tr></tbody></table>`,
    wordings.length === 0 ? "" : `${tagged("h3", [words(page.querySelector(".suggestion .label"))])}<ul>${wordings.join("")}</ul>`,
    "</div>",
  ].join("");
};

for (const button of document.querySelectorAll("[data-copy]")) {
  const shown = button.parentElement.parentElement.querySelector("[data-copy-text]");
  button.addEventListener("click", () => copyText(button, shown.textContent, shown));
}
for (const button of document.querySelectorAll("[data-copy-table]")) {
  const page = button.closest(".document");
  button.addEventListener("click", () => copyText(button, claimsMarkdown(page), page.querySelector("table.claims")));
}
for (const button of document.querySelectorAll("[data-copy-summary]")) {
  const page = button.closest(".document");
  button.addEventListener("click", () => copyText(button, summaryMarkdown(page), page.querySelector(".lead")));
}
for (const button of document.querySelectorAll("[data-copy-ticket]")) {
  const page = button.closest(".document");
  const text = () => [summaryMarkdown(page), page.querySelector("table.claims") === null ? "" : claimsMarkdown(page)].join("\n");
  button.addEventListener("click", () =>
    copyContent(button, { "text/html": ticketMarkup(page), "text/plain": text() }, page.querySelector(".lead")),
  );
}
