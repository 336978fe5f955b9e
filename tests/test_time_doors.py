"""Time over HTTP and on the command line: data by their models, tables, pages, feeds; marks are respected."""

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from click.testing import CliRunner
from pydantic import BaseModel
from starlette.testclient import TestClient

from api.cli import cli
from api.models.document import Choices
from api.models.finding import Findings
from api.models.in_time import Comparison, Coverage, Difference, PlainAnswer, StatusAnswer
from api.models.problem import Problem
from tests.corpus import build_corpus, client_over

R25, Q290 = "tw/nq/2013/25", "tw/qd/2010/290"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_corpus(tmp_path_factory.mktemp("thoi-gian") / "kho")


@pytest.fixture(scope="module")
def client(store: Path) -> Iterator[TestClient]:
    with client_over(store) as client:
        yield client


# path -> status, model
ANSWERS: list[tuple[str, int, type[BaseModel]]] = [
    (f"/status?ref={Q290}", 200, StatusAnswer),
    (f"/status?ref={Q290}&as_of=2015", 200, StatusAnswer),
    (f"/status?ref={Q290}&known_at=2020", 200, StatusAnswer),
    ("/status?ref=25-NQ/TW", 300, Choices),
    ("/status?ref=99-NQ/TW", 404, Problem),
    (f"/status?ref={Q290}&as_of=hôm qua", 422, Problem),
    (f"/status?ref={Q290}&known_at=aaaaaaaaaaaaaaaa", 400, Problem),
    (f"/status?ref={Q290}&known_at=aaaa", 422, Problem),
    (f"/diff?ref={Q290}&from=2015&to=2026", 200, Difference),
    (f"/diff?ref={Q290}&from=2026&to=2015", 400, Problem),
    (f"/diff?ref={Q290}&from=2026", 422, Problem),
    ("/findings", 200, Findings),
    ("/findings?kind=resting&kind=cycle&severity=high&as_of=2026&limit=2", 200, Findings),
    ("/findings?ref=ubnd-ninh-binh/qd/2019/36-2019", 200, Findings),
    ("/findings?kind=verdict", 422, Problem),
    (f"/coverage/{R25}", 200, Coverage),
    (f"/coverage/{R25}?as_of=2024", 200, Coverage),
    ("/coverage/tw/nq/1900/1", 404, Problem),
    (f"/compare/{R25}?sort=delay", 200, Comparison),
    (f"/compare/{R25}?level=province", 200, Comparison),
    ("/ask?q=Văn bản nào thay thế Quyết định 290-QĐ/TW?", 200, PlainAnswer),
    ("/ask?q=Văn bản nào thực hiện Nghị quyết 25?", 300, Choices),
    ("/ask?q=Tình yêu là gì?", 400, Problem),
    ("/ask?q=Quyết định 999999-QĐ/TW còn hiệu lực không?", 404, Problem),
]  # fmt: skip


@pytest.mark.parametrize(("path", "status", "model"), ANSWERS)
def test_answers_are_what_their_models_say(
    client: TestClient, path: str, status: int, model: type[BaseModel]
) -> None:
    answer = client.get(f"/v1{path}")
    assert answer.status_code == status, answer.text
    model.model_validate_json(answer.content)
    plain = client.get(path)
    assert plain.status_code == status
    if status != 200:
        return
    assert plain.content == answer.content


def html(client: TestClient, path: str) -> str:
    client.cookies.clear()  # a first visit: in Vietnamese
    answer = client.get(path, headers={"Accept": "text/html"})
    assert answer.headers["content-type"].startswith("text/html"), answer.text[:300]
    assert "<script>" not in answer.text and "style=" not in answer.text and "javascript:" not in answer.text
    assert not re.search(r'src="https?://(?!127\.0\.0\.1)', answer.text)
    foreign = re.findall(r'<[^>]+href="https?://(?!127\.0\.0\.1|testserver)[^>]+>', answer.text)
    assert all(tag.startswith("<a ") and 'rel="noreferrer"' in tag for tag in foreign)
    return answer.text


