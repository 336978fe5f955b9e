"""Lines of N-Quads: written canonically, sorted on disk, so that equal graphs are equal bytes.

Source: W3C RDF 1.1 N-Quads and the canonical form of RDF 1.2 N-Quads (which characters are escaped, and how).
"""

import heapq
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from graph.texts import scalar

PH = "https://w3id.org/phahe/ontology#"
"""Namespace of the vocabulary, and (without its sign) the name of the graph that holds it."""

VOCABULARY_GRAPH = PH.removesuffix("#")
RDF_TYPE = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
_XSD = "http://www.w3.org/2001/XMLSchema#"
_HELD = 400_000

_ESCAPED = re.compile('[\x00-\x1f\x7f"\\\\\ufffe\uffff]')
_NOT_IN_IRI = re.compile(r"""[\x00-\x20<>"{}|^`\\]""")
_SHORT = {"\b": "\\b", "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r", '"': '\\"', "\\": "\\\\"}


def iri(value: str) -> str:
    """An IRI in angle brackets; signs that may not stand in one are percent-encoded.

    >>> iri("https://example.org/a b")
    '<https://example.org/a%20b>'
    """
    return f"<{_NOT_IN_IRI.sub(lambda found: f'%{ord(found[0]):02X}', scalar(value))}>"


def ph(name: str) -> str:
    """A term of the vocabulary, in angle brackets."""
    return f"<{PH}{name}>"


def literal(value: str, *, language: str | None = None, datatype: str | None = None) -> str:
    """A literal; `datatype` is a local name of XML Schema (`date`, `integer`).

    >>> literal("Nghị quyết", language="vi"), literal("2013", datatype="gYear")
    ('"Nghị quyết"@vi', '"2013"^^<http://www.w3.org/2001/XMLSchema#gYear>')
    """
    text = f'"{_ESCAPED.sub(_escape, scalar(value))}"'
    if language:
        return f"{text}@{language}"
    return f"{text}^^<{_XSD}{datatype}>" if datatype else text


def date_literal(prefix: str) -> str:
    """A date as precise as known: xsd:date, xsd:gYearMonth or xsd:gYear."""
    return literal(prefix, datatype={4: "gYear", 7: "gYearMonth"}.get(len(prefix), "date"))


def line(subject: str, predicate: str, object_: str, graph: str | None = None) -> str:
    """One quad of written terms, without the end of line."""
    return f"{subject} {predicate} {object_} <{graph}> ." if graph else f"{subject} {predicate} {object_} ."


def write_sorted(lines: Iterable[str], output: Path, folder: Path, held: int = _HELD) -> int:
    """Write lines sorted by code point and without repeats; chunks are sorted in memory and merged from disk.

    Args:
        lines: without their ends, in any order, repeats allowed.
        output: the file to write.
        folder: where the chunks may stand until merged.
        held: lines in memory at most.

    Returns:
        How many lines were written.
    """
    chunks: list[Path] = []
    chunk: set[bytes] = set()

    def spill() -> None:
        chunks.append(folder / f"{output.name}-chunk-{len(chunks)}")
        with chunks[-1].open("wb") as file:
            file.writelines(sorted(chunk))
        chunk.clear()

    for text in lines:
        chunk.add(text.encode("utf-8") + b"\n")
        if len(chunk) >= held:
            spill()
    if not chunks:  # the usual case of a run
        with output.open("wb") as file:
            file.writelines(sorted(chunk))
        return len(chunk)
    spill()
    return merge_sorted(chunks, output)


def merge_sorted(parts: Sequence[Path], output: Path) -> int:
    """Merge sorted files of lines into one without repeats, and remove them; how many lines there are."""
    n_lines = 0
    previous = b""
    with output.open("wb") as file:
        for row in heapq.merge(*map(_rows, parts)):
            if row != previous:
                file.write(row)
                n_lines += 1
                previous = row
    for part in parts:
        part.unlink()
    return n_lines


def _rows(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        yield from file


def _escape(found: re.Match[str]) -> str:
    return _SHORT.get(found[0]) or f"\\u{ord(found[0]):04X}"
