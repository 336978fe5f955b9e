// The legend, which is also the filter: each entry switches what it stands for.

import { make } from "./element.js";
import { isOff } from "./view.js";
import { lineSample, shapeSample } from "./style.js";
import { say } from "./words.js";

function countBy(items, value) {
  const counts = new Map();
  for (const item of items) {
    const key = value(item) ?? "";
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return counts;
}

// Rows of [value, label, count, sample] for each kind of filter, of what the picture holds.
function entries(picture) {
  const known = (counts, order) => [...counts].sort((one, other) =>
    (order ? order.indexOf(one[0]) - order.indexOf(other[0]) : other[1] - one[1] || one[0].localeCompare(other[0], "vi")));
  const shapes = new Map(picture.nodes.map((node) => [node.type ?? "", node.shape]));
  const relations = countBy(picture.edges, (edge) => edge.predicate);
  return {
    relation: picture.lines.filter((line) => relations.has(line.predicate))
      .map((line) => [line.predicate, line.label, relations.get(line.predicate), lineSample(line)]),
    polity: known(countBy(picture.nodes, (node) => node.polity), ["party", "state", "joint", "front", ""])
      .map(([value, count]) => [value, value ? say(`label_${value}`) : say("unknown"), count, make("i", { class: `swatch ${value || "other"}` }, make("b"), make("b"))]),
    type: known(countBy(picture.nodes, (node) => node.type))
      .map(([value, count]) => [value, value || say("unknown"), count, shapeSample(shapes.get(value))]),
    level: known(countBy(picture.nodes, (node) => node.level), ["central", "province", "district", "commune", ""])
      .map(([value, count]) => [value, value ? say(`label_${value}`) : say("unknown"), count, null]),
    basis: known(countBy(picture.edges, (edge) => edge.basis), ["stated", "reported", "catalogued", "inferred"])
      .map(([value, count]) => [value, say(`label_${value}`), count, null]),
  };
}

// Fill `container`; `change` gets what is new in the state. The control in use keeps the focus.
export function showLegend(container, picture, state, change) {
  const focused = container.contains(document.activeElement) ? document.activeElement.id : "";
  const isOpen = (kind, byDefault) => container.querySelector(`#filter-${kind}`)?.open ?? byDefault;
  const groups = Object.entries(entries(picture)).filter(([, rows]) => rows.length).map(([kind, rows]) =>
    make("details", { id: `filter-${kind}`, open: isOpen(kind, kind !== "type" || rows.length < 9), class: "filter" },
      make("summary", {}, say(`filter_${kind}`)),
      make("ul", {}, rows.map(([value, label, count, sample], number) => {
        const id = `filter-${kind}-${number}`;
        return make("li", {}, make("label", { for: id },
          make("input", { type: "checkbox", id, checked: !isOff(state, kind, value), "data-filter": `${kind}:${value}`,
            onchange: (event) => change({ off: event.target.checked
              ? state.off.filter((item) => item !== `${kind}:${value}`) : [...state.off, `${kind}:${value}`] }) }),
          sample, make("span", {}, label), make("span", { class: "quiet" }, String(count))));
      }))));
  container.replaceChildren(dates(picture, state, change), places(picture, state, change), confidence(state, change), ...groups,
    make("p", {}, make("button", { type: "button", id: "filter-reset", onclick: () => change({ off: [], place: "", confidence: 0, asOf: "" }) }, say("filter_reset"))));
  if (focused) { document.getElementById(focused)?.focus(); }
}

function dates(picture, state, change) {
  const years = picture.nodes.filter((node) => node.date).map((node) => Number(node.date.slice(0, 4)));
  if (!years.length) { return null; }
  const [first, last] = [Math.min(...years), Math.max(...years)];
  const value = state.asOf ? Math.min(Number(state.asOf.slice(0, 4)), last) : last;
  const shown = (year) => (year >= last ? say("as_of_all") : say("as_of_year", { year }));
  const output = make("output", { for: "as-of", id: "as-of-shown" }, shown(value));
  return make("p", { class: "slider" }, make("label", { for: "as-of" }, say("as_of")), output,
    make("input", { type: "range", id: "as-of", min: first, max: last, step: 1, value, "aria-valuetext": shown(value),
      oninput: (event) => { output.textContent = shown(Number(event.target.value)); },
      onchange: (event) => change({ asOf: Number(event.target.value) >= last ? "" : event.target.value }) }));
}

function places(picture, state, change) {
  const counts = [...countBy(picture.nodes.filter((node) => node.place), (node) => node.place)]
    .sort((one, other) => one[0].localeCompare(other[0], "vi"));
  if (counts.length < 2) { return null; }
  return make("p", {}, make("label", { for: "filter-place" }, say("filter_place")), " ",
    make("select", { id: "filter-place", onchange: (event) => change({ place: event.target.value }) },
      make("option", { value: "" }, say("all")),
      counts.map(([place, count]) => make("option", { value: place, selected: place === state.place }, `${place} (${count})`))));
}

function confidence(state, change) {
  const shown = (value) => say("confidence_at_least", { value: Number(value).toFixed(2).replace(".", say("decimal")) });
  const output = make("output", { for: "filter-confidence" }, shown(state.confidence));
  return make("p", { class: "slider" }, make("label", { for: "filter-confidence" }, say("filter_confidence")), output,
    make("input", { type: "range", id: "filter-confidence", min: 0, max: 1, step: 0.05, value: state.confidence,
      oninput: (event) => { output.textContent = shown(event.target.value); },
      onchange: (event) => change({ confidence: Number(event.target.value) }) }));
}
