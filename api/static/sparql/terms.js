// RDF terms as SPARQL's TSV and N-Triples write them.

const TERM = /\s*(?:<([^>]*)>|"((?:[^"\\]|\\.)*)"(?:@([\w-]+)|\^\^<([^>]*)>)?|_:(\S+)|([^\s<>"]+))/y;
const ESCAPES = { t: "\t", n: "\n", r: "\r", b: "\b", f: "\f" };

function plain(text) {
  return text.replace(/\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))/g, (_, four, eight, letter) =>
    (four || eight ? String.fromCodePoint(parseInt(four || eight, 16)) : ESCAPES[letter] ?? letter));
}

// The term that begins at a place of a text: {kind, value, language?, datatype?, end}, or null.
export function readTerm(text, at = 0) {
  TERM.lastIndex = at;
  const found = TERM.exec(text);
  if (!found) { return null; }
  const [, iri, words, language, datatype, blank, bare] = found;
  const term = iri !== undefined ? { kind: "iri", value: plain(iri) } : words !== undefined ? { kind: "literal", value: plain(words), language, datatype }
    : blank !== undefined ? { kind: "blank", value: `_:${blank}` } : { kind: "literal", value: bare };
  return { ...term, end: TERM.lastIndex };
}

// One row of TSV: a term or null for each column.
export function readRow(line) { return line.split("\t").map((cell) => (cell ? readTerm(cell) : null)); }

// One line of N-Triples: its three terms, or null.
export function readTriple(line) {
  const subject = readTerm(line);
  const predicate = subject && readTerm(line, subject.end);
  const object = predicate && readTerm(line, predicate.end);
  return object ? [subject, predicate, object] : null;
}

// An IRI as people read it: what stands after the last # or /, or the path of one of our things.
export function shortened(iri) {
  const ours = iri.match(/\/phahe\/(?:doc|body|place|type|source|term)\/(.+)$/);
  return ours ? ours[1] : iri.replace(/.*[#/](?=.)/, "");
}
