for (const chip of document.querySelectorAll("[data-filter]")) {
  chip.addEventListener("click", () => {
    const page = chip.closest(".document");
    const filter = chip.getAttribute("aria-pressed") === "true" ? "all" : chip.dataset.filter;
    for (const other of page.querySelectorAll("[data-filter]")) other.setAttribute("aria-pressed", String(other.dataset.filter === filter));
    for (const row of page.querySelectorAll("tbody[data-verdict]")) row.hidden = filter !== "all" && row.dataset.verdict !== filter;
  });
}
