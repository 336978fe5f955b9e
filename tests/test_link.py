"""A text held against a store: its references mean what they would mean in a build; citations get verdicts."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from graph.extract import extract_source
from graph.iri import parse_document
from graph.link import link_extraction
from graph.model import Source
from graph.store import Store
from graph.verify import verify_text
from tests.corpus import build_corpus


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with Store(build_corpus(tmp_path_factory.mktemp("link") / "store")) as store:
        yield store


def test_a_text_of_the_corpus_means_what_the_build_decided(store: Store) -> None:
    """The build, over all texts at once, is the oracle."""
    texts = store.texts.ids("text")
    assert len(texts) > 15
    for id_ in texts:
        query = "SELECT ?document { ?source ph:mentions|ph:describes ?document }"
        rows = store.query(query.replace("?source", f"<https://w3id.org/phahe/source/{id_}>"))
        decided = {parse_document(row["document"].value) for row in rows}
        linked = link_extraction(store, store.texts.extraction(id_))
        assert {item.document.path for item in linked.values() if item.document} == decided, id_
        for item in linked.values():
            assert (item.state == "known") == (item.document is not None)
            assert (item.state == "ambiguous") == bool(item.candidates)


R25 = ["tw/nq/2003/25", "tw/nq/2008/25", "tw/nq/2013/25"]

# text -> of each reference its state and the paths it means or may mean
LINKS = [
    ("Thực hiện Nghị quyết số 25-NQ/TW ngày 03/6/2013.", [("known", R25[2:])]),
    ("Thực hiện Nghị quyết số 25-NQ/TW.", [("ambiguous", R25)]),
    ("Nghị quyết số 25-NQ/TW về công tác dân vận trong tình hình mới.", [("known", R25[2:])]),
    ("Nghị quyết số 25-NQ/TW ngày 01/01/1991.", [("unknown", [])]),
    ("Kết luận số 98-KL/TW ngày 02/02/1999.", [("unknown", [])]),
    ("Theo Luật Thực hiện dân chủ ở cơ sở.", [("known", ["vn/luat/2022/10-qh15"])]),
    ("Theo Luật Đất đai năm 2013.", [("known", ["vn/luat/2013/45-qh13"])]),
    ("Theo Luật Trăng Sao năm 2013.", [("unknown", [])]),
    ("Tỉnh ủy Hải Dương ban hành Chỉ thị số 28-CT/TU ngày 19/5/2022.", [("known", ["tu-hai-duong/ct/2022/28"])]),
    ("Tỉnh ủy Hưng Yên ban hành Chỉ thị số 28-CT/TU ngày 19/5/2022.", [("unknown", [])]),
    ("Tỉnh ủy ban hành Quyết định số 31415-QĐ/TU.", [("unknown", [])]),
    ("Không có văn bản nào.", []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), LINKS)
def test_references_mean_what_the_text_decides(
    store: Store, text: str, expected: list[tuple[str, list[str]]]
) -> None:
    linked = link_extraction(store, extract_source(Source("bài", text)))
    found = [
        (
            item.state,
            sorted([item.document.path] if item.document else [c.document.path for c in item.candidates]),
        )
        for item in linked.values()
    ]
    assert [state for state, _ in found] == [state for state, _ in expected]
    for (_, paths), (_, wanted) in zip(found, expected, strict=True):
        assert set(wanted) <= set(paths)
        assert bool(wanted) == bool(paths)


# text, as of -> verdicts in order of mention
VERDICTS = [
    ("Quyết định số 290-QĐ/TW ngày 25/02/2010.", None, ["superseded"]),
    ("Quyết định số 290-QĐ/TW ngày 25/02/2010.", "2015", ["known"]),
    ("Quyết định số 290-QĐ/TW ngày 25/02/2010.", "2009", ["not-yet-in-force"]),
    ("Luật Đất đai; Nghị quyết số 25-NQ/TW ngày 03/6/2013; Kết luận 98-KL/TW.", None,
     ["ambiguous", "known", "unknown"]),
    ("Luật Thực hiện dân chủ ở cơ sở.", None, ["partly-superseded"]),
    ("Không có văn bản nào.", None, []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "as_of", "verdicts"), VERDICTS)
def test_citations_get_verdicts(store: Store, text: str, as_of: str | None, verdicts: list[str]) -> None:
    verified = verify_text(store, Source("bài", text), as_of)
    assert [citation.verdict for citation in verified.citations] == verdicts
    for citation in verified.citations:
        for mention in citation.mentions:
            assert text[mention.start : mention.end] == mention.text
        if citation.verdict in ("superseded", "partly-superseded"):
            assert citation.status is not None
            assert all(act.edge.best.quote for act in citation.status.chain), "a verdict shows its words"


def test_a_text_that_is_a_document_is_no_citation_of_itself(store: Store) -> None:
    folder = Path(__file__).resolve().parent.parent / "data" / "samples"
    text = (folder / "hai-duong-chi-thi-28.txt").read_text("utf-8")
    verified = verify_text(store, Source("chỉ thị", text))
    cited = [citation.linked.reference.number for citation in verified.citations]
    assert "28-CT/TU" not in cited
    assert "25-NQ/TW" in cited
