"""The SPARQL page in a real browser: example queries, table, picture, files, errors, and an address that asks again."""

import csv
import io
import json
from pathlib import Path
from urllib.parse import quote

from selenium.webdriver.common.keys import Keys

from ontology.query import named_queries
from tests.visitor import Visitor


def ask(visitor: Visitor, query: str) -> None:
    visitor.open(f"/sparql#query={quote(query)}")
    visitor.wait(lambda: visitor.text("#said") not in ("", "Đang chạy…"))


def test_every_named_query_can_be_chosen_and_asked(visitor: Visitor) -> None:
    visitor.open("/sparql")
    for query in named_queries():
        visitor.select("#example", query.name)
        assert visitor.find("#query").get_attribute("value") == query.text
    visitor.select("#example", "unresolved")
    visitor.find("#query").send_keys(Keys.CONTROL, Keys.ENTER)
    visitor.wait(lambda: visitor.all("#table tbody tr"))
    heads = [cell.text for cell in visitor.all("#table th")]
    assert heads[:3] == ["mention", "quote", "source"]


def test_documents_in_the_answer_are_links(visitor: Visitor) -> None:
    ask(
        visitor,
        "SELECT ?x ?n { ?x ph:implements <https://w3id.org/phahe/doc/tw/nq/2013/25> ; ph:number ?n } ORDER BY ?n",
    )
    rows = visitor.all("#table tbody tr")
    assert len(rows) == 10
    assert "10 dòng" in visitor.text("#said")
    assert any(
        link.get_attribute("href").endswith("/documents/tu-hai-duong/ct/2022/28")
        for link in visitor.all("#table a")
    )


def test_a_construct_is_a_picture_and_a_table(visitor: Visitor) -> None:
    ask(visitor, "CONSTRUCT WHERE { ?x ph:implements ?y } LIMIT 25")
    assert visitor.find("#picture canvas").is_displayed()
    visitor.click("#tab-table")
    assert len(visitor.all("#table tbody tr")) == 25
    visitor.click("#tab-raw")
    assert visitor.text("#raw").count("<https://w3id.org/phahe/ontology#implements>") == 25


def test_yes_or_no_and_what_is_wrong(visitor: Visitor) -> None:
    ask(visitor, "ASK { ?x ph:implements ?y }")
    assert visitor.text("#table") == "Đúng"
    for query in (
        "SELEC",
        "SELECT * { SERVICE <http://127.0.0.1:1/> { ?a ?b ?c } }",
        "DELETE WHERE { ?a ?b ?c }",
    ):
        ask(visitor, query)
        assert visitor.find("#table .banner.bad").text, query


def test_more_rows_than_one_can_look_at_are_said_to_be_cut(visitor: Visitor) -> None:
    ask(visitor, "SELECT * { ?a ?b ?c . ?d ?e ?f } LIMIT 200000")
    assert "chỉ hiện 1000 dòng đầu" in visitor.text("#said")
    assert len(visitor.all("#table tbody tr")) == 1000


def test_the_answer_as_files(visitor: Visitor, tmp_path: Path) -> None:
    visitor.browser.execute_cdp_cmd(
        "Browser.setDownloadBehavior", {"behavior": "allow", "downloadPath": str(tmp_path)}
    )
    ask(visitor, "SELECT ?x { ?x ph:implements ?y }")
    for name, ending in (("CSV", "csv"), ("JSON", "json")):
        visitor.click(f"[data-save={name}]")
        file = tmp_path / f"phahe.{ending}"
        visitor.wait(lambda file=file: file.exists() and file.stat().st_size)
    rows = list(csv.reader(io.StringIO((tmp_path / "phahe.csv").read_text("utf-8"))))
    assert (
        len(rows) - 1
        == len(json.loads((tmp_path / "phahe.json").read_text("utf-8"))["results"]["bindings"])
        > 80
    )


def test_hostile_words_in_answers_stay_words(visitor: Visitor) -> None:
    evil = "<img src=x onerror=window.fired=1></script><script>window.fired=1</script>"
    ask(visitor, f'SELECT ?x {{ BIND("{evil}" AS ?x) }}')
    assert visitor.text("#table td") == evil
    assert not visitor.run("return window.fired")
