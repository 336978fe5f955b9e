// The panel beside the picture: what is known of the document or relation that was chosen, and what can be done with it.

import { make } from "./element.js";
import { suggest } from "./suggest.js";
import { say, shownDate, shownScore } from "./words.js";

const EXPAND = 30; // documents that one press of "more" brings in
const PATHS = 500; // most documents offered as the other end of a path

// What a catalogue or a conclusion says quotes nobody.
function quoted(edge, limit) {
  const whole = edge.quote.split(/\s+/).join(" ");
  const words = whole.length > limit ? `${whole.slice(0, limit).replace(/\s\S*$/, "")} …` : whole;
  return edge.basis === "catalogued" || edge.basis === "inferred" ? words : `“${words}”`;
}

function facts(rows) {
  return make("dl", { class: "facts" }, rows.filter(([, value]) => value).map(([label, value]) => [make("dt", {}, label), make("dd", {}, value)]));
}

// The sentence that says so, who says it, and the way to its place in the source.
export function evidence(edge, root, limit = 1500) {
  const name = edge.source_name || edge.source;
  const where = edge.basis === "catalogued" ? say("catalogue_row", { name }) : name;
  return [
    make("blockquote", { class: "quote" }, quoted(edge, limit)),
    make("p", { class: "says" }, make("span", { class: "badge" }, say(`label_${edge.basis}`)),
      make("span", {}, say("confidence", { value: shownScore(edge.confidence) })),
      root === null ? make("span", {}, `${where} [${edge.start}–${edge.end}]`)
        : make("a", { href: `${root}/sources/${edge.source}?start=${edge.start}&end=${edge.end}#here` }, say("see_source", { name: where })),
      edge.evidence > 1 ? make("span", {}, say("more_evidence", { count: edge.evidence - 1 })) : null),
  ];
}

export class Panel {
  // `actions`: what the explorer lets one do; `root`: what stands before the server's addresses, null without a server.
  constructor(container, root, actions) { Object.assign(this, { container, root, actions }); }

  show(picture, view, state) {
    const node = view.nodes.find((item) => item.id === state.chosen);
    const edge = view.edges.find((item) => item.id === state.chosen);
    this.container.replaceChildren(...(node?.isFold ? this.fold(node, picture) : node ? this.node(node, picture, view, state)
      : edge ? this.edge(edge, view, picture) : this.nothing(picture)));
  }

  nothing(picture) {
    return [make("p", { class: "quiet" }, picture.nodes.length ? say("panel_nothing") : say("panel_empty"))];
  }

  node(node, picture, view, state) {
    const address = this.root === null ? null : `${this.root}/documents/${node.id}`;
    return [
      make("h2", {}, address ? make("a", { href: address }, node.name) : node.name),
      node.title ? make("p", { class: "title" }, node.title) : null,
      facts([[say("type"), node.type], [say("date"), shownDate(node.date)], [say("issuer"), node.issuer],
        [say("level"), node.level && say(`label_${node.level}`)], [say("place"), node.place], ["IRI", node.id]]),
      this.root === null ? null : this.expansion(node, picture),
      this.path(node, view, state),
      this.relations(node, view),
      make("div", { class: "actions" },
        this.root === null ? null : make("button", { type: "button", onclick: () => this.actions.collapse(node.id) }, say("collapse")),
        this.root === null || node.id === state.centre ? null : make("button", { type: "button", onclick: () => this.actions.remove(node.id) }, say("remove"))),
    ].filter(Boolean).flat();
  }

  // "30 of 214", one row for each relation and direction, with a way to bring in more or to choose which.
  expansion(node, picture) {
    const rows = [];
    for (const direction of ["down", "up"]) {
      for (const [relation, total] of Object.entries(node.degree?.[direction] ?? {})) {
        const line = picture.lines.find((item) => item.predicate === relation);
        const shown = new Set(picture.edges.filter((edge) => (direction === "down" ? edge.to : edge.from) === node.id
          && picture.lines.find((item) => item.predicate === edge.predicate)?.implies.includes(relation))
          .map((edge) => (direction === "down" ? edge.from : edge.to))).size;
        rows.push(make("li", {},
          make("span", {}, say(`relation_${direction}`, { relation: line?.label ?? relation })), " ",
          make("span", { class: "count", "data-shown": shown, "data-total": total }, say("shown_of", { shown, total })),
          shown < total ? make("button", { type: "button", "data-expand": `${direction}:${relation}`,
            onclick: () => this.actions.expand(node.id, direction, relation, EXPAND) }, say("expand", { count: Math.min(EXPAND, total - shown) })) : null,
          total > 1 ? make("button", { type: "button", class: "plain", "data-choose": `${direction}:${relation}`,
            onclick: (event) => this.choose(event.target.closest("li"), node, direction, relation, picture) }, say("choose")) : null));
      }
    }
    return node.degree
      ? make("section", {}, make("h3", {}, say("neighbours")), rows.length ? make("ul", { class: "expansion" }, rows) : make("p", { class: "quiet" }, say("no_neighbours")))
      : make("p", {}, make("button", { type: "button", onclick: () => this.actions.count(node.id) }, say("count_neighbours")));
  }