PAGES = [
    ("/findings", ["Cần rà soát", "không phải kết luận", "feed.atom"]),
    ("/findings", ["dòng trong danh mục của kho", "vbpl.vn", "offset=25"]),
    ("/findings?kind=twins", ['aria-current="true">Có thể trùng']),
    ("/findings?severity=high", ['aria-current="true">Cao', "Mức: cao", "format=csv"]),
    ("/findings?severity=high&lang=en", ["To review", "Severity: high", "Rests on what has changed"]),
    (f"/coverage/{R25}", ["34 tỉnh, thành từ 01/7/2025", "63 tỉnh, thành", 'class="map"', "không đánh giá"]),
    (f"/coverage/{R25}?lang=en", ["34 provinces since 1 July 2025", "it judges no province"]),
    (f"/compare/{R25}?sort=delay", ["37-CTr/TU", "Sau (ngày)", 'aria-sort="ascending"', "sort=cites"]),
    (f"/compare/{R25}?as_of=2015", ["as_of=2015&amp;sort=date", "as_of=2015&amp;sort=place&amp;format=csv"]),
    (f"/compare/{R25}?lang=en", ["Days after", "In force as far as this corpus knows"]),
    (f"/diff?ref={Q290}&from=2015&to=2026&lang=en", ["Documents added", "Superseded"]),
    (f"/diff?ref={Q290}&from=2015&to=2015", ["không thấy thay đổi"]),
    (f"/documents/{Q290}", ["Đã được thay thế hoặc thôi áp dụng", "/diff?ref=", "Thay đổi theo thời gian"]),
    (f"/documents/{Q290}?lang=en", ["Another document replaces or repeals it."]),
    (f"/documents/{Q290}?as_of=2015", ["Chưa thấy bị thay thế", "tính đến 2015"]),
    (f"/documents/{R25}", [f"/coverage/{R25}", f"/compare/{R25}"]),
    ("/documents/ubnd-ninh-binh/qd/2019/36-2019", ["Cần rà soát: 1", "/findings?ref="]),
    ("/", ["Văn bản địa phương nào thực hiện Nghị quyết số 25-NQ/TW", "còn hiệu lực không?"]),
    (f"/diff?ref={Q290}&from=2015&to=2026", ["đổi tình trạng", "23-QĐ/TW"]),
    ("/ask", ["Các dạng câu hỏi"]),
    ("/ask?q=Văn bản nào thay thế Quyết định 290-QĐ/TW?", ["23-QĐ/TW", "SELECT", "acts.rq", "/sparql#query="]),
    ("/ask?q=Văn bản nào thực hiện tw/nq/2013/25?", ["37-CTr/TU", '<blockquote class="quote">']),
    ("/ask?q=Quyết định 999999-QĐ/TW còn hiệu lực không?", ["không có văn bản được hỏi"]),
    ("/ask?lang=en", ["Questions that can be answered"]),
    ("/ask?q=Văn bản nào thực hiện Nghị quyết 25?", ["Nhiều văn bản mang số", "tw/nq/2013/25"]),
    ("/ask?q=<script>alert(1)</script>", ["chưa hiểu được", "&lt;script&gt;"]),
]  # fmt: skip


@pytest.mark.parametrize(("path", "words"), PAGES)
def test_pages(client: TestClient, path: str, words: list[str]) -> None:
    text = html(client, path)
    assert all(word in text for word in words), [word for word in words if word not in text]


# typed into the search -> where it leads: `ask`, `documents`, or the page of candidates (300)
SEARCHES = [
    ("Văn bản địa phương nào thực hiện Nghị quyết 25?", "ask"),
    ("van ban dia phuong nao thuc hien nghi quyet 25", "ask"),
    ("Chỉ thị 33 còn hiệu lực không?", "ask"),
    ("Hải Dương nay thuộc tỉnh nào?", "ask"),
    ("Văn bản nào cần rà soát?", "ask"),
    ("290-QĐ/TW", "documents"),
    ("Quyết định 290-QĐ/TW", "documents"),
    ("Nghị quyết 25", ""),
    ("triển khai thi hành Luật Thực hiện dân chủ ở cơ sở", "documents"),
]


