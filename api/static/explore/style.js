// Colours, shapes and lines: the same on the canvas, in the legend and in the saved SVG.

import { makeSvg } from "./element.js";

const GROUPS = ["party", "state", "joint", "front", "other"];

// The colours of the present theme, from the style sheet.
export function readTheme() {
  const computed = getComputedStyle(document.documentElement);
  const value = (name) => computed.getPropertyValue(name).trim();
  const theme = { ink: value("--ink"), quiet: value("--quiet"), paper: value("--card"), line: value("--line"), mark: value("--mark-line"), groups: {} };
  for (const group of GROUPS) { theme.groups[group] = { strong: value(`--${group}`), soft: value(`--${group}-bg`) }; }
  theme.relation = (predicate) => value(`--rel-${predicate}`) || theme.quiet;
  return theme;
}

// Fill and border of a document: the centre's are filled, others only outlined.
export function fillOf(theme, node) {
  const colours = theme.groups[node.group] ?? theme.groups.other;
  return { background: node.level === "central" && !node.isFold ? colours.strong : colours.soft, border: colours.strong };
}

// The outline of a shape around (0, 0) as SVG path data; `r` half its size.
export function outline(shape, r) {
  const points = (list) => `M${list.map(([x, y]) => `${(x * r).toFixed(2)} ${(y * r).toFixed(2)}`).join("L")}Z`;
  const ring = (count, turn, inner) => Array.from({ length: inner ? count * 2 : count }, (_, i) => {
    const angle = turn + (i * Math.PI * (inner ? 1 : 2)) / count;
    const size = inner && i % 2 ? inner : 1;
    return [size * Math.cos(angle), size * Math.sin(angle)];
  });
  switch (shape) {
    case "diamond": return points([[0, -1.15], [1.15, 0], [0, 1.15], [-1.15, 0]]);
    case "square": return points([[-0.9, -0.9], [0.9, -0.9], [0.9, 0.9], [-0.9, 0.9]]);
    case "box": return points([[-1.2, -0.7], [1.2, -0.7], [1.2, 0.7], [-1.2, 0.7]]);
    case "star": return points(ring(5, -Math.PI / 2, 0.45).map(([x, y]) => [x * 1.15, y * 1.15]));
    case "hexagon": return points(ring(6, 0));
    case "triangle": return points([[0, -1], [1, 0.8], [-1, 0.8]]);
    case "triangleDown": return points([[0, 1], [1, -0.8], [-1, -0.8]]);
    case "ellipse": return `M${-1.2 * r} 0A${1.2 * r} ${0.75 * r} 0 1 0 ${1.2 * r} 0A${1.2 * r} ${0.75 * r} 0 1 0 ${-1.2 * r} 0Z`;
    default: return `M${-r} 0A${r} ${r} 0 1 0 ${r} 0A${r} ${r} 0 1 0 ${-r} 0Z`;
  }
}

// The head of a line that ends at (0, 0) and comes from the left, as SVG path data and whether it is filled.
export function headOf(head) {
  switch (head) {
    case "vee": return ["M-9 -5L0 0L-9 5L-6 0Z", true];
    case "bar": return ["M-2 -7L1 -7L1 7L-2 7Z", true];
    case "diamond": return ["M0 0L-6 -4L-12 0L-6 4Z", true];
    case "circle": return ["M0 0A4 4 0 1 0 -8 0A4 4 0 1 0 0 0Z", true];
    case "box": return ["M0 -4L-8 -4L-8 4L0 4Z", true];
    default: return ["M-10 -5L0 0L-10 5Z", true];
  }
}

// A sample of a document's shape for the legend.
export function shapeSample(shape) {
  return makeSvg("svg", { viewBox: "-12 -12 24 24", class: "sample", "aria-hidden": "true" },
    makeSvg("path", { d: outline(shape, 9), class: "sample-shape" }));
}

// A sample of a relation's line for the legend; its colour comes from the style sheet.
export function lineSample(line) {
  const [head] = headOf(line.head);
  return makeSvg("svg", { viewBox: "0 0 56 16", class: "sample line", "aria-hidden": "true" },
    makeSvg("g", { class: `rel rel-${line.predicate}` },
      makeSvg("path", { d: "M2 8H46", "stroke-width": line.width, "stroke-dasharray": line.dashes.join(" "), fill: "none", stroke: "currentColor" }),
      makeSvg("path", { d: head, transform: "translate(54 8)", fill: "currentColor" })));
}
