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

from graph.engine import error_line, has_graph
from graph.errors import QueryError, StoreError
from graph.index import DocumentIndex
from graph.prefixes import PREFIXES
from graph.query_text import check_query
from graph.texts import Texts
from ontology.query import named_query

if TYPE_CHECKING:
    from rdflib import Dataset

SCHEMA = 2
"""Number of the layout of a build; a store of another number is refused."""

Term = ox.NamedNode | ox.Literal | ox.BlankNode


class Store:
    """The live build of a store folder, for reading; a context manager.

    Args:
        path: the store folder.

    Raises:
        StoreError: no store, an unfinished one, or one of another layout.

    Attributes:
        version: hash of the graph's sorted N-Quads.
        built: when the build was finished, in seconds since 1970.
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
        self.built = (build / "manifest.json").stat().st_mtime
        try:
            self._rdf = ox.Store.read_only(str(build / "rdf"))
        except OSError as error:
            raise StoreError(
                f"store {self.path}: build {build.name} cannot be opened: {error_line(error)}"
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
            text: the query; SERVICE, updates and FROM with a graph this store has not are refused, so asking
                never reaches beyond it.
            substitutions: values of variables (of a SELECT: projected ones); a str that starts like an IRI
                (`http:`, `https:`, `urn:`) is one, other str are literals.

        Returns:
            pyoxigraph's QuerySolutions, QueryBoolean or QueryTriples.

        Raises:
            QueryError: the query is malformed or not allowed.
        """
        check_query(text, has_graph=self.has_graph)
        try:
            return self._rdf.query(
                text,
                prefixes=PREFIXES,
                substitutions={ox.Variable(name): _term(value) for name, value in substitutions.items()},
            )
        except (SyntaxError, ValueError, RuntimeError) as error:
            raise QueryError(f"query: {error_line(error)}") from error
        except OSError as error:
            raise StoreError(f"store {self.path}: {error_line(error)}") from error

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

    def has_graph(self, name: str) -> bool:
        """Whether there is a named graph of this IRI; what is no IRI names none."""
        return has_graph(self._rdf, name)

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
        raise StoreError(f"store {path}: CURRENT cannot be read: {error_line(error)}") from error
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
        raise StoreError(f"build {build}: its manifest cannot be read: {error_line(error)}") from error
    if schema != SCHEMA:
        raise StoreError(
            f"build {build}: layout {schema}, this phahe reads layout {SCHEMA}; build the store anew"
        )
    return manifest


def parameter_name(parameter: Any) -> str:
    """The name of a named query's parameter, whether given as `name`, `name type` or a pair."""
    return parameter.split()[0] if isinstance(parameter, str) else str(parameter[0])


def _term(value: Term | str | int | float) -> Term:
    if isinstance(value, str):
        return ox.NamedNode(value) if re.match(r"(?:https?|urn):", value) else ox.Literal(value)
    if isinstance(value, bool | int | float):
        return ox.Literal(value)
    return value
