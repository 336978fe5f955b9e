// The table that says in words what the picture shows: every relation with its evidence, and documents without any.

import { make } from "./element.js";
import { evidence } from "./panel.js";
import { say, shownDate } from "./words.js";

const ROWS = 100; // rows at first; the rest on demand

// Fill `container` from a view (unfolded: what the filters let through); `choose` gets the id of a node or an edge.
export function showTable(container, view, state, root, choose, limit = ROWS) {
  const nodes = new Map(view.documents.map((node) => [node.id, node]));
  const alone = view.documents.filter((node) => !view.relations.some((edge) => edge.from === node.id || edge.to === node.id));
  const cell = (id) => {
    const node = nodes.get(id);
    return make("td", {}, make("button", { type: "button", class: "plain", onclick: () => choose(id) }, node.label.split("\n")[0]),
      make("small", {}, [node.place, shownDate(node.date)].filter(Boolean).join(" · ")));
  };
  const rows = view.relations.slice(0, limit).map((edge) => make("tbody", { class: edge.id === state.chosen ? "chosen" : null, "data-edge": edge.id },
    make("tr", {}, cell(edge.from), make("td", {}, make("button", { type: "button", class: "plain", onclick: () => choose(edge.id) }, edge.label)), cell(edge.to)),
    make("tr", {}, make("td", { colspan: 3 }, ...evidence(edge, root, 300)))));
  const loose = make("tbody", {}, alone.slice(0, limit).map((node) => make("tr", {}, cell(node.id), make("td", { colspan: 2, class: "quiet" }, say("no_relation")))));
  container.replaceChildren(
    make("table", { class: "rows dense edges" },
      make("caption", {}, say("table_caption", { documents: view.documents.length, relations: view.relations.length })),
      make("thead", {}, make("tr", {}, ["subject", "relation", "object"].map((name) => make("th", { scope: "col" }, say(name))))),
      rows, loose),
    ...(view.relations.length > limit || alone.length > limit
      ? [make("p", {}, make("button", { type: "button", onclick: () => showTable(container, view, state, root, choose, limit * 5) }, say("more_rows", { count: view.relations.length - rows.length })))] : []));
}
