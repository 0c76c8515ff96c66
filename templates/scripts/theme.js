import { root, stored } from "./language.js";

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
