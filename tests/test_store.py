# ruff: noqa: E501 - a row of a table is one line
"""The store for reading: questions, what is refused, texts, and folders that are no store."""

from pathlib import Path

import pyoxigraph as ox
import pytest

from graph.build import build
from graph.errors import QueryError, StoreError
from graph.model import Claim, Extraction, Mention, Reference, Source
from graph.query_text import check_query, check_update
from graph.store import Store
from graph.texts import Texts, pack, unpack

TEXT = "Thực hiện Nghị quyết số 25-NQ/TW ngày 03/6/2013, Tỉnh ủy Hải Dương đã ban hành Chỉ thị số 28-CT/TU ngày 19/5/2022.\n"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("store")
    (place / "a.txt").write_text(TEXT, encoding="utf-8")
    build([place / "a.txt"], place / "S")
    return place / "S"


def test_questions_are_answered(folder: Path) -> None:
    with Store(folder) as store:
        numbers = {row["n"].value for row in store.query("SELECT ?n { ?d a ph:Document ; ph:number ?n }")}
        assert numbers == {"25-NQ/TW", "28-CT/TU"}
        assert store.query("ASK { ?d ph:number ?n }", n="25-NQ/TW")
        assert not store.query("ASK { ?d ph:number ?n }", n="26-NQ/TW")
        kind = store.query("ASK { ?d a ?kind }", kind="https://w3id.org/phahe/ontology#Document")
        assert kind
        assert len(list(store.query("CONSTRUCT { ?d ph:number ?n } { ?d ph:number ?n }"))) == 2


def test_the_dump_is_sorted_whole_and_counted(folder: Path) -> None:
    with Store(folder) as store:
        lines = list(store.n_quads())
        assert lines == sorted(lines)
        assert len(lines) == len(set(lines)) == len(store)


def test_rdflib_sees_the_same_and_cannot_write(folder: Path) -> None:
    from rdflib import RDF, URIRef

    with Store(folder) as store:
        dataset = store.dataset()
        document = URIRef("https://w3id.org/phahe/ontology#Document")
        assert len(list(dataset.subjects(RDF.type, document))) == 2
        rows = list(dataset.query("SELECT ?d { ?d a <https://w3id.org/phahe/ontology#Document> }"))
        assert len(rows) == 2
        with pytest.raises(Exception, match=r"(?i)read-write"):
            dataset.add((document, RDF.type, document))
        assert len(list(store.n_quads())) == len(store)


REFUSED = [
    "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
    "select * { service silent <http://127.0.0.1:9/> { ?s ?p ?o } }",
    "SELECT * { ?s ?p 1SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
    "SELECT * { SERV\\u0049CE <http://127.0.0.1:9/> { ?s ?p ?o } }",
    "SELECT * { ?s ?p ph:\\' . SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } ?s ?p ph:\\' }",
    "PREFIX : <http://127.0.0.1:9/> SELECT * { SERVICE:x { ?s ?p ?o } }",
    "SELECT * { ?s ?p ph:o.SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
    "SELECT * { ?s ?p '#' . SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
    "SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }",
    "SELECT * FROM NAMED <http://127.0.0.1:9/> { GRAPH ?g { ?s ?p ?o } }",
    "PREFIX : <http://127.0.0.1:9/> ASK { FILTER(1<2)SERVICE:x#>\n{ ?a ?b ?c } }",
    "ASK { FILTER('a'<'>')SERVICE <http://127.0.0.1:9/> { ?s ?p '' } }",
    "ASK { FILTER('a' #.\n<'>')SERVICE <http://127.0.0.1:9/> { ?s ?p '' } }",
    "ASK { ?s ?p <http://127.0.0.1/it's> . SERVICE <http://127.0.0.1:9/> { ?s ?p <http://127.0.0.1/it's> } }",
    "ASK { FILTER((1)<b:c#>'''\n)SERVICE <http://127.0.0.1:9/> { ?s ?p '''''' } }",
    "INSERT DATA { <http://a> <http://a> <http://a> }",
    "LOAD <http://127.0.0.1:9/>",
    "DROP ALL",
]


@pytest.mark.parametrize("query", REFUSED)
def test_what_reaches_beyond_the_store_is_refused(folder: Path, query: str) -> None:
    with Store(folder) as store, pytest.raises(QueryError, match="is refused here") as caught:
        store.query(query)
    assert "\n" not in str(caught.value)


ALLOWED = [
    "SELECT ?from ?service { ?from ?p 'SERVICE <http://a> FROM' }",
    "SELECT * { ?s ?p ?o } # FROM here on SERVICE",
    'SELECT * { ?s ph:title """FROM "SERVICE" of"""@vi }',
    "SELECT * { ?s <http://example.org/SERVICE#FROM> ?o }",
    "SELECT * FROM <https://w3id.org/phahe/ontology> { ?s ?p ?o }",
    "PREFIX w: <https://w3id.org/phahe/> SELECT * FROM NAMED w:ontology { GRAPH ?g { ?s ?p ?o } }",
    "SELECT * { VALUES (?a ?b) { (1 <http://example.org/a#b>) } } # SERVICE",
    "SELECT * { ?s ph:from ?o ; ph:service ?x }",
    "SELECT * { ?s ph:confidence ?c FILTER (?c<1 && ?c>0) }",
]


@pytest.mark.parametrize("query", ALLOWED)
def test_words_that_are_not_keywords_are_allowed(folder: Path, query: str) -> None:
    with Store(folder) as store:
        check_query(query, has_graph=store.has_graph)
        list(store.query(query))


