"""The pages: what they say without a script, their languages and headers, phone width, accessibility, no barrier."""

import re
from collections.abc import Iterator
from http.cookiejar import DefaultCookiePolicy
from pathlib import Path

import httpx
import pytest

from api.pages import POLICY
from api.web.assets import assets, fingerprint
from api.web.language import messages
from graph.store import Store
from tests.conftest import REPOSITORY
from tests.visitor import PHONE, Visitor, running

R25 = "tw/nq/2013/25"
HTML = {"Accept": "text/html"}
AXE = REPOSITORY / "tests" / "node" / "node_modules" / "axe-core" / "axe.min.js"

PAGES = [
    "/",
    "/about",
    "/resolve?q=Nghị quyết 25",
    "/resolve?q=99-NQ/TW",
    "/nowhere",
    f"/documents/{R25}",
    f"/documents/{R25}?group=down-implements&place=hai-duong",
    "/documents/tw/qd/2010/290",
    "/places/hai-duong",
    "/bodies/bct",
    "/explore",
    f"/explore?ref={R25}",
    "/ontology",
    "/sparql",
    "/docs",
    "/findings",
    "/findings?kind=resting&severity=high",
    f"/coverage/{R25}",
    f"/compare/{R25}?sort=delay",
    "/diff?ref=tw/qd/2010/290&from=2015&to=2026",
    "/ask",
    "/ask?q=Văn bản nào thực hiện tw/nq/2013/25?",
    "/ask?q=Văn bản nào thực hiện Nghị quyết 25?",
    "/ask?q=Tình yêu là gì?",
]


@pytest.fixture(scope="module")
def client(demo_address: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=demo_address, timeout=20, headers=HTML) as client:
        client.cookies.jar.set_policy(DefaultCookiePolicy(allowed_domains=[]))  # each request a first visit
        yield client


@pytest.fixture(scope="module")
def sources(demo_store: Path) -> list[str]:
    """Addresses of sources: one with its quotation, one that leaves citations open."""
    with Store(demo_store) as store:
        [quoted, *_] = store.query(
            "SELECT ?s ?start ?end { ?r ph:subject <https://w3id.org/phahe/doc/tu-hai-duong/ct/2022/28> ;"
            " ph:basis ph:stated ; ph:source ?s ; ph:start ?start ; ph:end ?end }"
        )
        [still_open, *_] = store.query(
            "SELECT ?s { ?m a ph:UnresolvedMention ; ph:candidate ?c ; ph:source ?s }"
        )
    first = quoted["s"].value.rpartition("/")[2]
    span = f"start={quoted['start'].value}&end={quoted['end'].value}"
    return [f"/sources/{first}?{span}", f"/sources/{still_open['s'].value.rpartition('/')[2]}"]


@pytest.mark.parametrize("path", PAGES)
def test_every_page_in_both_languages_and_under_the_policy(client: httpx.Client, path: str) -> None:
    for language in ("vi", "en"):
        answer = client.get(path, params=httpx.QueryParams(httpx.URL(path).params).set("lang", language))
        assert f'<html lang="{language}"' in answer.text
        assert answer.headers["content-language"] == language
        assert answer.headers["content-security-policy"].startswith(POLICY)
        assert "unsafe" not in answer.headers["content-security-policy"]
        assert "Cookie" in answer.headers["vary"]
        assert not re.search(r"<[^>]+\s(?:style|on\w+)=", answer.text), "nothing in line"
        assert not re.search(r"<script(?! type=\"(?:application/(?:ld\+)?json|module)\"| src=)", answer.text)


def test_the_language_is_remembered(demo_address: str) -> None:
    with httpx.Client(base_url=demo_address, headers=HTML) as own:
        assert '<html lang="en"' in own.get("/?lang=en").text
        assert '<html lang="en"' in own.get("/about").text
        assert '<html lang="vi"' in own.get("/about?lang=vi").text
        assert '<html lang="vi"' in own.get("/about?lang=xx").text


