// From a picture and a state to what is seen: filtered, folded, counted. Nothing is dropped silently.

import { say } from "./words.js";

const MANY = 400; // more documents than this and `auto` folds
const FEW = 4; // fewer than this are not worth a fold

export function isOff(state, kind, value) { return state.off.includes(`${kind}:${value ?? ""}`); }

// Whether a date (ISO prefix) is not certainly after a bound.
export function isWithin(date, bound) {
  if (!date || !bound) { return true; }
  const shared = Math.min(date.length, bound.length);
  return date.slice(0, shared) <= bound.slice(0, shared);
}

export function foldOf(picture, state) {
  return state.fold === "auto" ? (picture.nodes.length > MANY ? "place" : "none") : state.fold;
}

function isShown(node, state) {
  return !isOff(state, "polity", node.polity) && !isOff(state, "type", node.type) && !isOff(state, "level", node.level)
    && (!state.place || node.place === state.place || node.id === state.centre) && isWithin(node.date, state.asOf);
}

// `nodes` and `edges` to draw (folds among them), and `hidden`: how many documents and relations the filters hide.
export function viewOf(picture, state) {
  const shown = picture.nodes.filter((node) => isShown(node, state));
  const ids = new Set(shown.map((node) => node.id));
  const edges = picture.edges.filter((edge) => ids.has(edge.from) && ids.has(edge.to)
    && !isOff(state, "relation", edge.predicate) && !isOff(state, "basis", edge.basis) && edge.confidence >= state.confidence);
  const placed = shown.map((node) => withPlace(node, state.layout));
  const hidden = { documents: picture.nodes.length - shown.length, relations: picture.edges.length - edges.length };
  const kind = foldOf(picture, state);
  return { documents: shown, relations: edges, hidden, ...(kind === "none" ? { nodes: placed, edges } : fold(placed, edges, kind, state)) };
}

function withPlace(node, layout) {
  return layout === "force" && node.force ? { ...node, x: node.force[0], y: node.force[1] } : node;
}

// Documents of one place or body (those without a place: of one body) as one node; relations that then lie side by side as one line with their number.
function fold(nodes, edges, kind, state) {
  const groups = new Map();
  for (const node of nodes) {
    const key = node[kind] ?? node.issuer ?? node.place;
    if (!key || node.id === state.centre || node.id === state.from || node.id === state.to) { continue; }
    if (!groups.has(key)) { groups.set(key, []); }
    groups.get(key).push(node);
  }
  const home = new Map();
  const folds = [];
  for (const [key, members] of groups) {
    const id = `fold:${kind}:${key}`;
    if (members.length < FEW || state.unfolded.includes(id)) { continue; }
    for (const member of members) { home.set(member.id, id); }
    const mean = (axis) => Math.round(members.reduce((sum, member) => sum + member[axis], 0) / members.length);
    folds.push({
      id, isFold: true, members: members.map((member) => member.id), name: key, label: say("fold_label", { name: key, count: members.length }),
      shape: "box", group: members[0].group, level: members[0].level, x: mean("x"), y: mean("y"),
    });
  }
  const joined = new Map();
  for (const edge of edges) {
    const from = home.get(edge.from) ?? edge.from;
    const to = home.get(edge.to) ?? edge.to;
    if (from === to) { continue; } // within one fold: counted in its label, shown when it is opened
    const id = from === edge.from && to === edge.to ? edge.id : `${from} ${edge.predicate} ${to}`;
    const known = joined.get(id);
    if (known) { known.count += 1; } else { joined.set(id, { ...edge, id, from, to, count: 1 }); }
  }
  return { nodes: [...nodes.filter((node) => !home.has(node.id)), ...spread(folds)], edges: [...joined.values()] };
}

// Folds whose members stand among each other would cover one another: those of a height go side by side.
function spread(folds) {
  const rows = new Map();
  for (const item of folds) {
    const row = Math.round(item.y / 100);
    if (!rows.has(row)) { rows.set(row, []); }
    rows.get(row).push(item);
  }
  const placed = [];
  for (const row of rows.values()) {
    row.sort((one, other) => one.x - other.x || one.id.localeCompare(other.id));
    const perLine = 7;
    row.forEach((item, index) => {
      const line = Math.floor(index / perLine);
      const inLine = Math.min(perLine, row.length - line * perLine);
      placed.push({ ...item, x: (index % perLine - (inLine - 1) / 2) * 260, y: row[0].y + line * 90 });
    });
  }
  return placed;
}

// The shortest way between two nodes of a view, whichever way its relations point: ids of nodes and edges, or null.
export function pathBetween(view, from, to) {
  const around = new Map();
  for (const edge of view.edges) {
    for (const [here, there] of [[edge.from, edge.to], [edge.to, edge.from]]) {
      if (!around.has(here)) { around.set(here, []); }
      around.get(here).push([there, edge.id]);
    }
  }
  const came = new Map([[from, null]]);
  const pending = [from];
  while (pending.length && !came.has(to)) {
    const here = pending.shift();
    for (const [there, edge] of around.get(here) ?? []) {
      if (!came.has(there)) { came.set(there, [here, edge]); pending.push(there); }
    }
  }
  if (!came.has(to)) { return null; }
  const nodes = [to];
  const edges = [];
  for (let step = came.get(to); step; step = came.get(step[0])) { nodes.unshift(step[0]); edges.unshift(step[1]); }
  return { nodes, edges };
}
