import { root, stored } from "./language.js";

const themes = ["auto", "light", "dark"];
// Where the system sets the ground (high contrast), charts follow it: in the colours of a chosen theme they could not be read on it.
const forced = matchMedia("(forced-colors: active)");
const showTheme = (theme) => {
  if (theme === "auto" || forced.matches) delete root.dataset.theme;
  else root.dataset.theme = theme;
  for (const button of document.querySelectorAll("[data-theme-button]")) {
    button.querySelector("[data-theme-name]").textContent = button.dataset[theme];
  }
};
let theme = themes.includes(stored("theme")) ? stored("theme") : "auto";
showTheme(theme);
forced.addEventListener("change", () => showTheme(theme));
for (const button of document.querySelectorAll("[data-theme-button]")) {
  button.addEventListener("click", () => {
    theme = themes[(themes.indexOf(theme) + 1) % themes.length];
    showTheme(theme);
    stored("theme", theme);
  });
}
