"""The store: a folder that holds one live build and perhaps the one before it; reading goes through here.

    DIR/CURRENT            name of the live build
    DIR/builds/{version}/  rdf/ (Oxigraph), index/ (the read model), texts.sqlite, manifest.json
    DIR/.lock              held by the process that builds

A build is made aside (`graph.build`), checked, renamed into place, and then CURRENT is replaced in one step,
so a reader sees the old build or the new one and never half of one. RDF is opened read-only. Questions are
SPARQL 1.1, straight to Oxigraph's engine (through rdflib the same questions take 3 to 69 times longer).
"""

import json
import os
import re
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

import pyoxigraph as ox

from graph.errors import QueryError, StoreError
from graph.index import DocumentIndex
from graph.texts import Texts
from ontology.query import named_query

if TYPE_CHECKING:
    from rdflib import Dataset

SCHEMA = 2
"""Number of the layout of a build; a store of another number is refused."""

PREFIXES = {
    "ph": "https://w3id.org/phahe/ontology#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "dcterms": "http://purl.org/dc/terms/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "eli": "http://data.europa.eu/eli/ontology#",
    "prov": "http://www.w3.org/ns/prov#",
    "oa": "http://www.w3.org/ns/oa#",
    "org": "http://www.w3.org/ns/org#",
}
"""Prefixes a query may use without declaring them."""

Term = ox.NamedNode | ox.Literal | ox.BlankNode


