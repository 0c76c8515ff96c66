/** Puts text on the clipboard; where that is forbidden, selects an element that shows it. */
const copyText = async (button, text, shown) => {
  const label = button.textContent;
  try {
    await navigator.clipboard.writeText(text);
    button.textContent = button.dataset.done;
    setTimeout(() => (button.textContent = label), 1500);
  } catch {
    getSelection().selectAllChildren(shown);
  }
};

const words = (element) => (element?.textContent ?? "").replace(/\s+/g, " ").replace(/ #$/, "").trim();
/** Text that Markdown would read as markup is escaped. */
const markdown = (text) => text.replace(/[\\|`*_{}[\]<>]/g, "\\$&");

const claimsMarkdown = (page) => {
  const table = page.querySelector("table.claims");
  const headings = [...table.tHead.rows[0].cells].slice(0, 4).map((cell) => markdown(words(cell)));
  const rows = [...table.tBodies].map((body) => {
    const cell = (selector) => markdown(words(body.querySelector(selector)));
    const title = `${cell(".claim-title")} (${cell(".source")})`;
    return `| ${[title, cell(".verdict"), cell(".documented"), cell(".measured")].join(" | ")} |`;
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
