// What is on screen as a file: PNG and SVG are made here, the forms of other programs by the server.

import { makeSvg } from "./element.js";
import { fillOf, headOf, outline, readTheme } from "./style.js";

export function download(name, blob) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}

// The canvas as it stands, on the page's ground.
export function savePng(container) {
  const canvas = container.querySelector("canvas");
  const copy = document.createElement("canvas");
  [copy.width, copy.height] = [canvas.width, canvas.height];
  const context = copy.getContext("2d");
  context.fillStyle = readTheme().paper;
  context.fillRect(0, 0, copy.width, copy.height);
  context.drawImage(canvas, 0, 0);
  copy.toBlob((blob) => download("phahe.png", blob), "image/png");
}

export function saveSvg(view, positions, lines, title) {
  download("phahe.svg", new Blob([svgOf(view, positions, lines, title)], { type: "image/svg+xml" }));
}

// The whole view as SVG text, what is out of sight included.
export function svgOf(view, positions, lines, title) {
  const theme = readTheme();
  const at = (id) => positions[id];
  const spots = view.nodes.map((node) => at(node.id));
  const [left, top] = ["x", "y"].map((axis) => Math.min(...spots.map((spot) => spot[axis]), 0) - 140);
  const [right, bottom] = ["x", "y"].map((axis) => Math.max(...spots.map((spot) => spot[axis]), 0) + 140);
  const svg = makeSvg("svg", { xmlns: "http://www.w3.org/2000/svg", viewBox: `${left} ${top} ${right - left} ${bottom - top}`, "font-family": "Noto Sans, Segoe UI, sans-serif", role: "img" });
  svg.append(text("title", {}, title), makeSvg("rect", { x: left, y: top, width: right - left, height: bottom - top, fill: theme.paper }));
  const styles = new Map(lines.map((line) => [line.predicate, line]));
  for (const edge of view.edges) {
    const [from, to] = [at(edge.from), at(edge.to)];
    const line = styles.get(edge.predicate);
    const length = Math.hypot(to.x - from.x, to.y - from.y) || 1;
    const stop = { x: to.x - ((to.x - from.x) / length) * 19, y: to.y - ((to.y - from.y) / length) * 19 };
    const colour = theme.relation(edge.predicate);
    const turn = (Math.atan2(to.y - from.y, to.x - from.x) * 180) / Math.PI;
    svg.append(makeSvg("g", {},
      text("title", {}, `${edge.from} ${edge.label} ${edge.to}`),
      makeSvg("path", { d: `M${from.x} ${from.y}L${stop.x.toFixed(1)} ${stop.y.toFixed(1)}`, stroke: colour, "stroke-width": line.width, "stroke-dasharray": line.dashes.join(" "), fill: "none" }),
      makeSvg("path", { d: headOf(line.head)[0], transform: `translate(${stop.x.toFixed(1)} ${stop.y.toFixed(1)}) rotate(${turn.toFixed(1)})`, fill: colour })));
  }
  for (const node of view.nodes) {
    const { x, y } = at(node.id);
    const { background, border } = fillOf(theme, node);
    const group = makeSvg("g", { transform: `translate(${x} ${y})` }, text("title", {}, node.name),
      makeSvg("path", { d: outline(node.shape, node.isFold ? 26 : 14), fill: background, stroke: border, "stroke-width": 2 }));
    node.label.split("\n").forEach((line, index) => group.append(
      text("text", { y: 32 + 16 * index, "text-anchor": "middle", "font-size": 13, fill: theme.ink }, line)));
    svg.append(group);
  }
  return new XMLSerializer().serializeToString(svg);
}

function text(tag, attributes, words) {
  const element = makeSvg(tag, attributes);
  // XML knows no control characters
  element.textContent = words.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, " ");
  return element;
}
