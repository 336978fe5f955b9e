"""The HTTP server: a real one on this machine, over the small graph; its contracts, errors and pages."""

import re
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pyoxigraph as ox
import pytest
import uvicorn

from api.negotiate import preferred
from api.server import create_app
from api.settings import Settings
from tests.browser import chromium, complaints_of, requests_of
from tests.small_graph import PH, REPORT, make_store, swap_build

R25 = "tw/nq/2013/25"


def serve(store: Path) -> tuple[str, uvicorn.Server, threading.Thread]:
    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(create_app(Settings(store=store)), log_level="error"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
    thread.start()
    while not server.started:
        time.sleep(0.01)
    return f"http://127.0.0.1:{listener.getsockname()[1]}", server, thread


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    url, server, thread = serve(make_store(tmp_path_factory.mktemp("http") / "store"))
    yield url
    server.should_exit = True
    thread.join(10)


@pytest.fixture(scope="module")
def client(address: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=address, timeout=20) as client:
        yield client


def assert_problem(answer: httpx.Response, status: int, kind: str) -> None:
    """The one shape of all errors. Source: RFC 9457 section 3."""
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    body = answer.json()
    assert body["status"] == status
    assert body["type"].endswith(f"/{kind}")
    assert {"title", "detail", "instance"} <= set(body)
    assert "\n" not in body["detail"]


# path -> status, kind of problem
PROBLEMS = [
    ("/nowhere", 404, "not-found"),
    ("/documents/tw/nq/1999/1", 404, "not-in-corpus"),
    ("/documents/tw/nq/1999/1/implementing", 404, "not-in-corpus"),
    ("/resolve?q=99-NQ/TW", 404, "not-in-corpus"),
    ("/implementing?ref=99-NQ/TW", 404, "not-in-corpus"),
    ("/graph?ref=99-NQ/TW", 404, "not-in-corpus"),
    ("/resolve", 422, "invalid-parameter"),
    ("/resolve?q=", 422, "invalid-parameter"),
    ("/documents?limit=0", 422, "invalid-parameter"),
    ("/documents?limit=many", 422, "invalid-parameter"),
    ("/documents?type=foo", 400, "bad-query"),
    ("/documents?place=Atlantis", 400, "bad-query"),
    (f"/documents/{R25}/implementing?as_of=03/6/2013", 422, "invalid-parameter"),
    (f"/documents/{R25}/implementing?level=x", 422, "invalid-parameter"),
    (f"/documents/{R25}/lineage?relation=obeys", 400, "bad-query"),
    (f"/documents/{R25}/lineage?direction=left", 422, "invalid-parameter"),
]


@pytest.mark.parametrize(("path", "status", "kind"), PROBLEMS)
def test_every_error_has_the_one_shape(client: httpx.Client, path: str, status: int, kind: str) -> None:
    assert_problem(client.get(path), status, kind)


def test_wrong_methods_and_forms_are_problems_too(client: httpx.Client) -> None:
    assert_problem(client.post("/documents"), 405, "method-not-allowed")
    assert_problem(client.get(f"/documents/{R25}", headers={"Accept": "image/png"}), 406, "not-acceptable")


def test_a_reference_resolves_or_asks_back(client: httpx.Client) -> None:
    one = client.get("/resolve", params={"q": "Nghị quyết số 25-NQ/TW ngày 03/6/2013"})
    assert (one.status_code, one.json()["path"]) == (200, R25)
    several = client.get("/resolve", params={"q": "Nghị quyết 25"})
    assert several.status_code == 300
    assert [row["path"] for row in several.json()["candidates"]] == [R25, "tw/nq/2008/25", "tw/nq/2003/25"]
    assert all(row["why"] and row["href"] for row in several.json()["candidates"])
    for path in ("/implementing", "/lineage", "/graph"):
        assert client.get(path, params={"ref": "25-NQ/TW"}).status_code == 300


def test_an_address_from_before_the_year_was_known_leads_on(client: httpx.Client) -> None:
    moved = client.get("/documents/tu-hai-duong/ct/28")
    assert moved.status_code == 301
    assert moved.headers["location"].endswith("/documents/tu-hai-duong/ct/2022/28")
    assert client.get("/documents/tw/nq/25").status_code == 300


def test_implementing_by_address_and_by_reference(client: httpx.Client) -> None:
    by_path = client.get(f"/documents/{R25}/implementing").json()
    by_reference = client.get("/implementing", params={"ref": "25-NQ/TW ngày 03/6/2013"}).json()
    assert by_path == by_reference
    assert by_path["total"] == len(by_path["items"]) == 5
    for row in by_path["items"]:
        assert row["quote"] == REPORT.raw[row["start"] : row["end"]]
    narrowed = client.get(
        f"/documents/{R25}/implementing", params={"place": "Hưng Yên", "direct": "true"}
    ).json()
    assert [row["document"]["number"] for row in narrowed["items"]] == ["28-CT/TU"]


def test_lineage(client: httpx.Client) -> None:
    found = client.get("/lineage", params={"ref": "12-KH/HU", "direction": "up"}).json()
    assert [node["path"] for node in found["nodes"]] == [
        "hu-thanh-ha-hai-duong/kh/2022/12",
        "tu-hai-duong/ct/2022/28",
        R25,
    ]
    assert [edge["predicate"] for edge in found["edges"]] == ["guides", "implements"]
    cycle = client.get(
        "/documents/tw/qd/2021/23/lineage", params={"direction": "both", "relation": "supersedes"}
    )
    assert len(cycle.json()["nodes"]) == 2


def test_lists_come_in_pages(client: httpx.Client) -> None:
    paths: list[str] = []
    offset: int | None = 0
    while offset is not None:
        page = client.get("/documents", params={"limit": 4, "offset": offset}).json()
        paths += [row["path"] for row in page["items"]]
        offset = page["next"]
    assert len(paths) == len(set(paths)) == page["total"] == 14
    assert client.get("/documents", params={"type": "nq", "q": "dan van"}).json()["total"] == 1


def test_a_document_comes_in_the_form_asked_for(client: httpx.Client) -> None:
    path = f"/documents/{R25}"
    assert client.get(path).json()["number"] == "25-NQ/TW"
    assert len(client.get(path).json()["relations"]) == 4
    for name, form in (
        ("text/turtle", ox.RdfFormat.TURTLE),
        ("application/n-triples", ox.RdfFormat.N_TRIPLES),
    ):
        answer = client.get(path, headers={"Accept": name})
        assert answer.headers["content-type"].startswith(name)
        triples = list(ox.parse(answer.content, form))
        assert ox.NamedNode(f"{PH}number") in {triple.predicate for triple in triples}
    page = client.get(path, headers={"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"})
    assert page.headers["content-type"].startswith("text/html")
    assert "Hưng Yên &lt;b&gt;ban hành&lt;/b&gt;" in page.text, "a stranger's words are escaped"


# accepted -> chosen of JSON, Turtle, HTML
@pytest.mark.parametrize(
    ("accept", "chosen"),
    [
        (None, "application/json"),
        ("*/*", "application/json"),
        ("text/*", "text/turtle"),
        ("text/html", "text/html"),
        ("text/turtle;q=0.2, text/html;q=0.3", "text/html"),
        ("text/html;q=0, */*;q=0.1", "application/json"),
        ("text/turtle, */*;q=0.9", "text/turtle"),
        ("image/png", None),
        ("text/html;q=x", None),
        (",,;", None),
    ],
)
def test_accept_is_weighed(accept: str | None, chosen: str | None) -> None:
    assert preferred(accept, ["application/json", "text/turtle", "text/html"]) == chosen


def test_openapi_names_every_path(client: httpx.Client) -> None:
    paths = client.get("/openapi.json").json()["paths"]
    assert {
        "/v1/documents", "/v1/documents/{path}", "/v1/documents/{path}/implementing", "/v1/documents/{path}/lineage",
        "/v1/resolve", "/v1/find", "/v1/implementing", "/v1/lineage", "/sparql", "/graphs", "/healthz", "/readyz",
    } <= set(paths)  # fmt: skip
    assert set(paths["/sparql"]) == {"get", "post"}


def test_pages_for_people(client: httpx.Client) -> None:
    browser = {"Accept": "text/html"}
    home = client.get("/", headers=browser)
    assert 'action="/resolve"' in home.text
    assert home.headers["content-security-policy"].startswith("default-src 'none'")
    found = client.get("/resolve", params={"q": "290-QĐ/TW"}, headers=browser)
    assert (found.status_code, found.next_request.url.path if found.next_request else "") == (
        303,
        "/documents/tw/qd/2009/290",
    )
    several = client.get("/resolve", params={"q": 'Nghị quyết 25 "><script>'}, headers=browser)
    assert several.headers["content-type"].startswith("text/html")
    assert "<script" not in several.text
    missing = client.get("/resolve", params={"q": "99-NQ/TW"}, headers=browser)
    assert (missing.status_code, missing.headers["content-type"].split(";")[0]) == (404, "text/html")
    assert "Không có trong kho này" in missing.text


def test_a_new_build_is_taken_up_without_a_restart(tmp_path: Path) -> None:
    url, server, thread = serve(tmp_path / "store")
    try:
        assert_problem(httpx.get(f"{url}/readyz"), 503, "no-store")
        assert httpx.get(f"{url}/healthz").status_code == 200
        make_store(tmp_path / "store")
        first = httpx.get(f"{url}/readyz").json()["version"]
        swap_build(tmp_path / "store", "nghị quyết tôn giáo")
        deadline = time.monotonic() + 10
        while httpx.get(f"{url}/readyz").json()["version"] == first and time.monotonic() < deadline:
            time.sleep(0.05)
        assert httpx.get(f"{url}/readyz").json()["version"] != first
        assert (
            httpx.get(f"{url}/resolve", params={"q": "nghị quyết tôn giáo"}).json()["path"] == "tw/nq/2003/25"
        )
    finally:
        server.should_exit = True
        thread.join(10)


def test_pages_load_nothing_from_elsewhere(address: str, tmp_path: Path) -> None:
    with chromium(tmp_path) as browser:
        for path, text in (
            ("/", "phả hệ"),
            ("/docs", "/documents"),
            (f"/graph?ref={R25}&hops=2", "25-NQ/TW"),
            (f"/documents/{R25}", "28-CT/TU"),
        ):
            requests_of(browser)
            browser.get(address + path)
            deadline = time.monotonic() + 10
            while text not in browser.find_element("tag name", "body").text and time.monotonic() < deadline:
                time.sleep(0.05)
            assert text in browser.find_element("tag name", "body").text, path
            asked = requests_of(browser)
            assert asked, path
            assert all(url.startswith(address) for url in asked), (path, asked)
            assert not [line for line in complaints_of(browser) if not re.search(r"favicon", line)], path
        browser.get(address + "/")
        browser.find_element("name", "q").send_keys("Luật Thực hiện dân chủ ở cơ sở\n")
        time.sleep(0.3)
        assert browser.current_url.endswith("/documents/vn/luat/2022/10-qh15")
