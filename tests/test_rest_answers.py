"""REST answers over the project's own data: each is what its model says, in both places it is served."""

from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from pydantic import BaseModel
from starlette.testclient import TestClient

from api.models.corpus import Bodies, DocumentTypes, Places, Stats
from api.models.document import Candidates, Choices, DocumentList, ResolvedDocument, WholeDocument
from api.models.lineage import Implementing, Lineage, Paths
from api.models.problem import Problem
from api.models.text import TEXT, ExtractedText, VerifiedText
from tests.corpus import build_corpus, client_over

R25 = "tw/nq/2013/25"
PLAIN = {"Content-Type": "text/plain"}


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    with client_over(build_corpus(tmp_path_factory.mktemp("rest") / "store")) as client:
        yield client


# path, text posted or None -> status, model
ANSWERS: list[tuple[str, str | None, int, type[BaseModel]]] = [
    ("/documents", None, 200, DocumentList),
    ("/documents?q=dan van&level=central&limit=3", None, 200, DocumentList),
    ("/documents?place=Hải Dương&type=Chỉ thị", None, 200, DocumentList),
    ("/documents?number=25-nq/tw", None, 200, DocumentList),
    ("/documents?status=superseded&as_of=2024&polity=party&sort=-date", None, 200, DocumentList),
    ("/documents?issuer=bch-tw&since=2013&until=2014&sort=title", None, 200, DocumentList),
    ("/documents?cursor=x", None, 400, Problem),
    (f"/documents/{R25}", None, 200, WholeDocument),
    (f"/documents/{R25}?as_of=2010", None, 200, WholeDocument),
    ("/documents/tw/qd/2010/290", None, 200, WholeDocument),
    ("/documents/vn/luat/2022/10-qh15", None, 200, WholeDocument),
    ("/documents/tw/nq/25", None, 300, Choices),
    (f"/documents/{R25}/implementing", None, 200, Implementing),
    (f"/documents/{R25}/implementing?level=local&as_of=2015", None, 200, Implementing),
    (f"/documents/{R25}/lineage?direction=both&depth=3", None, 200, Lineage),
    ("/implementing?ref=25-NQ/TW ngày 03/6/2013", None, 200, Implementing),
    ("/lineage?ref=28-CT/TU ngày 19/5/2022&relation=implements&relation=cites", None, 200, Lineage),
    ("/lineage?ref=Nghị quyết 25", None, 300, Choices),
    ("/paths?from=25-NQ/TW&to=10/2022/QH15", None, 300, Choices),
    ("/paths?from=28-CT/TU ngày 19/5/2022&to=25-NQ/TW ngày 03/6/2013", None, 200, Paths),
    ("/paths?from=28-CT/TU ngày 19/5/2022&to=99-NQ/TW", None, 404, Problem),
    ("/resolve?q=Nghị quyết số 25-NQ/TW ngày 03/6/2013", None, 200, ResolvedDocument),
    ("/resolve?q=25-NQ/TW", None, 300, Choices),
    ("/find?q=dân vận&limit=5", None, 200, Candidates),
    ("/find?q=không có văn bản nào như thế này", None, 200, Candidates),
    ("/extract", TEXT, 200, ExtractedText),
    ("/extract", "Không dẫn văn bản nào.", 200, ExtractedText),
    ("/verify", TEXT, 200, VerifiedText),
    ("/verify?as_of=2015-01-01", TEXT, 200, VerifiedText),
    ("/stats", None, 200, Stats),
    ("/types", None, 200, DocumentTypes),
    ("/bodies", None, 200, Bodies),
    ("/bodies?place=hai-duong&polity=party&q=tinh uy&on=2024", None, 200, Bodies),
    ("/places", None, 200, Places),
    ("/places?q=hải dương&on=2025-06-30", None, 200, Places),
    ("/resolve?q=99-NQ/TW", None, 404, Problem),
    ("/documents/tw/nq/1999/1", None, 404, Problem),
    ("/documents?type=foo", None, 400, Problem),
    ("/bodies?place=Atlantis", None, 400, Problem),
    ("/places?on=2025-13", None, 422, Problem),
    ("/extract", "", 422, Problem),
    ("/verify?as_of=hôm qua", TEXT, 422, Problem),
]  # fmt: skip


def asked(client: TestClient, path: str, text: str | None) -> httpx.Response:
    if text is None:
        return client.get(path)
    return client.post(path, content=text.encode(), headers=PLAIN)


