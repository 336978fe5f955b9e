"""Linked data: every IRI of a graph can be followed, and every form of a description says the same."""

import ast
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rdflib import Graph
from starlette.testclient import TestClient

from api.linked.annotation import PAGE, collection
from api.problem import PROBLEMS
from api.problem_types import PROBLEM_TYPES
from graph.describe import KINDS, describe
from graph.jsonld import compact_jsonld, context_bytes
from graph.store import Store
from tests.corpus import build_corpus, client_over
from tests.small_graph import BASE, PH, REPORT, make_store

R25 = "tw/nq/2013/25"
FORMS = {".ttl": ox.RdfFormat.TURTLE, ".nt": ox.RdfFormat.N_TRIPLES, ".jsonld": ox.RdfFormat.JSON_LD}


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    with client_over(make_store(tmp_path_factory.mktemp("linked") / "store")) as client:
        yield client


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_corpus(tmp_path_factory.mktemp("linked") / "store")


@pytest.fixture(scope="module")
def whole(corpus: Path) -> Iterator[TestClient]:
    with client_over(corpus) as client:
        yield client


def with_context(document: dict[str, Any], context: bytes) -> bytes:
    """A JSON-LD document with its context in it, as a processor that fetches would see it."""
    assert document["@context"] == f"{BASE}context.jsonld"
    return json.dumps({**document, "@context": json.loads(context)["@context"]}).encode()


def triples_of(client: TestClient, path: str, suffix: str) -> set[str]:
    answer = client.get(f"/{path}{suffix}")
    assert answer.status_code == 200, (path, suffix, answer.text)
    content = answer.content
    if suffix == ".jsonld":
        content = with_context(answer.json(), client.get("/context.jsonld").content)
    return {str(quad.triple) for quad in ox.parse(content, FORMS[suffix])}


def individuals(client: TestClient) -> list[str]:
    """Paths of all IRIs under the base that the graph names anywhere."""
    query = "SELECT DISTINCT ?x { { ?x ?p ?o } UNION { ?s ?p ?x } FILTER(isIRI(?x)) }"
    rows = client.get("/sparql", params={"query": query}).json()["results"]["bindings"]
    paths = sorted(row["x"]["value"].removeprefix(BASE) for row in rows if row["x"]["value"].startswith(BASE))
    return [path for path in paths if not path.startswith("ontology")]