# allowed beginnings, query -> refused
SERVICES = [
    (
        ("http://127.0.0.1:9/",),
        "SELECT * { SERVICE SILENT # x\n <http://127.0.0.1:9/a> { ?s ?p ?o } }",
        False,
    ),
    (("http://127.0.0.1:9/a",), "SELECT * { SERVICE <http://127.0.0.1:9/a?b=c> { ?s ?p ?o } }", False),
    (("http://127.0.0.1:9/a",), "SELECT * { SERVICE <http://127.0.0.1:9/ab> { ?s ?p ?o } }", True),
    (("http://127.0.0.1",), "SELECT * { SERVICE <http://127.0.0.1.example.org/> { ?s ?p ?o } }", True),
    (("http://127.0.0.1",), "SELECT * { SERVICE <http://127.0.0.1@example.org/> { ?s ?p ?o } }", True),
    (("http://127.0.0.1/a/",), "SELECT * { SERVICE <http://127.0.0.1/a/.%2E/b> { ?s ?p ?o } }", True),
    (("http://127.0.0.1/",), "SELECT * { VALUES ?x { <http://127.0.0.1/> } SERVICE ?x { ?s ?p ?o } }", True),
    (("http://127.0.0.1/",), "PREFIX : <http://127.0.0.1/> SELECT * { SERVICE :x { ?s ?p ?o } }", True),
    (("http://127.0.0.1/",), "SELECT * { SERVICE <http://127.0.0.1/> { SERVICE <http://b/> {} } }", True),
]


@pytest.mark.parametrize(("allowed", "query", "refused"), SERVICES)
def test_service_may_ask_only_what_is_allowed(allowed: tuple[str, ...], query: str, refused: bool) -> None:
    for check in (check_query, check_update):
        if refused:
            with pytest.raises(QueryError, match="is refused here"):
                check(query, service_allow=allowed)
        else:
            check(query, service_allow=allowed)


def test_an_update_may_not_load() -> None:
    check_update("INSERT DATA { <http://a> <http://a> 'LOAD' }")
    with pytest.raises(QueryError, match="LOAD is refused here"):
        check_update("LO\\u0041D <http://127.0.0.1:9/>")


def test_a_malformed_query_is_a_one_line_error(folder: Path) -> None:
    with Store(folder) as store, pytest.raises(QueryError, match=r"^query: .*$") as caught:
        store.query("SELECT * {\n ?s ?p \n")
    assert "\n" not in str(caught.value)


def test_unknown_named_queries_and_parameters_are_errors(folder: Path) -> None:
    with Store(folder) as store, pytest.raises(QueryError, match="no such named query"):
        store.run("no_such_query")


def test_what_is_no_store_says_so(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    broken = tmp_path / "broken"
    broken.mkdir()
    (broken / "CURRENT").write_text("0123456789abcdef\n", encoding="utf-8")
    for path, words in [
        (tmp_path / "absent", "nothing built there"),
        (tmp_path / "file", "a file, expected a folder"),
        (broken, "not a finished build"),
    ]:
        with pytest.raises(StoreError, match=words) as caught:
            Store(path)
        assert "\n" not in str(caught.value)


def test_a_store_of_another_layout_is_refused(folder: Path, tmp_path: Path) -> None:
    import json
    import shutil

    shutil.copytree(folder, tmp_path / "S")
    manifest = next((tmp_path / "S" / "builds").glob("*/manifest.json"))
    data = json.loads(manifest.read_text(encoding="utf-8"))
    manifest.write_text(json.dumps({**data, "schema": 999}), encoding="utf-8")
    with pytest.raises(StoreError, match="layout 999"):
        Store(tmp_path / "S")


def test_texts_keep_what_they_were_given(tmp_path: Path) -> None:
    with Texts(tmp_path / "t.sqlite", writable=True) as texts:
        source = Source("b", "Nghị quyết\r\n\ud800 số 25", "b.txt")
        assert texts.add(source)
        assert not texts.add(Source("a", source.raw))
        assert len(texts) == 1
        assert source.id in texts
        assert texts.raw(source.id) == source.raw
        assert texts.slice(source.id, 0, 4) == "Nghị"
        assert texts.meta(source.id).names == ("a", "b")
        assert texts.meta(source.id).origins == ("b.txt",)
        assert texts.without_extraction("1") == [(source.id, len(source.raw))]
        texts.add_extraction(Extraction(source.id), "1")
        assert texts.without_extraction("1") == []
        assert [id_ for id_, _ in texts.without_extraction("2")] == [source.id]
        with pytest.raises(StoreError, match="not in"):
            texts.raw("absent")


def test_an_extraction_survives_packing() -> None:
    extraction = Extraction(
        "s", "self", (Reference("self", "1-NQ/TW", aliases=("a", "b")),), (Mention(0, 1, "x", None),),
        (Claim("self", "cites", "d1", "stated", 0.5, "r", 0, 1, "x", provision="Điều 1"),), "2013", "ha-noi",
    )  # fmt: skip
    assert unpack(pack(extraction)) == extraction


def test_terms_of_all_kinds_substitute(folder: Path) -> None:
    with Store(folder) as store:
        node = ox.NamedNode("https://w3id.org/phahe/doc/tw/nq/2013/25")
        assert store.query("ASK { ?d ph:number '25-NQ/TW' }", d=node)
