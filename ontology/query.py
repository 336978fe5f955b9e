"""Named questions to a graph, kept as SPARQL files in `queries/` with a header that describes them.

A header has four lines: `# title@vi: ...`, `# title@en: ...`, `# parameters: name type, ...` (possibly
none) and `# columns: name name ...`. A parameter is a variable that is also a column, given its value as a
substitution; its type is `iri`, `string` or `integer`. All of them ask the default graph.
"""

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

_HEADER = re.compile(r"# (title@vi|title@en|parameters|columns):[ ]?(.*)")


@dataclass(frozen=True, slots=True)
class NamedQuery:
    """A question with its description.

    Attributes:
        name: stem of its file (`implementing`).
        title: what it asks, in Vietnamese.
        title_en: the same in English.
        parameters: `name type` of each, in order (`document iri`); possibly empty.
        columns: names of its columns, in order; never empty.
        text: the whole file, SPARQL 1.1, header included.
    """

    name: str
    title: str
    title_en: str
    parameters: tuple[str, ...]
    columns: tuple[str, ...]
    text: str


@cache
def named_queries() -> tuple[NamedQuery, ...]:
    """All named queries, sorted by name.

    Raises:
        ValueError: a file lacks a line of its header.
    """
    folder = files("ontology").joinpath("queries")
    found = (file for file in folder.iterdir() if file.name.endswith(".rq"))
    texts = {file.name.removesuffix(".rq"): file.read_text(encoding="utf-8") for file in found}
    return tuple(_read(name, texts[name]) for name in sorted(texts))


def named_query(name: str) -> NamedQuery:
    """The named query of this name.

    Raises:
        KeyError: there is none.

    >>> named_query("implementing").parameters
    ('document iri',)
    """
    for query in named_queries():
        if query.name == name:
            return query
    raise KeyError(name)


def _read(name: str, text: str) -> NamedQuery:
    header = {found[1]: found[2].strip() for line in text.splitlines() if (found := _HEADER.fullmatch(line))}
    for field in ("title@vi", "title@en", "parameters", "columns"):
        if field not in header:
            raise ValueError(f"query {name!r}: no line '# {field}:' (expected in ontology/queries/{name}.rq)")
    parameters = tuple(part.strip() for part in header["parameters"].split(",") if part.strip())
    columns = tuple(header["columns"].split())
    return NamedQuery(name, header["title@vi"], header["title@en"], parameters, columns, text)
