// The SPARQL page: asks, shows the answer as it comes, stops reading when there is more than one can look at.

import { make } from "../explore/element.js";
import { tabs } from "../explore/keyboard.js";
import { download } from "../explore/save.js";
import { readTheme } from "../explore/style.js";
import { say, setWords } from "../explore/words.js";
import { readRow, readTriple, shortened } from "./terms.js";

const ROWS = 1000; // rows shown; the downloads have all
const NODES = 300; // most nodes of a picture
const FORMS = { CSV: ["csv", "text/csv"], JSON: ["json", "application/sparql-results+json"], Turtle: ["ttl", "text/turtle"] };

const element = (id) => document.getElementById(id);
setWords(JSON.parse(element("words").textContent));
const form = element("sparql");
const query = element("query");
const openTab = tabs(element("views"));
let network = null;
let triples = [];
let asking = null;

function ask(accept, signal) {
  return fetch(`${form.dataset.root}/sparql`, { method: "POST", signal, headers: { Accept: accept }, body: new URLSearchParams({ query: query.value }) });
}

async function reason(answer) {
  const problem = await answer.json().catch(() => ({}));
  return problem.detail || problem.title || String(answer.status);
}

// Lines of an answer, at most `most`; the rest is not read.
async function linesOf(answer, most) {
  const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
  const lines = [];
  let rest = "";
  for (;;) {
    const { value, done } = await reader.read();
    if (done) { break; }
    const parts = (rest + value).split("\n");
    rest = parts.pop();
    lines.push(...parts);
    if (lines.length > most) { await reader.cancel(); return { lines: lines.slice(0, most), isCut: true }; }
  }
  if (rest) { lines.push(rest); }
  return { lines, isCut: false };
}

function shownTerm(term) {
  if (!term) { return ""; }
  if (term.kind !== "iri") { return [term.value, term.language ? make("small", {}, ` @${term.language}`) : null].filter(Boolean); }
  const document_ = term.value.match(/\/phahe\/doc\/(.+)$/);
  const page = term.value.match(/\/phahe\/(body|place|source)\/(.+)$/);
  const root = form.dataset.root;
  const pages = { body: "bodies", place: "places", source: "sources" };
  const href = document_ ? `${root}/documents/${document_[1]}` : page ? `${root}/${pages[page[1]]}/${page[2]}` : null;
  return href ? make("a", { href, title: term.value }, shortened(term.value)) : make("span", { title: term.value }, shortened(term.value));
}

function showTable(columns, rows) {
  element("table").replaceChildren(make("table", { class: "rows dense" },
    make("thead", {}, make("tr", {}, columns.map((name) => make("th", { scope: "col" }, name)))),
    make("tbody", {}, rows.map((row) => make("tr", {}, row.map((term) => make("td", {}, shownTerm(term))))))));
}

// What a CONSTRUCT answers as a picture: resources and what leads from one to another; few enough for physics, once.
function showPicture() {
  network?.destroy();
  const theme = readTheme();
  const nodes = new Map();
  const labels = new Map(triples.filter(([, predicate, object]) => object.kind === "literal" && predicate.value.endsWith("#label"))
    .map(([subject, , object]) => [subject.value, object.value]));
  const edges = [];
  for (const [subject, predicate, object] of triples) {
    if (object.kind === "literal" || nodes.size > NODES) { continue; }
    for (const term of [subject, object]) {
      nodes.set(term.value, { id: term.value, label: labels.get(term.value) ?? shortened(term.value), shape: "box", margin: 8,
        widthConstraint: { maximum: 200 }, color: { background: theme.groups.state.soft, border: theme.groups.state.strong }, font: { color: theme.ink, size: 13 } });
    }
    edges.push({ from: subject.value, to: object.value, label: shortened(predicate.value), arrows: "to",
      color: theme.quiet, font: { color: theme.quiet, size: 11, strokeColor: theme.paper } });
  }
  network = new vis.Network(element("picture"), { nodes: [...nodes.values()], edges },
    { physics: { stabilization: { iterations: 200 }, barnesHut: { springLength: 160, avoidOverlap: 0.4 } }, layout: { improvedLayout: false } });
  network.once("stabilizationIterationsDone", () => network.setOptions({ physics: false }));
}

async function run() {
  asking?.abort();
  asking = new AbortController();
  element("result").hidden = false;
  element("said").textContent = say("running");
  const started = performance.now();
  try {
    const answer = await ask("text/tab-separated-values, application/n-triples;q=0.9", asking.signal);
    if (!answer.ok) { throw new Error(await reason(answer)); }
    const { lines, isCut } = await linesOf(answer, ROWS + 1);
    const isGraph = answer.headers.get("Content-Type").startsWith("application/n-triples");
    const isYesNo = /^(true|false)$/.test(lines[0] ?? "") && lines.length === 1;
    triples = isGraph ? lines.map(readTriple).filter(Boolean) : [];
    const rows = isGraph ? triples : isYesNo ? [] : lines.slice(1).map(readRow);
    element("tab-picture").hidden = !isGraph;
    for (const button of document.querySelectorAll("[data-save]")) { button.hidden = (button.dataset.save === "Turtle") !== isGraph; }
    if (isYesNo) { element("table").replaceChildren(make("p", { class: "banner" }, say(lines[0] === "true" ? "yes" : "no"))); }
    else { showTable(isGraph ? ["subject", "predicate", "object"] : lines[0].split("\t").map((name) => name.replace("?", "")), rows); }
    element("raw").firstElementChild.textContent = lines.join("\n");
    openTab(element(isGraph ? "tab-picture" : "tab-table"));
    if (isGraph) { showPicture(); }
    element("said").textContent = [say("rows", { count: rows.length, seconds: ((performance.now() - started) / 1000).toFixed(2) }), isCut ? say("cut", { count: ROWS }) : ""].filter(Boolean).join("; ");
    history.replaceState(null, "", `#query=${encodeURIComponent(query.value)}`);
  } catch (error) {
    if (error.name === "AbortError") { return; }
    element("table").replaceChildren(make("p", { class: "banner bad" }, error.message));
    openTab(element("tab-table"));
    element("said").textContent = say("failed");
  }
}

async function save(name) {
  const [ending, accept] = FORMS[name];
  const answer = await ask(accept);
  if (answer.ok) { download(`phahe.${ending}`, await answer.blob()); } else { element("said").textContent = await reason(answer); }
}

form.addEventListener("submit", (event) => { event.preventDefault(); run(); });
query.addEventListener("keydown", (event) => { if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) { event.preventDefault(); run(); } });
element("example").addEventListener("change", (event) => { query.value = event.target.selectedOptions[0].dataset.text ?? query.value; });
element("permalink").hidden = false;
element("permalink").addEventListener("click", async () => {
  const link = `${location.origin}${location.pathname}#query=${encodeURIComponent(query.value)}`;
  await navigator.clipboard.writeText(link);
  element("said").textContent = say("copied");
  element("result").hidden = false;
});
for (const button of document.querySelectorAll("[data-save]")) { button.addEventListener("click", () => save(button.dataset.save)); }
document.addEventListener("themechange", () => { if (triples.length) { showPicture(); } });

const asked = new URLSearchParams(location.hash.slice(1)).get("query");
if (asked) { query.value = asked; run(); }
