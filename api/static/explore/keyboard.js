// Everything the mouse does, by keys: on the canvas arrows walk from node to node, letters do the rest.

const STEPS = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] };

// The nearest node in a direction: along it counts once, aside of it twice.
export function nearest(positions, from, [dx, dy]) {
  let best = null;
  let least = Infinity;
  for (const [id, spot] of Object.entries(positions)) {
    if (id === from) { continue; }
    const [x, y] = [spot.x - positions[from].x, spot.y - positions[from].y];
    const along = x * dx + y * dy;
    const aside = Math.abs(x * dy) + Math.abs(y * dx);
    if (along <= 0 || aside > along * 3) { continue; }
    if (along + 2 * aside < least) { least = along + 2 * aside; best = id; }
  }
  return best;
}

// `actions`: positions(), chosen(), choose(id), expandAll(id), collapse(id), remove(id), zoom(f), fit(), undo(), redo(), focusPanel(), help().
export function listen(canvas, actions) {
  canvas.addEventListener("keydown", (event) => {
    if (event.altKey || event.metaKey) { return; }
    const chosen = actions.chosen();
    const key = event.ctrlKey ? `Ctrl+${event.key.toLowerCase()}` : event.key;
    const deeds = {
      Enter: () => (chosen ? actions.focusPanel() : null),
      e: () => actions.expandAll(chosen), c: () => actions.collapse(chosen), Delete: () => actions.remove(chosen),
      "+": () => actions.zoom(1.25), "=": () => actions.zoom(1.25), "-": () => actions.zoom(0.8), f: () => actions.fit(),
      "Ctrl+z": () => actions.undo(), "Ctrl+y": () => actions.redo(), u: () => actions.undo(), r: () => actions.redo(),
      Escape: () => actions.choose(""), "?": () => actions.help(),
    };
    const step = STEPS[key];
    if (step) {
      const positions = actions.positions();
      const ids = Object.keys(positions);
      const next = chosen && positions[chosen] ? nearest(positions, chosen, step) : ids[0];
      if (next) { actions.choose(next); }
    } else if (deeds[key]) {
      deeds[key]();
    } else {
      return;
    }
    event.preventDefault();
  });
}

// Arrow keys within a row of tabs (WAI-ARIA: tabs with automatic activation).
export function tabs(list) {
  const all = [...list.querySelectorAll("[role=tab]")];
  const open = (tab) => {
    for (const item of all) {
      const isOpen = item === tab;
      item.setAttribute("aria-selected", String(isOpen));
      item.tabIndex = isOpen ? 0 : -1;
      document.getElementById(item.getAttribute("aria-controls")).hidden = !isOpen;
    }
    list.dispatchEvent(new CustomEvent("tab", { detail: tab.id }));
  };
  list.addEventListener("click", (event) => { const tab = event.target.closest("[role=tab]"); if (tab) { open(tab); } });
  list.addEventListener("keydown", (event) => {
    const at = all.indexOf(document.activeElement);
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (at < 0 || !step) { return; }
    event.preventDefault();
    const next = all[(at + step + all.length) % all.length];
    next.focus();
    open(next);
  });
  return open;
}