  // A list of the neighbours in one relation, narrowed by words and place, from which to choose.
  async choose(row, node, direction, relation, picture) {
    if (row.querySelector(".chooser")) { row.querySelector(".chooser").remove(); return; }
    const present = new Set(picture.nodes.map((item) => item.id));
    const wanted = new Set();
    const list = make("ul", { class: "choices" });
    const total = make("p", { class: "quiet", role: "status" });
    const words = make("input", { type: "search", "aria-label": say("narrow_words"), placeholder: say("narrow_words") });
    const place = make("select", { "aria-label": say("filter_place") }, make("option", { value: "" }, say("all")));
    const more = make("button", { type: "button", class: "plain" }, say("more_choices"));
    let offset = 0;
    const load = async (from) => {
      offset = from;
      const found = await this.actions.neighbours({ document: node.id, direction, relation, offset, words: words.value, ...(place.value ? { place: place.value } : {}) });
      if (!offset) { list.replaceChildren(); }
      if (place.options.length === 1) {
        place.append(...found.places.filter((item) => item.place).map((item) => make("option", { value: item.place }, `${item.place} (${item.count})`)));
      }
      list.append(...found.items.map((item) => make("li", {}, make("label", {},
        make("input", { type: "checkbox", checked: present.has(item.path), disabled: present.has(item.path), value: item.path,
          onchange: (event) => { wanted[event.target.checked ? "add" : "delete"](item.path); } }),
        make("span", {}, item.name, item.place ? make("small", {}, item.place) : null)))));
      total.textContent = say("choices", { shown: list.children.length, total: found.total });
      more.hidden = list.children.length >= found.total;
    };
    more.addEventListener("click", () => load(list.children.length));
    words.addEventListener("change", () => load(0));
    place.addEventListener("change", () => load(0));
    row.append(make("div", { class: "chooser" }, make("div", { class: "actions" }, words, place), total, list, more,
      make("button", { type: "button", class: "strong", "data-add": "", onclick: () => this.actions.add([...wanted]) }, say("add_chosen"))));
    await load(0);
    words.focus();
  }

  path(node, view, state) {
    const others = view.nodes.filter((item) => item.id !== node.id && !item.isFold).slice(0, PATHS);
    if (!others.length && this.root === null) { return null; }
    const select = make("select", { id: "path-to", "aria-label": say("path_to") }, make("option", { value: "" }, say("path_choose")),
      others.map((item) => make("option", { value: item.id, selected: state.from === node.id && state.to === item.id }, item.name)));
    select.addEventListener("change", () => this.actions.path(select.value ? node.id : "", select.value));
    const elsewhere = this.root === null ? null : make("input", { type: "search", id: "path-elsewhere", autocomplete: "off", "aria-label": say("path_elsewhere"),
      placeholder: say("path_elsewhere"), "data-suggest": `${this.root}/suggest` });
    const section = make("section", { class: "path" }, make("h3", {}, say("path_to")), select, make("div", { class: "search" }, elsewhere),
      state.from && state.to ? make("button", { type: "button", id: "path-clear", onclick: () => this.actions.path("", "") }, say("path_clear")) : null);
    if (elsewhere) { suggest(elsewhere, (found) => this.actions.pathTo(node.id, found.path)); }
    return section;
  }

  relations(node, view) {
    const own = view.edges.filter((edge) => edge.from === node.id || edge.to === node.id);
    if (!own.length) { return null; }
    const name = (id) => view.nodes.find((item) => item.id === id)?.name ?? id;
    return make("section", {}, make("h3", {}, say("relations_shown", { count: own.length })),
      make("ul", { class: "links" }, own.slice(0, 60).map((edge) => make("li", {},
        make("button", { type: "button", class: "plain", onclick: () => this.actions.choose(edge.id) },
          edge.from === node.id ? `→ ${edge.label} → ${name(edge.to)}` : `← ${edge.label} ← ${name(edge.from)}`)))),
      own.length > 60 ? make("p", { class: "quiet" }, say("rest_in_table", { count: own.length - 60 })) : null);
  }

  edge(edge, view, picture) {
    const end = (id) => {
      const node = view.nodes.find((item) => item.id === id);
      return make("button", { type: "button", class: "plain", onclick: () => this.actions.choose(id) }, node?.name ?? id);
    };
    const line = picture.lines.find((item) => item.predicate === edge.predicate);
    return [make("h2", {}, line?.label ?? edge.label), make("p", { class: "ends" }, end(edge.from), make("span", {}, ` → ${edge.label} → `), end(edge.to)),
      edge.count > 1 ? make("p", { class: "quiet" }, say("folded_line", { count: edge.count })) : null, ...evidence(edge, this.root)].filter(Boolean);
  }

  fold(fold, picture) {
    const members = new Set(fold.members);
    return [make("h2", {}, fold.label),
      make("p", {}, make("button", { type: "button", class: "strong", id: "unfold", onclick: () => this.actions.unfold(fold.id) }, say("unfold"))),
      make("ul", { class: "links" }, picture.nodes.filter((node) => members.has(node.id)).slice(0, 100).map((node) => make("li", {},
        this.root === null ? node.name : make("a", { href: `${this.root}/documents/${node.id}` }, node.name)))),
      members.size > 100 ? make("p", { class: "quiet" }, say("rest_in_table", { count: members.size - 100 })) : null].filter(Boolean);
  }
}
