(() => {
  const root = document.documentElement;
  const documents = [...document.querySelectorAll(".document")];
  const languages = documents.map((entry) => entry.id);

  /** Storage can be forbidden (file pages, private windows): then nothing is remembered. */
  const stored = (name, value) => {
    try {
      if (value === undefined) return localStorage.getItem(`postrun-${name}`);
      localStorage.setItem(`postrun-${name}`, value);
    } catch {
      return null;
    }
    return value;
  };

  const showLanguage = (language) => {
    const shown = documents.find((entry) => entry.id === language);
    if (!shown) return;
    root.lang = language;
    root.dir = shown.dir;
    root.dataset.lang = language;
    document.title = shown.dataset.title;
  };
  /** "#he" and "#he-claims" both name a language. */
  const languageOf = (hash) => languages.find((language) => hash === `#${language}` || hash.startsWith(`#${language}-`));
  const reveal = () => {
    const language = languageOf(location.hash);
    if (!language) return;
    showLanguage(language);
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    for (let at = target; at; at = at.parentElement) if (at.tagName === "DETAILS") at.open = true;
    if (target && target.id !== language) target.scrollIntoView({ block: "center" });
  };
  const wanted = languageOf(location.hash) || new URLSearchParams(location.search).get("lang") || stored("lang");
  showLanguage(languages.includes(wanted) ? wanted : languages[0]);
  addEventListener("hashchange", reveal);
  reveal();
  for (const link of document.querySelectorAll("a.language")) {
    link.addEventListener("click", (event) => {
      event.preventDefault();
      const language = link.hash.slice(1);
      showLanguage(language);
      stored("lang", language);
      history.replaceState(null, "", link.hash);
      document.querySelector(`#${language} a.language`)?.focus({ preventScroll: true });
    });
  }

  const themes = ["auto", "light", "dark"];
  const showTheme = (theme) => {
    if (theme === "auto") delete root.dataset.theme;
    else root.dataset.theme = theme;
    for (const button of document.querySelectorAll("[data-theme-button]")) {
      button.querySelector("[data-theme-name]").textContent = button.dataset[theme];
    }
  };
  let theme = themes.includes(stored("theme")) ? stored("theme") : "auto";
  showTheme(theme);
  for (const button of document.querySelectorAll("[data-theme-button]")) {
    button.addEventListener("click", () => {
      theme = themes[(themes.indexOf(theme) + 1) % themes.length];
      showTheme(theme);
      stored("theme", theme);
    });
  }

  for (const chip of document.querySelectorAll("[data-filter]")) {
    chip.addEventListener("click", () => {
      const page = chip.closest(".document");
      const filter = chip.getAttribute("aria-pressed") === "true" ? "all" : chip.dataset.filter;
      for (const other of page.querySelectorAll("[data-filter]"))
        other.setAttribute("aria-pressed", String(other.dataset.filter === filter));
      for (const row of page.querySelectorAll("tbody[data-verdict]")) row.hidden = filter !== "all" && row.dataset.verdict !== filter;
    });
  }

  const keyOf = (row, index) => row.cells[index].dataset.key ?? row.cells[index].textContent;
  for (const heading of document.querySelectorAll(".sortable th[data-sort]")) {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...heading.childNodes);
    heading.append(button);
    button.addEventListener("click", () => {
      const descending = heading.getAttribute("aria-sort") === "ascending";
      for (const other of heading.parentElement.cells) other.removeAttribute("aria-sort");
      heading.setAttribute("aria-sort", descending ? "descending" : "ascending");
      const body = heading.closest("table").tBodies[0];
      const sign = descending ? -1 : 1;
      const compare = (a, b) => {
        const [left, right] = [keyOf(a, heading.cellIndex), keyOf(b, heading.cellIndex)];
        if (left === "" || right === "") return (left === "") - (right === "");
        return (
          sign * (heading.dataset.sort === "number" ? Number(left) - Number(right) : left.localeCompare(right, "en", { numeric: true }))
        );
      };
      body.append(...[...body.rows].sort(compare));
    });
  }

  for (const button of document.querySelectorAll("[data-copy]")) {
    button.addEventListener("click", async () => {
      const text = button.parentElement.parentElement.querySelector("[data-copy-text]").textContent;
      const label = button.textContent;
      try {
        await navigator.clipboard.writeText(text);
        button.textContent = button.dataset.done;
        setTimeout(() => (button.textContent = label), 1500);
      } catch {
        getSelection().selectAllChildren(button.parentElement.parentElement.querySelector("[data-copy-text]"));
      }
    });
  }

  addEventListener("beforeprint", () => {
    for (const details of document.querySelectorAll("details:not([open])")) {
      details.open = true;
      details.dataset.printed = "";
    }
  });
  addEventListener("afterprint", () => {
    for (const details of document.querySelectorAll("details[data-printed]")) {
      details.open = false;
      delete details.dataset.printed;
    }
  });
  root.dataset.js = "";
})();
