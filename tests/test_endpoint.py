"""The same questions to our store, to Oxigraph's server and to Virtuoso: the same answers; loads that were cut off."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from api.cli import cli
from graph.endpoint import BATCH, Endpoint
from graph.errors import QueryError, StoreError
from graph.store import Store
from tests.servers import oxigraph_server, virtuoso_server

DOCUMENT = "https://w3id.org/phahe/doc/"
R25 = f"{DOCUMENT}tw/nq/2013/25"

# named queries, each with its parameters
NAMED: list[tuple[str, dict[str, str]]] = [
    ("counts", {}),
    ("documents", {}),
    ("superseded_rules", {}),
    ("unresolved", {}),
    ("document", {"document": R25}),
    ("implementing", {"document": R25}),
    ("implementing_transitive", {"document": R25}),
    ("lineage_up", {"document": R25}),
    ("lineage_down", {"document": R25}),
    ("document", {"document": f"{DOCUMENT}tu-hai-duong/ct/2022/28"}),
    ("lineage_up", {"document": f"{DOCUMENT}tu-hai-duong/ct/2022/28"}),
    ("lineage_down", {"document": f"{DOCUMENT}vn/luat/2022/10-qh15"}),
]  # fmt: skip

# of our own: dates, counts, paths, letters with marks, open ends
ASKED = [
    # not ?date >= "2022-01-01"^^xsd:date: Virtuoso compares years and months with days, which SPARQL does not
    "SELECT ?d { ?d ph:dateIssued ?date FILTER (STR(?date) >= '2022-01-01') } ORDER BY ?d",
    "SELECT ?level (COUNT(?d) AS ?n) { ?d ph:level ?level } GROUP BY ?level ORDER BY ?level",
    "SELECT ?d { ?d ph:title ?t FILTER CONTAINS(?t, 'dân vận') } ORDER BY ?d",
    "SELECT ?d { ?d ph:number ?n FILTER STRENDS(?n, '-NQ/TW') } ORDER BY ?d",
    "SELECT ?x ?y { ?x ph:supersedes ?y } ORDER BY ?x ?y",
    f"SELECT ?x {{ ?x ph:implements+ <{R25}> }} ORDER BY ?x",
    "SELECT ?d { ?d a ph:Document FILTER NOT EXISTS { ?d ph:dateIssued ?date } } ORDER BY ?d",
    "SELECT ?r ?c { ?r a ph:Relation ; ph:confidence ?c FILTER (?c < 0.9) } ORDER BY ?r",
    "ASK { ?d ph:number '25-NQ/TW' }",
    "ASK { ?d ph:number '9926-NQ/TW' }",
]

# what people type, as commands print it
COMMANDS = [
    ["find", "25-NQ/TW"],
    ["find", "Nghị quyết 25"],
    ["find", "28-CT/TU"],
    ["find", "tw/nq/2013"],
    ["implementing", "25-NQ/TW ngày 03/6/2013"],
    ["implementing", "tw/nq/2013/25", "--direct", "--level", "province"],
    ["lineage", "tw/nq/2013/25", "--direction", "both"],
    ["lineage", "28-CT/TU ngày 19/5/2022", "--direction", "up", "--relation", "cites"],
]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    from graph.build import build

    folder = tmp_path_factory.mktemp("store")
    root = Path(__file__).resolve().parent.parent
    build([root / "data"], folder / "S")
    with Store(folder / "S") as opened:
        yield opened


@pytest.fixture(scope="module", params=[oxigraph_server, virtuoso_server], ids=["oxigraph", "virtuoso"])
def server(
    request: pytest.FixtureRequest, store: Store, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Endpoint]:
    start: Callable[[Path], Any] = request.param
    with ExitStack() as stack:
        endpoint: Endpoint = stack.enter_context(start(tmp_path_factory.mktemp("server")))
        endpoint.load(store.all_quads(), store.version)
        yield endpoint


def rows(answer: Any) -> Any:
    if isinstance(answer, bool) or not hasattr(answer, "variables"):
        return bool(answer)
    names = [variable.value for variable in answer.variables]
    return sorted(tuple(str(row[name]) for name in names) for row in answer)


@pytest.mark.parametrize(("name", "parameters"), NAMED)
def test_named_questions_have_the_same_answers(
    store: Store, server: Endpoint, name: str, parameters: dict[str, str]
) -> None:
    assert rows(server.run(name, **parameters)) == rows(store.run(name, **parameters))


@pytest.mark.parametrize("question", ASKED)
def test_questions_in_sparql_have_the_same_answers(store: Store, server: Endpoint, question: str) -> None:
    assert rows(server.query(question)) == rows(store.query(question))


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_commands_print_the_same(store: Store, server: Endpoint, command: list[str]) -> None:
    here, there = (
        CliRunner().invoke(cli, [*command, "--format", "json", "--store", place])
        for place in (str(store.path), server.query_url)
    )
    assert (there.stdout, there.exit_code) == (here.stdout, here.exit_code)


def test_a_load_that_was_cut_off_goes_on_and_half_of_it_is_not_asked(store: Store, tmp_path: Path) -> None:
    with oxigraph_server(tmp_path) as endpoint:
        with pytest.raises(StoreError, match="no graph of ours \\(none is there\\)"):
            _ = endpoint.version
        sent: list[int] = []

        def cut(done: int) -> None:
            sent.append(done)
            if len(sent) == 2:
                raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            endpoint.load(store.all_quads(), store.version, cut)
        with pytest.raises(StoreError, match="half of one is there"):
            _ = endpoint.version
        first: list[int] = []
        endpoint.load(store.all_quads(), store.version, first.append)
        assert first[0] == 3 * BATCH
        assert endpoint.version == store.version
        assert rows(endpoint.run("documents")) == rows(store.run("documents"))


def test_what_is_refused(store: Store, tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="expected an address"):
        Endpoint("ftp://127.0.0.1/")
    endpoint = Endpoint("http://127.0.0.1:9/query", seconds=1)
    with pytest.raises(QueryError, match="SERVICE is refused"):
        endpoint.query("SELECT * { SERVICE <http://127.0.0.1/> { ?s ?p ?o } }")