def test_every_message_has_both_languages_and_the_same_gaps() -> None:
    vietnamese, english = messages("vi"), messages("en")
    assert vietnamese.keys() == english.keys()
    for name, words in vietnamese.items():
        assert set(re.findall(r"\{\w+\}", words)) == set(re.findall(r"\{\w+\}", english[name])), name


def test_every_message_is_used() -> None:
    files = [
        *(REPOSITORY / "api").rglob("*.html"),
        *(REPOSITORY / "api").rglob("*.js"),
        *(REPOSITORY / "api").rglob("*.py"),
    ]
    text = "\n".join(path.read_text("utf-8") for path in files)
    # names that are put together: "filter_" + kind, "document." + name
    starts = set(re.findall(r'["\'`]([\w.]+_)(?:\$\{|["\'] ~)', text))
    unused = [
        name
        for name in messages("vi")
        if f'"{name}"' not in text
        and f"'{name}'" not in text
        and f'"{name.partition(".")[2]}"' not in text
        and not any(name.startswith(start) or name.partition(".")[2].startswith(start) for start in starts)
    ]
    assert unused == []


def test_a_page_is_not_sent_twice(client: httpx.Client) -> None:
    first = client.get(f"/documents/{R25}")
    again = client.get(f"/documents/{R25}", headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    other = client.get(f"/documents/{R25}?lang=en", headers={"If-None-Match": first.headers["etag"]})
    assert other.status_code == 200


def test_assets_are_kept_for_good_under_their_fingerprint(client: httpx.Client) -> None:
    for name in assets():
        answer = client.get(f"/static/{fingerprint()}/{name}")
        assert answer.status_code == 200
        assert "immutable" in answer.headers["cache-control"]
        assert answer.content == assets()[name]
    old = client.get("/static/0123456789abcdef/base.css")
    assert (old.status_code, old.headers["location"]) == (307, f"/static/{fingerprint()}/base.css")
    assert client.get(f"/static/{fingerprint()}/%2e%2e/pages.py").status_code == 404
    known = client.get(f"/static/{fingerprint()}/base.css", headers={"If-None-Match": f'"{fingerprint()}"'})
    assert known.status_code == 304


def test_a_documents_page_is_small(client: httpx.Client) -> None:
    page = client.get(f"/documents/{R25}", headers={"Accept-Encoding": "identity"})
    ours = re.findall(r'(?:src|href)="(/static/[^"]+)"', page.text)
    size = len(page.content) + sum(len(client.get(path).content) for path in ours)
    assert size < 100_000


def test_without_script_the_evidence_is_there(client: httpx.Client) -> None:
    page = client.get(f"/documents/{R25}?group=down-implements&place=hai-duong").text
    for number in ("357-QC/TU", "28-CT/TU", "03-QC/TU", "05-ĐA/TU"):
        assert number in page
    table = client.get(f"/explore?ref={R25}").text
    assert "<noscript>" in table
    assert "tu-hai-duong/ct/2022/28" in table.partition("<noscript>")[2]


def test_a_source_marks_what_it_cites(client: httpx.Client, sources: list[str]) -> None:
    quoted, still_open = (client.get(path).text for path in sources)
    assert f'href="/documents/{R25}"' in quoted.partition('class="text"')[2]
    assert quoted.count('id="here"') == 1
    assert 'class="open"' in still_open.partition('class="text"')[2]
    assert "Ứng viên" in still_open


def test_a_text_is_shown_whole_and_unchanged(client: httpx.Client, demo_store: Path) -> None:
    """Marks and links change no letter of the text."""
    from html.parser import HTMLParser

    class Text(HTMLParser):
        depth, words = 0, ""

        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            self.depth += tag == "div" and (self.depth > 0 or ("class", "text") in attrs)

        def handle_endtag(self, tag: str) -> None:
            self.depth -= tag == "div" and self.depth > 0

        def handle_data(self, data: str) -> None:
            self.words += data if self.depth else ""

    with Store(demo_store) as store:
        for id_ in store.texts.ids("text"):
            parts = 1 + len(re.findall(r'rel="next"', client.get(f"/sources/{id_}").text))
            reader = Text()
            for part in range(1, parts + 1):
                reader.feed(client.get(f"/sources/{id_}?part={part}").text)
            raw = store.texts.raw(id_)
            if parts == 1:
                assert reader.words == raw.replace("\r\n", "\n").replace("\r", "\n")


def test_a_text_of_megabytes_is_shown_in_parts(tmp_path: Path) -> None:
    from graph.build import build

    line = (
        "Thực hiện Nghị quyết số 25-NQ/TW ngày 03/6/2013, Tỉnh ủy Hải Dương ban hành Chỉ thị số 28-CT/TU.\n"
    )
    text = tmp_path / "dai.txt"
    text.write_text(line * (5_000_000 // len(line.encode())), encoding="utf-8")
    build([text], tmp_path / "store")
    with Store(tmp_path / "store") as store, running(tmp_path / "store") as address:
        [id_] = store.texts.ids("text")
        last = httpx.get(f"{address}/sources/{id_}?start=3000000&end=3000010", headers=HTML, timeout=60)
        assert last.status_code == 200
        assert 'id="here"' in last.text
        assert len(last.content) < 400_000


@pytest.mark.parametrize(
    "path",
    [
        "/sources/0000000000000000",
        "/places/atlantis",
        "/bodies/nobody",
        "/places/%3E%3Cscript",
        "/explore?ref=99-NQ/TW",
    ],
)
def test_what_is_not_there_is_said_so(client: httpx.Client, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 404
    assert "<script" not in answer.text.partition("<main")[2]


def test_no_page_is_wider_than_a_phone(visitor: Visitor, sources: list[str]) -> None:
    visitor.widen(PHONE)
    for path in [*PAGES, *sources]:
        visitor.open(path)
        assert visitor.run("return document.documentElement.scrollWidth") <= PHONE["width"], path


def test_no_barrier_on_any_page(visitor: Visitor, sources: list[str]) -> None:
    """No serious and no critical finding of axe-core, on any page, light and dark.

    What Swagger UI makes of the description of the API is not ours to mend; it is left out.
    """
    if not AXE.is_file():
        pytest.skip("needs axe-core: run `npm ci` in tests/node")
    script = AXE.read_text("utf-8")
    for scheme in ("light", "dark"):
        visitor.prefer(scheme)
        for path in [*PAGES, *sources]:
            visitor.open(path)
            if path.startswith("/explore?"):
                visitor.wait(lambda: visitor.run("return window.explorer?.view"))
            for tab in ("", "legend", "table") if path.startswith("/explore?") else ("",):
                if tab:
                    visitor.click(f"#tab-{tab}")
                visitor.run(script)
                found = visitor.browser.execute_async_script(
                    "const done = arguments[0];"
                    "axe.run({exclude: ['#swagger-ui']}).then(result => done(result.violations))"
                )
                grave = [
                    (item["id"], item["nodes"][0]["html"][:150], item["nodes"][0]["failureSummary"][:200])
                    for item in found
                    if item["impact"] in ("serious", "critical")
                ]
                assert grave == [], (path, tab, scheme)


def test_every_download_and_link_of_a_document_answers(client: httpx.Client) -> None:
    page = client.get(f"/documents/{R25}").text
    links = {link.replace("&amp;", "&") for link in re.findall(r'href="(/[^"#]*)', page)}
    assert {f"/doc/{R25}.{suffix}" for suffix in ("json", "jsonld", "ttl", "nt", "anno.jsonld")} <= links
    for link in sorted(links):
        answer = client.get(link, headers={"Accept": "text/html,*/*;q=0.8"})
        assert answer.status_code in (200, 303), (link, answer.status_code)
