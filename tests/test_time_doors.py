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
    answer = client.get(path, headers={"Accept": "text/html"})
    assert answer.headers["content-type"].startswith("text/html"), answer.text[:300]
    assert "<script>" not in answer.text and "style=" not in answer.text and "javascript:" not in answer.text
    assert not re.search(r'(?:src|href)="https?://(?!127\.0\.0\.1)', answer.text)
    return answer.text


PAGES = [
    ("/findings", ["Cần rà soát", "không phải kết luận", "feed.atom"]),
    ("/findings?kind=twins", ["Có thể trùng"]),
    (f"/coverage/{R25}", ["34 tỉnh, thành từ 01/7/2025", "63 tỉnh, thành", "<svg", "Hải Dương", "không đánh giá"]),
    (f"/compare/{R25}?sort=delay", ["37-CTr/TU", "Sau (ngày)"]),
    (f"/diff?ref={Q290}&from=2015&to=2026", ["đổi tình trạng", "23-QĐ/TW"]),
    ("/ask", ["Các dạng câu hỏi"]),
    ("/ask?q=Văn bản nào thay thế Quyết định 290-QĐ/TW?", ["23-QĐ/TW", "SELECT", "acts.rq"]),
    ("/ask?q=Văn bản nào thực hiện Nghị quyết 25?", ["Nhiều văn bản mang số", "tw/nq/2013/25"]),
    ("/ask?q=<script>alert(1)</script>", ["chưa hiểu được", "&lt;script&gt;"]),
]  # fmt: skip


@pytest.mark.parametrize(("path", "words"), PAGES)
def test_pages(client: TestClient, path: str, words: list[str]) -> None:
    text = html(client, path)
    assert all(word in text for word in words), [word for word in words if word not in text]


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
