// The page's words: handed over once, asked for by name.

let words = {};

export function setWords(all) { words = all; }

// The message of this name with its {braces} filled; the name itself where there is none.
export function say(name, values = {}) {
  return (words[name] ?? name).replace(/\{(\w+)\}/g, (_, key) => String(values[key] ?? ""));
}

// 0.85 as people write it here
export function shownScore(value) {
  return value.toFixed(2).replace(".", say("decimal"));
}

// an ISO prefix as Vietnamese write it: 03/6/2013
export function shownDate(date) {
  if (!date) { return ""; }
  const [year, month, day] = date.split("-");
  return [day, month && String(Number(month)), year].filter(Boolean).join("/");
}