def test_every_iri_of_a_graph_is_served_in_every_form(whole: TestClient) -> None:
    paths = individuals(whole)
    assert {path.split("/")[0] for path in paths} == set(KINDS)
    for path in paths[:: max(1, len(paths) // 80)]:
        here = whole.get(f"/{path}", headers={"Accept": "text/turtle"})
        assert (here.status_code, here.headers["location"]) == (303, f"/{path}.ttl"), path
        page = whole.get(f"/{path}", headers={"Accept": "text/html"})
        assert page.status_code == 303, path
        shown = whole.get(page.headers["location"], headers={"Accept": "text/html"})
        assert (shown.status_code, shown.headers["content-type"].split(";")[0]) == (200, "text/html"), path
        said = [triples_of(whole, path, suffix) for suffix in FORMS]
        assert said[0] == said[1] == said[2], path
        assert any(line.startswith(f"<{BASE}{path}> ") for line in said[0]), path
        assert whole.get(f"/{path}.json").status_code == 200, path
        assert whole.get(f"/{path}.html").status_code == 200, path


def test_a_crawl_from_one_document_reaches_its_evidence(small: TestClient) -> None:
    """Following IRIs alone leads from a resolution to who implements it, the record, the source."""
    seen, waiting = set(), [f"doc/{R25}"]
    while waiting:
        path = waiting.pop()
        if path in seen or path.split("/")[0] not in ("doc", "relation", "source"):
            continue
        seen.add(path)
        for line in triples_of(small, path, ".nt"):
            waiting += [
                part.split(">")[0].removeprefix(BASE) for part in line.split("<") if part.startswith(BASE)
            ]
    assert {"doc/tu-hai-duong/ct/2022/28", "doc/hu-thanh-ha-hai-duong/kh/2022/12"} <= seen
    assert f"source/{REPORT.id}" in seen
    assert any(path.startswith("relation/") for path in seen)


def test_rdflib_reads_the_same_from_each_form(whole: TestClient) -> None:
    for path in (f"doc/{R25}", "body/bch-tw", "place/hai-duong", "type/nq", "term/tw-11"):
        graphs = []
        for suffix, name in ((".ttl", "turtle"), (".nt", "nt"), (".jsonld", "json-ld")):
            answer = whole.get(f"/{path}{suffix}")
            content = answer.content
            if suffix == ".jsonld":
                content = with_context(answer.json(), context_bytes())
            graph = Graph().parse(data=content, format=name)
            graphs.append({(s.n3(), p.n3(), o.n3()) for s, p, o in graph})
        assert graphs[0] == graphs[1] == graphs[2] != set(), path


@given(st.data())
def test_what_json_ld_says_is_what_the_graph_says(corpus: Path, data: st.DataObject) -> None:
    store = _opened(corpus)
    path = data.draw(st.sampled_from(store.index.paths_between("", "~")))
    triples = describe(store, "doc", path)
    content = with_context(compact_jsonld(triples), context_bytes())
    assert {str(quad.triple) for quad in ox.parse(content, ox.RdfFormat.JSON_LD)} == set(map(str, triples))


_OPEN: dict[Path, Store] = {}


def _opened(path: Path) -> Store:
    if path not in _OPEN:
        _OPEN[path] = Store(path)
    return _OPEN[path]


# Accept of a thing's IRI -> status, end of the address
SEEN = [
    ("*/*", 303, ".ttl"),
    ("application/ld+json", 303, ".jsonld"),
    ("application/n-triples", 303, ".nt"),
    ("application/json", 303, ".json"),
    ("text/html,application/xhtml+xml,*/*;q=0.8", 303, f"/documents/{R25}"),
    ('application/ld+json;profile="http://www.w3.org/ns/anno.jsonld"', 303, ".anno.jsonld"),
    ("image/png", 406, ""),
]


@pytest.mark.parametrize(("accept", "status", "end"), SEEN)
def test_an_iri_leads_to_the_form_asked_for(small: TestClient, accept: str, status: int, end: str) -> None:
    answer = small.get(f"/doc/{R25}", headers={"Accept": accept})
    assert answer.status_code == status
    assert answer.headers.get("location", "").endswith(end)
    assert "Accept" in answer.headers["vary"]


# path -> status, what the address or the problem ends in
ASTRAY = [
    ("/doc/tw/nq/1999/1", 404, "not-in-corpus"),
    ("/doc/tw/nq/1999/1.ttl", 404, "not-in-corpus"),
    ("/doc/tu-hai-duong/ct/28", 301, "/doc/tu-hai-duong/ct/2022/28"),
    ("/doc/tu-hai-duong/ct/28.ttl", 301, "/doc/tu-hai-duong/ct/2022/28.ttl"),
    ("/doc/tw/nq/25", 300, ""),
    ("/body/khong-co", 404, "not-in-corpus"),
    ("/body/a b<c>", 404, "not-in-corpus"),
    ("/relation/0000000000000000.anno.jsonld", 404, "not-in-corpus"),
    ("/type/nq.anno.jsonld", 404, "not-found"),
    ("/ontology.pdf", 404, "not-found"),
    ("/ontology/9.9", 404, "not-found"),
    ("/problem/khong-co", 404, "not-found"),
    (f"/doc/{R25}.anno.jsonld?page=x", 422, "invalid-parameter"),
]


@pytest.mark.parametrize(("path", "status", "end"), ASTRAY)
def test_what_is_not_there(small: TestClient, path: str, status: int, end: str) -> None:
    answer = small.get(path)
    assert answer.status_code == status, answer.text
    if status == 301:
        assert answer.headers["location"].endswith(end)
    elif status != 300:
        assert answer.json()["type"] == f"{PROBLEMS}{end}"


def test_the_vocabulary_is_at_its_iri(small: TestClient) -> None:
    page = small.get("/ontology", headers={"Accept": "text/html"}).text
    assert 'id="implements"' in page
    said = [
        {str(quad.triple) for quad in ox.parse(small.get(f"/ontology{suffix}").content, FORMS[suffix])}
        for suffix in (".ttl", ".nt")
    ]
    assert said[0] == said[1]
    assert any(f"<{PH}implements> " in line for line in said[0])
    assert small.get("/ontology/0.1.0").status_code == 200
    jsonld = with_context(small.get("/ontology.jsonld").json(), context_bytes())
    assert {str(quad.triple) for quad in ox.parse(jsonld, ox.RdfFormat.JSON_LD)} == said[0]


def test_a_problem_leads_to_what_it_means(small: TestClient) -> None:
    problem = small.get("/v1/resolve?q=99-NQ/TW").json()
    meaning = small.get("/" + problem["type"].removeprefix(BASE))
    assert meaning.status_code == 200
    assert meaning.json()["type"] == problem["type"]
    assert "corpus" in meaning.json()["meaning"]


def kinds_of_problems() -> set[str]:
    """The types that the code of `api` gives, as it is written: in calls of `problem` and in tables of them."""
    found: set[str] = set()

    def text(node: ast.expr) -> str | None:
        return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None

    def is_status(node: ast.expr) -> bool:
        return isinstance(node, ast.Constant) and isinstance(node.value, int) and 400 <= node.value < 600

    for path in (Path(__file__).resolve().parent.parent / "api").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if (
                isinstance(node, ast.Call)
                and getattr(node.func, "id", "") == "problem"
                and len(node.args) > 2
            ):
                found.add(text(node.args[2]) or "fault")
            elif isinstance(node, ast.Tuple) and len(node.elts) == 3 and is_status(node.elts[0]):
                found.add(text(node.elts[1]) or "fault")
            elif isinstance(node, ast.Dict):
                rows = zip(node.keys, node.values, strict=True)
                found |= {
                    text(key) or "fault"
                    for key, value in rows
                    if key
                    and isinstance(value, ast.Tuple)
                    and len(value.elts) == 2
                    and is_status(value.elts[0])
                }
    return found


def test_every_type_of_problem_is_explained() -> None:
    used = kinds_of_problems()
    assert {"not-in-corpus", "bad-query", "invalid-parameter", "not-acceptable"} <= used
    assert used <= set(PROBLEM_TYPES), f"add to api/problem_types.py: {sorted(used - set(PROBLEM_TYPES))}"


def test_relations_are_web_annotations(small: TestClient) -> None:
    found = small.get(f"/doc/{R25}.anno.jsonld")
    assert found.headers["content-type"] == 'application/ld+json;profile="http://www.w3.org/ns/anno.jsonld"'
    whole = found.json()
    assert (whole["type"], whole["total"], len(whole["first"]["items"])) == ("AnnotationCollection", 4, 4)
    of_source = small.get(f"/source/{REPORT.id}.anno.jsonld").json()
    assert of_source["total"] == 9, "doubtful and inferred records are the source's words too"
    for item in of_source["first"]["items"]:
        position, quote = item["target"]["selector"]
        assert quote["exact"] == REPORT.raw[position["start"] : position["end"]]
        assert item["target"]["source"] == f"{BASE}source/{REPORT.id}"
        record = item["body"][0]["id"].removeprefix(BASE)
        alone = small.get(f"/{record}.anno.jsonld").json()
        assert alone["id"] == item["id"]
        assert alone["@context"] == "http://www.w3.org/ns/anno.jsonld"
    said = [item["body"][1]["value"] for item in whole["first"]["items"]]
    assert any(" thực hiện Nghị quyết số 25-NQ/TW" in words for words in said)


@given(st.integers(0, 350))
def test_pages_of_annotations_hold_all(count: int) -> None:
    items: list[dict[str, Any]] = [{"id": f"a{number}"} for number in range(count)]
    found: list[dict[str, Any]] = []
    number: int | None = 0
    while number is not None:
        made = collection("https://example.org/a", "Văn bản", items, number)
        page = made["first"] if number == 0 else made
        assert page["startIndex"] == len(found) == number * PAGE
        found += page["items"]
        number = int(page["next"].rpartition("=")[2]) if "next" in page else None
    assert found == items


def test_search_engines_are_told_of_legislation(whole: TestClient) -> None:
    page = whole.get("/documents/vn/luat/2022/10-qh15", headers={"Accept": "text/html"}).text
    start = page.index('<script type="application/ld+json">')
    block = page[start:].partition(">")[2].partition("</script>")[0]
    found = json.loads(block)
    assert (found["@type"], found["legislationIdentifier"]) == ("Legislation", "10/2022/QH15")
    assert found["@id"] == f"{BASE}doc/vn/luat/2022/10-qh15"
    assert found["legislationPassedBy"]["name"] == "Quốc hội"
    assert found["legislationLegalForce"] == "https://schema.org/PartiallyInForce"
    party = whole.get(f"/documents/{R25}", headers={"Accept": "text/html"}).text
    assert "Legislation" in party
    assert "legislationLegalForce" not in party, "a document of the Party is not law"