@pytest.mark.parametrize(("path", "text", "status", "model"), ANSWERS)
def test_answers_are_what_their_models_say(
    client: TestClient, path: str, text: str | None, status: int, model: type[BaseModel]
) -> None:
    answer = asked(client, f"/v1{path}", text)
    assert answer.status_code == status, answer.text
    read = model.model_validate_json(answer.content)
    assert read.model_dump(mode="json", by_alias=True, exclude_unset=True) == answer.json(), "no key is lost"
    plain = asked(client, path, text)
    assert plain.status_code == status
    ours = {"instance", "request_id"}
    assert {k: v for k, v in plain.json().items() if k not in ours} == {
        k: v for k, v in answer.json().items() if k not in ours
    }
    if status < 400:
        version = answer.json()["corpus_version"]
        assert answer.headers["corpus-version"] == version
        assert answer.headers["vary"].startswith("Accept")


def test_every_model_of_the_table_stands_in_the_openapi_document(client: TestClient) -> None:
    document = client.get("/openapi.json").json()
    assert document["openapi"].startswith("3.1")
    assert {model.__name__ for *_, model in ANSWERS} <= set(document["components"]["schemas"])
    ours = {path: item for path, item in document["paths"].items() if path.startswith("/v1/")}
    assert len(ours) > 10
    for path, item in ours.items():
        for operation in item.values():
            assert operation["summary"], path
            for parameter in operation.get("parameters", ()):
                said = parameter["schema"]
                bounds = {"anyOf", "enum", "pattern", "maxLength", "maximum", "items", "const"}
                assert bounds & set(said) or said["type"] == "boolean", (path, parameter["name"])


# key of the answer -> path under which each record of it stands
RECORDS = [
    ("/v1/documents?limit=500", ["items"]),
    (f"/v1/documents/{R25}", ["documents"]),
    (f"/v1/documents/{R25}/implementing", ["items", "document"]),
    (f"/v1/documents/{R25}/lineage?direction=both", ["nodes"]),
    ("/v1/resolve?q=25-NQ/TW", ["candidates"]),
]


@pytest.mark.parametrize(("path", "keys"), RECORDS)
def test_records_say_how_to_cite_them_and_where_they_are(
    client: TestClient, path: str, keys: list[str]
) -> None:
    rows: Any = client.get(path).json()[keys[0]]
    rows = list(rows.values()) if isinstance(rows, dict) else rows
    rows = [row[keys[1]] for row in rows] if len(keys) > 1 else rows
    assert rows
    for row in rows:
        assert row["iri"] == f"https://w3id.org/phahe/doc/{row['path']}"
        assert row["number"] is None or row["number"] in row["citation"]
        assert row["title"] is None or row["title"][1:] in row["citation"]
        assert "url" in row


def test_evidence_leads_to_its_record_and_source(client: TestClient) -> None:
    edges = client.get(f"/v1/documents/{R25}").json()["relations"]
    evidence = [item for edge in edges for item in edge["evidence"]]
    assert evidence
    for item in evidence:
        assert item["source_origin"].startswith(item["source_name"]), "of these sources the file's name"
        for iri in (item["iri"], item["source_iri"]):
            path = iri.removeprefix("https://w3id.org/phahe")
            assert client.get(f"{path}.ttl").status_code == 200, path


def test_a_known_answer_is_not_sent_again(client: TestClient) -> None:
    path = f"/v1/documents/{R25}/lineage"
    first = client.get(path)
    tag, modified = first.headers["etag"], first.headers["last-modified"]
    assert tag.startswith('W/"')
    again = client.get(path, headers={"If-None-Match": f'"x", {tag}'})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    assert client.get(path, headers={"If-None-Match": '"other"'}).status_code == 200
    assert client.get(path, headers={"If-Modified-Since": modified}).status_code == 304
    assert client.get(path, headers={"If-Modified-Since": "Mon, 01 Jan 1990 00:00:00 GMT"}).status_code == 200
    assert client.get(path, headers={"If-Modified-Since": "hôm qua".encode()}).status_code == 200
    missing = client.get("/v1/documents/tw/nq/1999/1", headers={"If-Modified-Since": modified})
    assert missing.status_code == 404, "what is not there is not unchanged"
    turtle = client.get(f"/documents/{R25}", headers={"Accept": "text/turtle"})
    plain = client.get(f"/documents/{R25}", headers={"Accept": "application/json"})
    assert turtle.headers["etag"] != plain.headers["etag"]


def test_head_is_get_without_the_body(client: TestClient) -> None:
    got, asked_head = client.get("/v1/stats"), client.head("/v1/stats")
    assert asked_head.status_code == 200
    assert asked_head.headers["etag"] == got.headers["etag"]


def test_status_comes_with_its_cause(client: TestClient) -> None:
    found = client.get("/v1/documents/tw/qd/2010/290").json()["status"]
    assert found["state"] == "superseded"
    assert [act["by"]["number"] for act in found["chain"]] == ["23-QĐ/TW"]
    assert found["chain"][0]["evidence"][0]["quote"]
    before = client.get("/v1/documents/tw/qd/2010/290?as_of=2015").json()["status"]
    assert (before["state"], before["as_of"]) == ("in-force", "2015")


