// What every page can do with script: suggestions under search fields, the light and dark switch.
// Without script the pages work all the same: the search form submits, the system's colours hold.

import { suggest } from "./explore/suggest.js";

const root = document.documentElement;
const button = document.getElementById("theme");

function isDark() {
  const chosen = root.dataset.theme;
  return chosen ? chosen === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
}

function showTheme() {
  button.textContent = isDark() ? button.dataset.light : button.dataset.dark;
}

if (button) {
  button.hidden = false;
  showTheme();
  button.addEventListener("click", () => {
    root.dataset.theme = isDark() ? "light" : "dark";
    document.cookie = `theme=${root.dataset.theme}; path=/; max-age=31536000; samesite=lax`;
    showTheme();
    document.dispatchEvent(new Event("themechange"));
  });
}

// what stands after # (the explorer's state) goes along into the other language
for (const link of document.querySelectorAll("a[data-keeps-place]")) {
  link.addEventListener("click", () => { link.hash = location.hash; });
}

for (const input of document.querySelectorAll("input[data-suggest]:not([data-suggest-add])")) {
  suggest(input, (found) => { location.href = found.href; });
}