class Store:
    """The live build of a store folder, for reading; a context manager.

    Args:
        path: the store folder.

    Raises:
        StoreError: no store, an unfinished one, or one of another layout.

    Attributes:
        version: hash of the graph's sorted N-Quads.
        manifest: the build's counts, as written by `graph.build`.
        texts: the sources.
        index: the read model, which all questions but those in SPARQL are answered from.
    """

    def __init__(self, path: Path | str) -> None:
        self.path = Path(path)
        build = live_build(self.path)
        if build is None:
            raise StoreError(
                f"store {self.path}: nothing built there; run: phahe build SOURCE --store {self.path}"
            )
        self.manifest = read_manifest(build)
        self.version = str(self.manifest["version"])
        try:
            self._rdf = ox.Store.read_only(str(build / "rdf"))
        except OSError as error:
            raise StoreError(
                f"store {self.path}: build {build.name} cannot be opened: {_line(error)}"
            ) from error
        self._build = build
        self.texts = Texts(build / "texts.sqlite")
        self.index = DocumentIndex(build / "index")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the files; queries after this fail."""
        self.texts.close()
        self.index.close()
        del self._rdf

    def is_current(self) -> bool:
        """Whether the build this was opened on is still the live one (a server reopens when it is not)."""
        return live_build(self.path) == self._build

    def query(self, text: str, **substitutions: Term | str | int | float) -> Any:
        """Ask in SPARQL 1.1: SELECT, ASK, CONSTRUCT or DESCRIBE, with the usual prefixes known.

        Args:
            text: the query; SERVICE, FROM and updates are refused, so asking never reaches beyond this store.
            substitutions: values of variables (of a SELECT: projected ones); a str that starts like an IRI
                (`http:`, `https:`, `urn:`) is one, other str are literals.

        Returns:
            pyoxigraph's QuerySolutions, QueryBoolean or QueryTriples.

        Raises:
            QueryError: the query is malformed or not allowed.
        """
        check_query(text)
        try:
            return self._rdf.query(
                text,
                prefixes=PREFIXES,
                substitutions={ox.Variable(name): _term(value) for name, value in substitutions.items()},
            )
        except (SyntaxError, ValueError, RuntimeError) as error:
            raise QueryError(f"query: {_line(error)}") from error
        except OSError as error:
            raise StoreError(f"store {self.path}: {_line(error)}") from error

    def run(self, name: str, **parameters: Term | str | int | float) -> Any:
        """Ask a named query (`ontology/queries/{name}.rq`) with its parameters.

        Raises:
            QueryError: no such query, or a parameter it does not have.
        """
        try:
            query = named_query(name)
        except KeyError:
            raise QueryError(f"query {name!r}: no such named query; see ontology/queries") from None
        unknown = sorted(set(parameters) - {parameter_name(parameter) for parameter in query.parameters})
        if unknown:
            raise QueryError(
                f"query {name!r}: no parameter {unknown[0]!r}; it has {', '.join(map(str, query.parameters))}"
            )
        return self.query(query.text, **parameters)

    def dataset(self) -> "Dataset":
        """The same build as an rdflib Dataset, through oxrdflib.

        It is read-only: adding, removing, parsing into it and updates raise. A query given as a string is
        answered by Oxigraph; a prepared rdflib query is not (rdflib then evaluates it itself, slowly), and
        rdflib follows SERVICE and FROM, so do not hand it questions from strangers. The default graph holds
        what is asserted, the vocabulary stands in the named graph of its own IRI.
        """
        from oxrdflib import OxigraphStore
        from rdflib import Dataset

        return Dataset(store=OxigraphStore(store=self._rdf), default_union=False)

    def n_quads(self) -> Iterator[str]:
        """Every quad as an N-Quads line without its end, sorted by code point, unique.

        Holds all lines in memory; two stores of the same sources give the same lines.
        """
        lines = {f"{quad} ." for quad in self._rdf.quads_for_pattern(None, None, None, None)}
        return iter(sorted(lines))

    def quads(
        self, subject: ox.NamedNode | None = None, predicate: ox.NamedNode | None = None, object_: Any = None
    ) -> Iterator[ox.Quad]:
        """Quads of the default graph that match, in no order."""
        return self._rdf.quads_for_pattern(subject, predicate, object_, ox.DefaultGraph())

    def all_quads(self) -> Iterator[ox.Quad]:
        """Every quad, in an order that stays as long as the build does."""
        return self._rdf.quads_for_pattern(None, None, None, None)

    def dump(self, output: Any, form: ox.RdfFormat) -> None:
        """Serialise to a file: the whole dataset, or for a format of plain graphs the default graph."""
        graph = None if form.supports_datasets else ox.DefaultGraph()
        self._rdf.dump(output, form, from_graph=graph, prefixes=PREFIXES)

    def __len__(self) -> int:
        return int(self.manifest["quads"])


def live_build(path: Path) -> Path | None:
    """The folder of the live build, or None where nothing was built.

    Raises:
        StoreError: the folder is no store, or what CURRENT names is not there.
    """
    if path.exists() and not path.is_dir():
        raise StoreError(f"store {path}: a file, expected a folder")
    current = path / "CURRENT"
    try:
        name = current.read_text(encoding="utf-8").strip()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise StoreError(f"store {path}: CURRENT cannot be read: {_line(error)}") from error
    build = path / "builds" / name
    if not re.fullmatch(r"[0-9a-f]{16}", name) or not (build / "manifest.json").is_file():
        raise StoreError(
            f"store {path}: CURRENT names {name!r}, which is not a finished build; build it anew"
        )
    return build


def swap_live(path: Path, version: str) -> None:
    """Make a finished build the live one, in one step that survives a crash."""
    aside = path / ".CURRENT.new"
    with aside.open("w", encoding="utf-8") as file:
        file.write(version + "\n")
        file.flush()
        os.fsync(file.fileno())
    aside.replace(path / "CURRENT")
    sync_folder(path)


def sync_folder(path: Path) -> None:
    """Force a folder's entries to disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def read_manifest(build: Path) -> dict[str, Any]:
    """The manifest of a finished build.

    Raises:
        StoreError: it cannot be read, or tells of another layout.
    """
    try:
        manifest: dict[str, Any] = json.loads((build / "manifest.json").read_text(encoding="utf-8"))
        schema = manifest["schema"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise StoreError(f"build {build}: its manifest cannot be read: {_line(error)}") from error
    if schema != SCHEMA:
        raise StoreError(
            f"build {build}: layout {schema}, this phahe reads layout {SCHEMA}; build the store anew"
        )
    return manifest


def parameter_name(parameter: Any) -> str:
    """The name of a named query's parameter, whether given as `name`, `name type` or a pair."""
    return parameter.split()[0] if isinstance(parameter, str) else str(parameter[0])


# What a query is made of besides words: escapes in local names, IRIs, strings (long ones first), comments. A
# `#` within an IRI is no comment and an escaped quote opens no string, so these stand first.
_NOISE = re.compile(
    r"""\\.|<[^<>"{}|^`\\\x00-\x20]*>|\"\"\"(?:[^\\]|\\.)*?\"\"\"|'''(?:[^\\]|\\.)*?'''"""
    r"""|"(?:[^"\\\n\r]|\\.)*"|'(?:[^'\\\n\r]|\\.)*'|\#[^\n\r]*""",
    re.DOTALL,
)
_WORD = re.compile(r"[?$]\w+|@[\w-]+|(?P<prefix>[\w-]*):[\w%-]*|(?P<word>\w+)")
_FORBIDDEN = {
    "SERVICE": "it would make requests to other servers",
    "FROM": "the graphs of this store are fixed",
}
_UPDATES = frozenset({"INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "MOVE", "COPY"})


def check_query(text: str) -> None:
    r"""Refuse what must not be asked: SERVICE, FROM and updates, whatever their case.

    Words within strings, IRIs, comments, variables and local names do not count. Within any other word
    SERVICE and FROM do, since a parser may need no blank before a keyword (`1SERVICE<...>`).

    Raises:
        QueryError: says the word and why.

    >>> check_query("SELECT ?from { ?from ph:service 'SERVICE' } # FROM")
    >>> check_query("SELECT * { SERVICE <http://127.0.0.1/> { ?s ?p ?o } }")
    Traceback (most recent call last):
    ...
    graph.errors.QueryError: query: SERVICE is refused here: it would make requests to other servers
    """
    # SPARQL resolves \uXXXX before it reads anything else, so SERV\u0049CE is a keyword
    plain = re.sub(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})", _escaped, text)
    for found in _WORD.finditer(_NOISE.sub(" ", plain)):
        word = (found["word"] or found["prefix"] or "").upper()
        for forbidden, reason in _FORBIDDEN.items():
            if forbidden in word:
                raise QueryError(f"query: {forbidden} is refused here: {reason}")
        if found["word"] and word in _UPDATES:
            raise QueryError(f"query: {word} is refused here: this store is read-only")


def _escaped(match: re.Match[str]) -> str:
    code = int(match[1] or match[2], 16)
    return chr(code) if code < 0x110000 else ""


def _term(value: Term | str | int | float) -> Term:
    if isinstance(value, str):
        return ox.NamedNode(value) if re.match(r"(?:https?|urn):", value) else ox.Literal(value)
    if isinstance(value, bool | int | float):
        return ox.Literal(value)
    return value


def _line(error: BaseException) -> str:
    """An error's text on one line."""
    return " ".join(str(error).split()) or type(error).__name__