# question -> numbers of the documents, in order
LISTS = [
    ("q=dan van&issuer=bch-tw&since=2013&until=2014", ["25-NQ/TW"]),
    ("q=công tác dân vận của hệ thống chính trị&status=superseded&polity=party", ["290-QĐ/TW"]),
    ("number=25-nq/tw&sort=-date&since=2004", ["25-NQ/TW"] * 2),
    ("number=25-nq/tw&until=2003", []),
    ("place=hai-duong&level=province&type=qc&since=2021", ["03-QC/TU", "357-QC/TU"]),
]


@pytest.mark.parametrize(("question", "numbers"), LISTS)
def test_lists_hold_what_fits(client: TestClient, question: str, numbers: list[str]) -> None:
    found = client.get(f"/v1/documents?{question}").json()
    assert [row["number"] for row in found["items"]][: len(numbers) or None] == numbers
    assert found["total"] >= len(numbers)


@pytest.mark.parametrize(
    "question", ["sort=-date", "q=dan van", "status=in-force&level=central", "sort=title"]
)
def test_cursors_go_through_a_whole_list(client: TestClient, question: str) -> None:
    paths: list[str] = []
    cursor = ""
    while True:
        page = client.get(f"/v1/documents?{question}&limit=37{cursor and '&cursor='}{cursor}").json()
        paths += [row["path"] for row in page["items"]]
        if page["cursor"] is None:
            break
        cursor = page["cursor"]
    assert len(paths) == len(set(paths)) == page["total"] > 0
    whole = client.get(f"/v1/documents?{question}&limit=500").json()["items"]
    assert paths[:500] == [row["path"] for row in whole]


def test_a_lineage_tells_the_way_to_each_document(client: TestClient) -> None:
    found = client.get(f"/v1/documents/{R25}/lineage?direction=down&relation=relatedTo&depth=3").json()
    assert found["ways"].keys() == {node["iri"] for node in found["nodes"]}
    for iri, way in found["ways"].items():
        here = found["root"]
        for step in way:
            edge = found["edges"][step]
            assert here == edge["object"]
            here = edge["subject"]
        assert here == iri


def test_a_path_shows_the_relation_of_each_step(client: TestClient) -> None:
    question = {"from": "290-QĐ/TW", "to": "28-CT/TU ngày 19/5/2022"}
    found = client.get("/v1/paths", params=question).json()
    assert found["paths"], "28-CT/TU cites 23-QĐ/TW, which replaces 290-QĐ/TW"
    for path in found["paths"]:
        here = found["from"]["iri"]
        assert len(path["steps"]) == path["length"] > 0
        for step in path["steps"]:
            ends = (here, step["document"]["iri"])
            edge = step["edge"]
            assert (edge["subject"], edge["object"]) == (ends if step["direction"] == "up" else ends[::-1])
            assert edge["evidence"][0]["quote"]
            here = step["document"]["iri"]
        assert here == found["to"]["iri"]


def test_wrong_methods_and_forms(client: TestClient) -> None:
    wrong = client.delete("/v1/stats")
    assert (wrong.status_code, wrong.headers["allow"]) == (405, "GET")
    assert client.get("/v1/extract").headers["allow"] == "POST"
    for path in ("/v1/stats", "/v1/find?q=a", "/v1/resolve?q=10/2022/QH15", f"/v1/documents/{R25}"):
        refused = client.get(path, headers={"Accept": "image/png"})
        assert (refused.status_code, refused.headers["content-type"]) == (406, "application/problem+json"), (
            path
        )


def test_places_and_bodies_tell_what_came_after(client: TestClient) -> None:
    places = {row["slug"]: row for row in client.get("/v1/places").json()["items"]}
    assert places["hai-duong"]["until"] == "2025-07-01"
    assert places["hai-duong"]["successors"] == [places["hai-phong"]["iri"]]
    assert places["hai-duong"]["iri"] in places["hai-phong"]["predecessors"]
    gone = {row["slug"] for row in client.get("/v1/places?on=2025-07-01").json()["items"]}
    assert "hai-duong" not in gone
    there = {row["slug"] for row in client.get("/v1/places?on=2025-06-30").json()["items"]}
    assert "hai-duong" in there
    assert len(gone & set(places)) == 34
    bodies = {row["id"]: row for row in client.get("/v1/bodies").json()["items"]}
    assert bodies["bch-tw"]["name"].startswith("Ban Chấp hành Trung ương")
    for row in bodies.values():
        assert all(iri.rpartition("/")[2] in bodies for iri in row["successors"]), row["id"]
