// The explorer: one state, from which picture, panel, legend, table and address follow.

import { listen, tabs } from "./keyboard.js";
import { showLegend } from "./legend.js";
import { Panel } from "./panel.js";
import { Picture } from "./picture.js";
import { download, savePng, saveSvg } from "./save.js";
import { History, START, decode, encode } from "./state.js";
import { showTable } from "./table.js";
import { foldOf, pathBetween, viewOf } from "./view.js";
import { say } from "./words.js";

const KEPT = 30; // pictures kept, so that undoing asks nothing anew

export class Explorer {
  // `picture`: as the server makes it; `service`: a Service, or null for a file from disk.
  constructor(picture, service) {
    this.service = service;
    this.element = (name) => document.getElementById(name);
    this.pictures = new Map();
    this.data = picture;
    const asked = location.hash.length > 1 ? decode(location.hash) : null;
    const initial = { ...START, documents: picture.nodes.map((node) => node.id), centre: picture.centre ?? "", chosen: picture.centre ?? "" };
    this.keep(initial.documents, picture);
    this.history = new History(asked ? { ...asked, documents: asked.documents.length ? asked.documents : initial.documents, centre: asked.centre || initial.centre } : initial);
    this.panel = new Panel(this.element("panel"), service ? service.root : null, {
      choose: (id) => this.choose(id), collapse: (id) => this.collapse(id), remove: (id) => this.remove(id),
      expand: (...wanted) => this.guard(this.expand(...wanted)), add: (paths) => this.guard(this.add(paths)),
      neighbours: (wanted) => service.neighbours(wanted), path: (from, to) => this.change({ from, to }), pathTo: (from, to) => this.guard(this.pathTo(from, to)),
      unfold: (id) => this.change({ unfolded: [...this.state.unfolded, id], chosen: "" }), count: (id) => this.guard(this.count(id)),
    });
    this.canvas = new Picture(this.element("canvas"), {
      choose: (id) => this.choose(id),
      open: (id) => this.guard(this.open(id)),
      hover: (id) => this.hover(id),
    });
    this.openTab = tabs(this.element("tabs"));
    this.element("tabs").addEventListener("tab", () => this.showSide());
    listen(this.element("canvas"), {
      positions: () => this.canvas.positions(), chosen: () => this.state.chosen, choose: (id) => this.choose(id),
      expandAll: (id) => this.guard(this.open(id)), collapse: (id) => this.collapse(id), remove: (id) => this.remove(id),
      zoom: (factor) => this.canvas.zoom(factor), fit: () => this.canvas.fit(), undo: () => this.undo(), redo: () => this.redo(),
      focusPanel: () => { this.openTab(this.element("tab-panel")); this.element("panel").focus(); }, help: () => this.help(),
    });
    this.toolbar();
    document.addEventListener("themechange", () => { this.canvas.recolour(); this.show(); });
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => { this.canvas.recolour(); this.show(); });
    window.addEventListener("hashchange", () => this.followAddress());
    this.ready = this.guard(this.load(this.state).then(() => this.canvas.fit()));
  }

  get state() { return this.history.current; }

  toolbar() {
    const on = (name, deed) => this.element(name)?.addEventListener("click", deed);
    on("undo", () => this.undo());
    on("redo", () => this.redo());
    on("fit", () => this.canvas.fit());
    on("zoom-in", () => this.canvas.zoom(1.25));
    on("zoom-out", () => this.canvas.zoom(0.8));
    on("help", () => this.help());
    on("tools", ({ currentTarget: button }) => { button.setAttribute("aria-expanded", String(button.getAttribute("aria-expanded") !== "true")); });
    on("copy", async () => { await navigator.clipboard.writeText(location.href); this.tell(say("copied")); });
    for (const layout of ["layered", "force"]) { on(`layout-${layout}`, () => { this.canvas.isMoved = false; this.change({ layout }); this.canvas.fit(); }); }
    this.element("fold").addEventListener("change", (event) => { this.change({ fold: event.target.value, unfolded: [] }); this.canvas.fit(); });
    for (const button of document.querySelectorAll("[data-save]")) {
      button.addEventListener("click", () => {
        button.closest("details").open = false;
        this.guard(this.save(button.dataset.save));
      });
    }
  }

  // --- changing what is shown

  change(news, { isNew = true } = {}) {
    const next = { ...this.state, ...news };
    if (isNew) { this.history.push(next); } else { this.history.replace(next); }
    this.show();
  }

  choose(id) {
    if (id === this.state.chosen) { return; }
    this.change({ chosen: id }, { isNew: false });
    if (id) {
      this.openTab(this.element("tab-panel"));
      this.canvas.reveal(id);
      this.tell(this.nameOf(id));
    }
  }

  async load(state) {
    const key = state.documents.join("\n");
    if (!this.pictures.has(key) && this.service && state.documents.length) { this.keep(state.documents, await this.service.picture(state.documents)); }
    this.data = this.pictures.get(key) ?? this.data;
    this.show();
  }

  keep(documents, picture) {
    // relations are called in the page's language
    for (const item of [...picture.edges, ...picture.lines]) { item.label = say(`label_${item.predicate}`); }
    this.pictures.set(documents.join("\n"), picture);
    if (this.pictures.size > KEPT) { this.pictures.delete(this.pictures.keys().next().value); }
  }

  async go(news) {
    const next = { ...this.state, ...news };
    this.element("canvas").setAttribute("aria-busy", "true");
    try {
      const key = next.documents.join("\n");
      if (!this.pictures.has(key)) { this.keep(next.documents, await this.service.picture(next.documents)); }
      this.data = this.pictures.get(key);
      this.history.push(next);
      this.show();
    } finally {
      this.element("canvas").removeAttribute("aria-busy");
    }
  }

  async add(paths) {
    const news = paths.filter((path) => !this.state.documents.includes(path));
    if (!news.length) { return; }
    await this.go({ documents: [...this.state.documents, ...news], centre: this.state.centre || news[0], chosen: this.state.chosen || news[0] });
    this.canvas.fit();
    this.tell(say("added", { count: news.length }));
  }

  // The way to a document that may not be in the picture: what lies between is brought in.
  async pathTo(from, to) {
    const way = await this.service.path(from, to, this.data.lines.filter((line) => line.drawn).map((line) => line.predicate));
    if (!way.length) { this.tell(say("path_none_at_all")); return; }
    const news = way.filter((path) => !this.state.documents.includes(path));
    await this.go({ documents: [...this.state.documents, ...news], from, to, off: [], place: "", confidence: 0, asOf: "" });
    this.canvas.fit();
  }

  // Bring in the next documents in one relation.
  async expand(id, direction, relation, limit) {
    const present = new Set(this.state.documents);
    const news = [];
    for (let offset = 0, total = 1; offset < total && news.length < limit; offset += 100) {
      const found = await this.service.neighbours({ document: id, direction, relation, offset, limit: 100, ...(this.state.asOf ? { as_of: this.state.asOf } : {}) });
      total = found.total;
      news.push(...found.items.map((item) => item.path).filter((path) => !present.has(path)));
    }
    await this.add([...new Set(news)].slice(0, limit));
  }

  // What a double click does: open a fold, or bring in some of every relation.
  async open(id) {
    const node = this.view.nodes.find((item) => item.id === id);
    if (!node) { return; }
    if (node.isFold) { this.change({ unfolded: [...this.state.unfolded, id], chosen: "" }); return; }
    if (!this.service) { return; }
    if (!node.degree) { await this.count(id); }
    const degree = this.data.nodes.find((item) => item.id === id)?.degree ?? { up: {}, down: {} };
    for (const direction of ["down", "up"]) {
      for (const relation of Object.keys(degree[direction])) { await this.expand(id, direction, relation, 30); }
    }
  }

  // How many neighbours a document of a large picture has.
  async count(id) {
    const counted = (await this.service.picture([id])).nodes[0];
    const node = this.data.nodes.find((item) => item.id === id);
    if (counted && node) { node.degree = counted.degree; this.show(); }
  }

  // Take away what hangs on this document alone.
  collapse(id) {
    const around = (here) => new Set(this.data.edges.flatMap((edge) => (edge.from === here ? [edge.to] : edge.to === here ? [edge.from] : [])));
    const gone = [...around(id)].filter((other) => other !== this.state.centre && [...around(other)].every((end) => end === id));
    if (gone.length) { this.drop(gone, id); }
    this.tell(say("removed", { count: gone.length }));
  }

  remove(id) {
    if (this.service && id && id !== this.state.centre && this.state.documents.includes(id)) {
      this.drop([id], "");
      this.tell(say("removed", { count: 1 }));
    }
  }

  drop(paths, chosen) {
    const gone = new Set(paths);
    const documents = this.state.documents.filter((path) => !gone.has(path));
    // a part of a picture needs no server: the rest stays where it stands
    this.keep(documents, { ...this.data, nodes: this.data.nodes.filter((node) => !gone.has(node.id)), edges: this.data.edges.filter((edge) => !gone.has(edge.from) && !gone.has(edge.to)) });
    this.data = this.pictures.get(documents.join("\n"));
    this.change({ documents, chosen });
  }

  undo() { if (this.history.canUndo) { this.history.undo(); this.guard(this.load(this.state)); this.tell(say("undone")); } }
  redo() { if (this.history.canRedo) { this.history.redo(); this.guard(this.load(this.state)); this.tell(say("redone")); } }

  followAddress() {
    if (location.hash.slice(1) === encode(this.state)) { return; }
    this.history.push(decode(location.hash));
    this.guard(this.load(this.state));
  }

  // --- showing it

  show() {
    const { state, data } = this;
    this.view = viewOf(data, state);
    const mark = state.from && state.to ? pathBetween(this.view, state.from, state.to) : null;
    const isFolded = foldOf(data, state) !== "none";
    this.canvas.setBands(state.layout === "layered" && !isFolded ? data.bands.map((band) => ({ ...band, label: say(`label_${band.level}`) })) : []);
    this.canvas.show(this.view, state, data.lines, mark);
    this.element("canvas").dataset.nodes = this.view.nodes.length;
    this.showSide();
    this.element("undo").disabled = !this.history.canUndo;
    this.element("redo").disabled = !this.history.canRedo;
    this.element("fold").value = state.fold;
    for (const layout of ["layered", "force"]) { this.element(`layout-${layout}`).setAttribute("aria-pressed", String(state.layout === layout)); }
    this.element("layout-force").disabled = data.nodes.some((node) => !node.force);
    this.element("counts").textContent = this.counts();
    if (state.from && state.to) { this.tell(mark ? say("path_found", { steps: mark.edges.length }) : say("path_none")); }
    const fragment = encode(state);
    if (location.hash.slice(1) !== fragment) { window.history.replaceState(null, "", `${location.pathname}${location.search}#${fragment}`); }
  }

  // Only the open tab is made: a table of thousands of rows costs more than the picture.
  showSide() {
    const isOpen = (name) => !this.element(name).hidden;
    if (isOpen("panel")) { this.panel.show(this.data, this.view, this.state); }
    if (isOpen("legend")) { showLegend(this.element("legend"), this.data, this.state, (news) => this.change(news)); }
    if (isOpen("table")) { showTable(this.element("table"), this.view, this.state, this.service ? this.service.root : null, (id) => this.choose(id)); }
  }

  counts() {
    const { hidden, documents, relations } = this.view;
    const parts = [say("counts", { documents: documents.length, relations: relations.length })];
    if (hidden.documents || hidden.relations) { parts.push(say("hidden", hidden)); }
    const folds = this.view.nodes.filter((node) => node.isFold).length;
    if (folds) { parts.push(say("folds", { count: folds })); }
    if (this.data.truncated) { parts.push(say("truncated")); }
    return parts.join(" · ");
  }

  nameOf(id) {
    const node = this.view.nodes.find((item) => item.id === id);
    if (node) { return node.isFold ? node.label : [node.name, node.title].filter(Boolean).join(". "); }
    const edge = this.view.edges.find((item) => item.id === id);
    return edge ? `${this.nameOf(edge.from)} → ${edge.label} → ${this.nameOf(edge.to)}` : "";
  }

  hover(id) {
    const edge = this.view.edges.find((item) => item.id === id);
    this.element("hover").textContent = id ? [this.nameOf(id), edge?.quote].filter(Boolean).join(": ") : "";
  }

  tell(words) { this.element("status").textContent = words; }

  help() { this.element("help-text").showModal(); }

  async save(form) {
    if (form === "png") { savePng(this.element("canvas")); return; }
    if (form === "svg") { saveSvg(this.view, this.canvas.positions(), this.data.lines, document.title); return; }
    const documents = this.view.documents.map((node) => node.id);
    download(`phahe.${form}`, await this.service.file(form, documents, this.view.relations.map((edge) => edge.id)));
  }

  // Whatever goes wrong is said, not swallowed.
  async guard(work) {
    try { await work; } catch (error) { this.tell(say("failed", { reason: error.message })); }
  }
}
