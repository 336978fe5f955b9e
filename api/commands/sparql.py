"""`phahe sparql`: the graph asked in SPARQL 1.1."""

import sys
from itertools import islice
from pathlib import Path
from typing import Any

import click

from api.options import asked_store_option, format_option, open_store
from api.tables import print_table

_MOST_ROWS = 1000
"""Rows of a table on the terminal, which measures every cell before it shows any."""

_TABULAR = ("json", "xml", "csv", "tsv")
_GRAPHS = ("turtle", "ntriples")


@click.command("sparql")
@click.argument("query", required=False)
@click.option(
    "-f", "--file", type=click.File(encoding="utf-8"), help="Read the query from a file; - is stdin."
)
@asked_store_option
@format_option("table", *_TABULAR, *_GRAPHS)
def command(query: str | None, file: Any, store_path: Path | str, form: str) -> None:
    """Ask the graph in SPARQL 1.1: SELECT, ASK, CONSTRUCT, DESCRIBE.

    The prefixes ph, rdf, rdfs, skos, dcterms, xsd, eli, prov, oa and org are known. SERVICE, updates and FROM
    with a graph that the store has not are refused: asking never reaches beyond it.

    \b
    Example:
      phahe sparql "SELECT ?x ?y { ?x ph:implements ?y } LIMIT 10"
      phahe sparql -f question.rq --format json
    """  # noqa: D301 - \b is what click wants
    if (query is None) == (file is None):
        raise click.UsageError("give either QUERY or --file, one of them")
    text = file.read() if query is None else query
    if isinstance(store_path, str):
        from graph.endpoint import Endpoint

        _answer(Endpoint(store_path).query(text), form)
        return
    with open_store(store_path) as store:
        _answer(store.query(text), form)


def _answer(results: Any, form: str) -> None:
    import pyoxigraph as ox

    is_graph = isinstance(results, ox.QueryTriples)
    if form == "table" and not is_graph:
        if isinstance(results, ox.QueryBoolean):
            click.echo("true" if results else "false")
        else:
            names = [variable.value for variable in results.variables]
            print_table(
                names, ([_shown(term) for term in solution] for solution in islice(results, _MOST_ROWS))
            )
            if next(results, None) is not None:
                click.echo(
                    f"phahe: only the first {_MOST_ROWS} rows are shown; --format csv gives all", err=True
                )
        return
    if (is_graph and form in _TABULAR) or (not is_graph and form in _GRAPHS):
        kind = "graph (turtle, ntriples)" if is_graph else "table (json, xml, csv, tsv)"
        raise click.UsageError(f"--format {form}: the answer of this query is a {kind}")
    formats: dict[str, Any] = {
        "json": ox.QueryResultsFormat.JSON,
        "xml": ox.QueryResultsFormat.XML,
        "csv": ox.QueryResultsFormat.CSV,
        "tsv": ox.QueryResultsFormat.TSV,
        "ntriples": ox.RdfFormat.N_TRIPLES,
    }
    sys.stdout.flush()
    results.serialize(sys.stdout.buffer, format=formats.get(form, ox.RdfFormat.TURTLE))
    if form == "json":
        sys.stdout.buffer.write(b"\n")
    sys.stdout.buffer.flush()


def _shown(term: Any) -> str | None:
    """A term as people read it: documents by path, the rest by prefix where there is one."""
    import pyoxigraph as ox

    from graph.iri import parse_document
    from graph.prefixes import PREFIXES

    if not isinstance(term, ox.NamedNode):
        return None if term is None else str(term.value if isinstance(term, ox.Literal) else term)
    if (path := parse_document(term.value)) is not None:
        return f"doc/{path}"
    for prefix, start in PREFIXES.items():
        if term.value.startswith(start):
            return f"{prefix}:{term.value[len(start) :]}"
    return term.value
