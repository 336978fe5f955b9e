// The picture: vis-network with positions given and its physics off.

import { Glide } from "./glide.js";
import { say } from "./words.js";
import { fillOf, readTheme } from "./style.js";

const CAPTIONED = 16; // with more lines than this, captions would cover the picture
const LARGE = 200; // with more nodes than this, panning moves what is drawn
const SMALL = 600; // pixels of a screen
const READABLE = 0.6; // scale
const LARGEST = 0.9; // scale of a small screen
const HEADING = 62; // above the first documents of a level
const NOTES = 56; // pixels at the lower edge where the counts stand
const EDGE = 12; // pixels left free above the first level
const HEADED = 2500; // with more lines than this, they have no heads
const NAMED = 1500; // with more nodes than this, names appear only where one looks closely
const OPTIONS = {
  physics: { enabled: false },
  interaction: { hover: true, keyboard: { enabled: false }, multiselect: false, zoomSpeed: 0.6, hideEdgesOnDrag: false, tooltipDelay: 250 },
  edges: { selectionWidth: 1.6, hoverWidth: 0.6 },
  layout: { improvedLayout: false },
};

export class Picture {
  // `handlers`: choose(id), open(id), hover(id or "")
  constructor(container, handlers) {
    this.container = container;
    this.nodes = new vis.DataSet();
    this.edges = new vis.DataSet();
    this.network = new vis.Network(container, { nodes: this.nodes, edges: this.edges }, OPTIONS);
    this.bands = [];
    this.theme = readTheme();
    const idOf = (event) => event.nodes[0] ?? event.edges[0] ?? "";
    this.network.on("click", (event) => handlers.choose(idOf(event)));
    this.network.on("doubleClick", (event) => { if (event.nodes.length) { handlers.open(event.nodes[0]); } });
    for (const [name, key] of [["hoverNode", "node"], ["hoverEdge", "edge"]]) {
      this.network.on(name, (event) => handlers.hover(event[key]));
    }
    for (const name of ["blurNode", "blurEdge"]) { this.network.on(name, () => handlers.hover("")); }
    this.network.on("beforeDrawing", (context) => this.drawBands(context));
    this.network.on("resize", () => { if (!this.isMoved) { this.fit(); } });
    this.glide = new Glide(container, this.network, () => this.view?.nodes.length > LARGE);
    for (const name of ["zoom", "dragStart"]) { this.network.on(name, () => { this.isMoved = true; }); }
  }

  // Show a view; `mark` is {nodes, edges} of a path, or null.
  show(view, state, lines, mark) {
    this.view = view;
    this.mark = mark;
    const isLarge = view.nodes.length > LARGE;
    if (isLarge !== this.wasLarge) { this.network.setOptions({ interaction: { dragView: !isLarge } }); }
    this.wasLarge = isLarge;
    this.lines = new Map(lines.map((line) => [line.predicate, line]));
    replace(this.nodes, view.nodes.map((node) => this.styledNode(node, state, view)));
    const sides = new Map();
    replace(this.edges, view.edges.map((edge) => this.styledEdge(edge, view, sides)));
    this.select(state.chosen);
  }

  setBands(bands) { this.bands = bands; }

  select(id) {
    const selection = { nodes: this.nodes.get(id) ? [id] : [], edges: this.edges.get(id) ? [id] : [] };
    this.network.setSelection(selection, { highlightEdges: selection.nodes.length > 0 });
  }

  // All of it in sight; on a small screen, where that would be too small to read, what was chosen and around it.
  fit() {
    this.network.fit({ maxZoomLevel: 1.3 });
    const [id] = this.network.getSelectedNodes();
    if (id && this.container.clientWidth < SMALL && this.network.getScale() < READABLE) {
      this.network.moveTo({ position: this.network.getPositions([id])[id], scale: this.readable() });
    }
    this.raise();
  }

  // The scale at which all levels fill the height, within what can be read.
  readable() {
    const heights = this.view.nodes.map((node) => node.y);
    const height = Math.max(...heights) - Math.min(...heights) + 2 * HEADING;
    return Math.min(Math.max((this.container.clientHeight - NOTES) / height, READABLE), LARGEST);
  }

  // The first level stands at the upper edge: what room there is, is below.
  raise() {
    if (!this.bands.length) { return; }
    const gap = this.network.canvasToDOM({ x: 0, y: Math.min(...this.bands.map((band) => band.y)) - HEADING }).y - EDGE;
    if (gap <= 0) { return; }
    const { x, y } = this.network.getViewPosition();
    this.network.moveTo({ position: { x, y: y + gap / this.network.getScale() } });
  }

