// Suggestions under a search field as one types: a combobox with a list of its own (WAI-ARIA 1.2).

const WAIT = 120; // milliseconds without a key before the server is asked

let made = 0;

// Show suggestions under `input`; `choose` gets the one that was picked ({label, about, href, path}).
export function suggest(input, choose) {
  const list = document.createElement("ul");
  list.className = "suggestions";
  list.id = `suggestions-${++made}`;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", input.getAttribute("aria-label") || "");
  list.hidden = true;
  input.after(list);
  input.setAttribute("role", "combobox");
  input.setAttribute("aria-autocomplete", "list");
  input.setAttribute("aria-controls", list.id);
  input.setAttribute("aria-expanded", "false");

  let found = [];
  let chosen = -1;
  let timer = 0;
  let asked = null;

  function close() {
    list.hidden = true;
    chosen = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  }

  function mark(number) {
    chosen = number;
    [...list.children].forEach((item, index) => item.setAttribute("aria-selected", String(index === number)));
    if (number >= 0) {
      input.setAttribute("aria-activedescendant", list.children[number].id);
      list.children[number].scrollIntoView({ block: "nearest" });
    } else {
      input.removeAttribute("aria-activedescendant");
    }
  }

  function show() {
    list.replaceChildren(...found.map((item, number) => {
      const row = document.createElement("li");
      row.id = `${list.id}-${number}`;
      row.setAttribute("role", "option");
      row.setAttribute("aria-selected", "false");
      row.append(item.label);
      if (item.about) {
        const small = document.createElement("small");
        small.textContent = item.about;
        row.append(small);
      }
      row.addEventListener("mousedown", (event) => { event.preventDefault(); close(); choose(item); });
      return row;
    }));
    chosen = -1;
    list.hidden = found.length === 0;
    input.setAttribute("aria-expanded", String(!list.hidden));
  }

  async function ask() {
    asked?.abort();
    const words = input.value.trim();
    if (words.length < 2) { found = []; close(); return; }
    asked = new AbortController();
    try {
      const answer = await fetch(`${input.dataset.suggest}?q=${encodeURIComponent(words)}`, { signal: asked.signal });
      if (!answer.ok) { return; }
      found = (await answer.json()).suggestions;
      if (document.activeElement === input) { show(); }
    } catch (error) {
      if (error.name !== "AbortError") { throw error; }
    }
  }

  input.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(ask, WAIT); });
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    if (list.hidden) { return; }
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      // the field itself is one of the places, after the last suggestion
      const places = found.length + 1;
      const at = (chosen < 0 ? found.length : chosen) + (event.key === "ArrowDown" ? 1 : -1);
      const next = (at + places) % places;
      mark(next === found.length ? -1 : next);
    } else if (event.key === "Enter" && chosen >= 0) {
      event.preventDefault();
      const item = found[chosen];
      close();
      choose(item);
    } else if (event.key === "Escape") {
      event.preventDefault();
      close();
    }
  });
}
