"""Posted texts: in every form that is read, with offsets into the text as decoded; what cannot be read is told."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from starlette.testclient import TestClient

from api.server import create_app
from api.settings import Settings
from tests.corpus import client_over
from tests.make_files import REPORT, legacy_bytes, make_docx, paragraph, pdf_bytes
from tests.small_graph import make_store

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    with client_over(make_store(tmp_path_factory.mktemp("texts") / "store")) as client:
        yield client


def word(folder: Path) -> bytes:
    return make_docx(folder / "bao-cao.docx", paragraph(REPORT.strip())).read_bytes()


def page(_: Path) -> bytes:
    return f"<html><body><p>{REPORT}</p></body></html>".encode()


# content type, file name in a form or None for a bare body, the bytes
POSTS: list[tuple[str, str | None, Callable[[Path], bytes]]] = [
    ("text/plain", None, lambda _: REPORT.encode()),
    ("text/plain; charset=utf-8", None, lambda _: REPORT.encode("utf-16")),
    ("text/plain", None, lambda _: legacy_bytes(REPORT, "tcvn3")),
    ("text/markdown", None, lambda _: f"# Báo cáo\n\n{REPORT}".encode()),
    ("text/html", None, page),
    (DOCX, None, word),
    ("text/plain", "bao-cao.txt", lambda _: REPORT.encode()),
    ("application/octet-stream", "bao-cao.docx", word),
    (DOCX, "tep", word),
    ("text/html", "trang.HTM", page),
]


def post(client: TestClient, path: str, kind: str, name: str | None, content: bytes) -> httpx.Response:
    if name is not None:
        return client.post(path, files={"file": (name, content, kind)})
    return client.post(path, content=content, headers={"Content-Type": kind})


@pytest.mark.parametrize(("kind", "name", "content"), POSTS)
def test_a_text_is_read_in_every_form(
    client: TestClient, tmp_path: Path, kind: str, name: str | None, content: Callable[[Path], bytes]
) -> None:
    answer = post(client, "/v1/extract", kind, name, content(tmp_path))
    assert answer.status_code == 200, answer.text
    said = answer.json()
    assert [document["number"] for document in said["documents"].values()] == ["25-NQ/TW", "28-CT/TU"]
    states = [document["link"]["state"] for document in said["documents"].values()]
    assert states == ["known", "ambiguous"], "28-CT/TU without a province stays open"
    assert [c["path"] for c in said["documents"]["d2"]["link"]["candidates"]] == [
        "tu-hai-duong/ct/2022/28",
        "tu-hung-yen/ct/2022/28",
    ]
    assert [r["predicate"] for r in said["relations"]] == ["implements"]
    assert said["source"] == (Path(name).stem if name else "text")
    verified = post(client, "/v1/verify", kind, name, content(tmp_path)).json()
    assert [citation["verdict"] for citation in verified["citations"]] == ["known", "ambiguous"]


def test_offsets_are_of_the_text_that_was_posted(client: TestClient) -> None:
    said = client.post("/v1/extract", json={"text": REPORT, "name": "báo cáo"}).json()
    assert said["source"] == "báo cáo"
    for item in said["mentions"]:
        assert REPORT[item["start"] : item["end"]] == item["text"]
    for item in said["relations"]:
        assert REPORT[item["start"] : item["end"]] == item["quote"]


# body, content type -> status, kind of problem
REFUSED: list[tuple[bytes, str, int, str]] = [
    (b"{}", "application/json", 422, "invalid-parameter"),
    (b"{", "application/json", 422, "invalid-parameter"),
    (b'{"text": "  "}', "application/json", 422, "invalid-parameter"),
    (b'{"text": "a", "lang": "vi"}', "application/json", 422, "invalid-parameter"),
    (b"", "text/plain", 422, "unreadable"),
    (b"\x00\x01\x02", "text/plain", 422, "unreadable"),
    (b"%PDF-1.4 x", "application/pdf", 422, "unreadable"),
    (b"PK\x03\x04x", DOCX, 422, "unreadable"),
    (b"<html></html>", "text/html", 422, "unreadable"),
    (b"x", "image/png", 415, "unsupported-media-type"),
    (b"x", "", 415, "unsupported-media-type"),
    (b"x", "multipart/form-data", 400, "bad-request"),
    (b"--b\r\n\r\n--b--", "multipart/form-data; boundary=b", 400, "bad-request"),
    (
        b'--b\r\nContent-Disposition: form-data; name="text"\r\n\r\nx\r\n--b--\r\n',
        "multipart/form-data; boundary=b",
        422,
        "invalid-parameter",
    ),
]


@pytest.mark.parametrize(("body", "kind", "status", "problem"), REFUSED)
@pytest.mark.parametrize("path", ["/v1/extract", "/v1/verify"])
def test_what_cannot_be_read_is_told(
    client: TestClient, path: str, body: bytes, kind: str, status: int, problem: str
) -> None:
    answer = client.post(path, content=body, headers={"Content-Type": kind} if kind else {})
    assert answer.status_code == status, answer.text
    said: dict[str, Any] = answer.json()
    assert said["type"].endswith(f"/{problem}")
    assert "posted" not in said["detail"], "where the file lay meanwhile is nobody's business"


def test_tables_and_many_texts_are_no_text(client: TestClient) -> None:
    for name in ("documents.csv", "nhieu.jsonl", "cu.doc"):
        answer = client.post("/v1/extract", files={"file": (name, b"x", "application/octet-stream")})
        assert answer.status_code == 415, name
        assert name in answer.json()["detail"]


def test_pdf_files_are_read(client: TestClient) -> None:
    answer = client.post(
        "/v1/extract",
        content=pdf_bytes("Nghi quyet so 25-NQ/TW ngay 03/6/2013"),
        headers={"Content-Type": "application/pdf"},
    )
    assert answer.status_code == 200, answer.text


def test_a_body_beyond_the_limit_is_413(tmp_path: Path) -> None:
    app = create_app(Settings(store=make_store(tmp_path / "store"), max_body_bytes=1000))
    with TestClient(app) as client:
        answer = client.post("/v1/verify", content=b"x" * 2000, headers={"Content-Type": "text/plain"})
        assert (answer.status_code, answer.headers["content-type"]) == (413, "application/problem+json")
