export const root = document.documentElement;
/** The page in each language. */
export const documents = [...document.querySelectorAll(".document")];
const languages = documents.map((entry) => entry.id);

/** Storage can be forbidden (file pages, private windows): then nothing is remembered. */
export const stored = (name, value) => {
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
const placeNamed = (hash) => {
  try {
    return document.getElementById(decodeURIComponent(hash.slice(1)));
  } catch {
    return null;
  }
};
/** Shows the place that the address names: its language, and whatever it is folded into. */
export const reveal = () => {
  const language = languageOf(location.hash);
  if (!language) return;
  showLanguage(language);
  const target = placeNamed(location.hash);
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