  // Bring a node into sight if it is out of it.
  reveal(id) {
    const at = this.network.getPositions([id])[id];
    if (!at) { return; }
    const spot = this.network.canvasToDOM(at);
    const { clientWidth: width, clientHeight: height } = this.container;
    if (spot.x < 40 || spot.y < 40 || spot.x > width - 40 || spot.y > height - 40) {
      this.network.moveTo({ position: at });
    }
  }

  zoom(factor) { this.isMoved = true; this.network.moveTo({ scale: this.network.getScale() * factor }); }

  positions() { return this.network.getPositions(this.view.nodes.map((node) => node.id)); }

  recolour() {
    this.theme = readTheme();
  }

  styledNode(node, state, view) {
    const { background, border } = fillOf(this.theme, node);
    const isCentre = node.id === state.centre;
    const isMarked = this.mark?.nodes.includes(node.id);
    const edge = isMarked || isCentre ? this.theme.mark : border;
    const inside = node.shape === "box" || node.shape === "ellipse";
    const isFilled = inside && background === border;
    return {
      id: node.id, label: view.nodes.length > NAMED && !isCentre && !node.isFold ? undefined : node.label,
      x: node.x, y: node.y, shape: node.shape, size: isCentre ? 20 : 14,
      color: { background, border: edge, highlight: { background, border: this.theme.mark }, hover: { background, border: this.theme.ink } },
      borderWidth: isMarked || isCentre ? 4 : 2, borderWidthSelected: 4,
      opacity: this.mark && !isMarked ? 0.3 : 1,
      margin: 9,
      font: { color: isFilled ? this.theme.paper : this.theme.ink, size: isCentre ? 17 : 14, face: "Noto Sans, Segoe UI, sans-serif", strokeWidth: inside ? 0 : 6, strokeColor: this.theme.paper, vadjust: inside ? 0 : -2 },
      widthConstraint: inside ? { maximum: 180 } : undefined,
    };
  }

  styledEdge(edge, view, sides) {
    const line = this.lines.get(edge.predicate) ?? { dashes: [], head: "arrow", width: 1.4 };
    const isMarked = this.mark?.edges.includes(edge.id);
    const colour = isMarked ? this.theme.mark : this.theme.relation(edge.predicate);
    const pair = [edge.from, edge.to].sort().join(" ");
    const side = sides.get(pair) ?? 0;
    sides.set(pair, side + 1);
    const isFew = view.edges.length <= CAPTIONED;
    const caption = edge.count > 1 ? say("line_count", { relation: edge.label, count: edge.count }) : edge.label;
    return {
      id: edge.id, from: edge.from, to: edge.to,
      color: { color: colour, highlight: colour, hover: colour, opacity: this.mark && !isMarked ? 0.2 : 0.9 },
      dashes: line.dashes.length ? line.dashes : false,
      width: (isMarked ? 2 : 1) * line.width + (edge.count > 1 ? Math.log2(edge.count) : 0),
      // thousands of heads cost more than all the rest, and at the size they then have nobody sees them
      arrows: view.edges.length > HEADED ? undefined : { to: { enabled: true, type: line.head, scaleFactor: view.edges.length > 300 ? 0.5 : 0.75 } },
      label: isFew || edge.count > 1 || isMarked ? caption : undefined,
      font: { color: this.theme.quiet, size: 11, strokeWidth: 4, strokeColor: this.theme.paper, align: "middle" },
      smooth: view.edges.length > 600 ? false : { enabled: true, type: "curvedCW", roundness: 0.08 + 0.12 * side },
    };
  }

  // Names of the levels, with a thin line over each; only in the layered layout.
  drawBands(context) {
    // along the whole canvas, wherever one has panned to
    const left = this.network.DOMtoCanvas({ x: 0, y: 0 }).x;
    const right = this.network.DOMtoCanvas({ x: this.container.clientWidth, y: 0 }).x;
    const unit = 1 / this.network.getScale();
    context.save();
    context.font = `600 ${13 * unit}px Noto Sans, Segoe UI, sans-serif`;
    context.lineWidth = unit;
    context.fillStyle = this.theme.quiet;
    context.strokeStyle = this.theme.line;
    for (const band of this.bands) {
      context.beginPath();
      context.moveTo(left, band.y - HEADING);
      context.lineTo(right, band.y - HEADING);
      context.stroke();
      context.fillText(band.label, left + 14 * unit, band.y - HEADING + 20 * unit);
    }
    context.restore();
  }
}

// Make a DataSet hold exactly these items, touching only what changed.
function replace(set, items) {
  const wanted = new Set(items.map((item) => item.id));
  const gone = set.getIds().filter((id) => !wanted.has(id));
  if (gone.length) { set.remove(gone); }
  set.update(items);
}
