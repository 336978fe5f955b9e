// What the explorer shows, as one plain value: it makes the picture, stands in the address, and can be undone.

export const FILTERS = ["relation", "basis", "polity", "type", "level"];

export const START = Object.freeze({
  documents: [], // paths, in the order they came
  centre: "",
  layout: "layered", // or "force"
  off: [], // what is switched off: "relation:cites", "level:district", ...
  place: "", // only this place; "" all
  confidence: 0,
  asOf: "", // a year; "" no bound
  fold: "auto", // "place", "issuer", "none"; auto folds by place where there are too many
  unfolded: [], // folds that were opened
  chosen: "", // id of a node or an edge
  from: "", // ends of the path that is shown
  to: "",
});

const LISTS = { documents: "d", off: "off", unfolded: "open" };
const WORDS = { centre: "c", layout: "layout", place: "place", asOf: "asof", fold: "fold", chosen: "at", from: "from", to: "to" };

// The state as what stands after # in the address.
export function encode(state) {
  const values = new URLSearchParams();
  for (const [name, key] of Object.entries(WORDS)) {
    if (state[name] !== START[name]) { values.set(key, state[name]); }
  }
  if (state.confidence) { values.set("conf", state.confidence); }
  for (const [name, key] of Object.entries(LISTS)) {
    for (const item of state[name]) { values.append(key, item); }
  }
  // slashes may stand there, and read better so
  return values.toString().replaceAll("%2F", "/").replaceAll("%3A", ":");
}

// The state that an address names; what it does not say is as at the start.
export function decode(fragment) {
  const values = new URLSearchParams(fragment.replace(/^#/, ""));
  const state = { ...START };
  for (const [name, key] of Object.entries(WORDS)) {
    if (values.has(key)) { state[name] = values.get(key); }
  }
  const confidence = Number(values.get("conf"));
  state.confidence = confidence > 0 && confidence <= 1 ? confidence : 0;
  for (const [name, key] of Object.entries(LISTS)) { state[name] = values.getAll(key); }
  return state;
}

// States that were, for undoing and redoing.
export class History {
  constructor(state) { this.states = [state]; this.at = 0; }
  get current() { return this.states[this.at]; }
  get canUndo() { return this.at > 0; }
  get canRedo() { return this.at < this.states.length - 1; }
  push(state) { this.states.splice(this.at + 1, Infinity, state); this.at += 1; }
  replace(state) { this.states[this.at] = state; }
  undo() { if (this.canUndo) { this.at -= 1; } return this.current; }
  redo() { if (this.canRedo) { this.at += 1; } return this.current; }
}