@pytest.mark.parametrize(("words", "leads"), SEARCHES)
def test_a_question_typed_into_the_search_is_answered(client: TestClient, words: str, leads: str) -> None:
    answer = client.get("/resolve", params={"q": words}, headers={"Accept": "text/html"})
    if leads:
        assert answer.status_code == 303
        assert f"/{leads}" in answer.headers["location"]
    else:
        assert answer.status_code in (300, 404)
    # programs ask which document is meant, and are told
    assert client.get("/resolve", params={"q": words}).status_code != 303


def test_whoever_types_a_title_gets_the_document(client: TestClient) -> None:
    """A title may read like a question; it leads to its document or to candidates, never to an answer."""
    for item in client.get("/documents?q=thực hiện&limit=100").json()["items"]:
        typed = {"q": f"{item['type']} {item['title']}"}
        answer = client.get("/resolve", params=typed, headers={"Accept": "text/html"})
        assert "/ask" not in answer.headers.get("location", ""), typed


def test_the_banner_of_a_document_is_its_status(client: TestClient) -> None:
    for path in (Q290, R25, "ubnd-ninh-binh/qd/2019/36-2019", "tw/kl/2021/21"):
        status = client.get(f"/status?ref={path}").json()
        page = html(client, f"/documents/{path}")
        assert status["label"][1:] in page
        assert status["reason_label"] in page


def test_every_province_is_told_in_words(client: TestClient) -> None:
    """Each tile bears the name of its province, and its state without colour."""
    page = html(client, f"/coverage/{R25}")
    for era, count in (("34 tỉnh", 34), ("63 tỉnh", 63)):
        tiles = page.partition(era)[2].partition('<ol class="map">')[2].partition("</ol>")[0]
        assert tiles.count("<li") == count
        assert len(re.findall(r"</i>[^<]{3,}<", tiles)) == count
        assert len(re.findall(r'(?:aria-label="[^"]+: |sr-only">: )\w', tiles)) == count


def test_filters_of_findings_go_together(client: TestClient) -> None:
    page = html(client, "/findings?kind=resting&severity=high")
    assert 'href="?severity=high&amp;kind=twins"' in page
    assert 'href="?kind=resting&amp;severity=medium"' in page
    listed = client.get("/findings?kind=resting&severity=high").json()["items"]
    assert re.findall(r'<tr id="(\w+)"', page) == [item["id"] for item in listed]


def test_pages_of_findings_hold_each_once(client: TestClient) -> None:
    ids: list[str] = []
    path = "/findings"
    while path:
        page = html(client, path)
        ids += re.findall(r'<tr id="(\w+)"', page)
        following = re.search(r'href="(\?[^"]+)" rel="next"', page)
        path = f"/findings{following[1].replace('&amp;', '&')}" if following else ""
    assert ids == [item["id"] for item in client.get("/findings?limit=1000").json()["items"]]


def table(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_tables(client: TestClient) -> None:
    rows = table(client.get(f"/coverage/{R25}?format=csv&as_of=2026").text)
    assert {row["era"] for row in rows} == {"old", "present"}
    assert len({(row["era"], row["place"]) for row in rows}) == 63 + 34
    compared = client.get(f"/compare/{R25}", headers={"Accept": "text/csv"})
    assert compared.headers["content-type"].startswith("text/csv")
    assert {row["number"] for row in table(compared.text)} >= {"28-CT/TU", "357-QC/TU"}
    assert table(client.get("/findings?format=csv&kind=resting").text)[0]["kind"] == "resting"


def test_feeds(client: TestClient) -> None:
    total = client.get("/findings").json()["total"]
    atom = client.get("/findings/feed.atom")
    assert atom.headers["content-type"].startswith("application/atom+xml")
    feed = ElementTree.fromstring(atom.content)  # noqa: S314 - our own
    space = {"a": "http://www.w3.org/2005/Atom"}
    ids = [entry.text for entry in feed.findall("a:entry/a:id", space)]
    assert len(ids) == len(set(ids)) == min(total, 200)
    for name in ("title", "updated", "id", "author/a:name"):
        assert feed.find(f"a:{name}", space) is not None
    told = client.get("/findings", headers={"Accept": "application/feed+json"}).json()
    assert told["version"] == "https://jsonfeed.org/version/1.1"
    assert [item["id"] for item in told["items"]] == ids


def run(store: Path, *words: str) -> Any:
    return CliRunner().invoke(cli, [*words, "--store", str(store)])


# words -> exit status, what stdout says
RUNS: list[tuple[list[str], int, str]] = [
    (["status", "290-QĐ/TW"], 0, "đã được thay thế"),
    (["status", "290-QĐ/TW", "--as-of", "2015"], 0, "chưa thấy bị thay thế"),
    (["status", "290-QĐ/TW"], 0, "Kho biết văn bản này từ"),
    (["status", "290-QĐ/TW", "--format", "csv"], 0, "superseded,chain,tw/qd/2021/23"),
    (["status", "25-NQ/TW"], 3, "25-NQ/TW"),
    (["diff", "290-QĐ/TW", "--from", "2015", "--to", "2026"], 0, "23-QĐ/TW"),
    (["diff", "290-QĐ/TW", "--from", "2015", "--to", "2026", "--format", "csv"], 0, "status,tw/qd/2010/290,in-force"),
    (["diff", "290-QĐ/TW", "--from", "2027", "--to", "2026"], 2, ""),
    (["findings", "--kind", "resting"], 0, "Cần rà soát"),
    (["findings", R25], 1, ""),
    (["coverage", R25, "--era", "present"], 0, "/34"),
    (["coverage", R25, "--as-of", "2024", "--format", "csv"], 0, "old,hai-duong,Hải Dương,implemented"),
    (["compare", R25, "--sort", "delay"], 0, "37-CTr/TU"),
    (["place", "Hải Phòng", "--sense", "predecessors"], 0, "Hải Dương"),
    (["place", "Atlantis"], 2, ""),
    (["ask", "Văn bản nào thay thế Quyết định 290-QĐ/TW?", "--sparql"], 0, "SELECT"),
    (["ask", "Tình yêu là gì?"], 2, ""),
]  # fmt: skip


@pytest.mark.parametrize(("words", "status", "says"), RUNS)
def test_commands(store: Path, words: list[str], status: int, says: str) -> None:
    done = run(store, *words)
    assert done.exit_code == status, done.output
    assert says in done.stdout


def test_marks_hide_findings_in_this_and_later_builds(store: Path, client: TestClient) -> None:
    before = client.get("/findings").json()
    marked = before["items"][0]["id"]
    marks = store / "findings.toml"
    marks.write_text(f'[[finding]]\nid = "{marked}"\nmark = "wrong"\nnote = "đã hỏi lại"\n', encoding="utf-8")
    try:
        after = client.get("/findings").json()
        assert (after["total"], after["hidden"]) == (before["total"] - 1, 1)
        assert marked not in {item["id"] for item in after["items"]}
        shown = client.get("/findings?marked=true").json()["items"]
        assert {(item["mark"], item["note"]) for item in shown if item["id"] == marked} == {
            ("wrong", "đã hỏi lại")
        }
        assert marked not in run(store, "findings").stdout
        assert marked in run(store, "findings", "--all", "--format", "csv").stdout
        build_corpus(store)
        assert client.get("/findings").json()["hidden"] == 1
    finally:
        marks.unlink()
