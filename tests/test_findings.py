"""Findings: everything planted is found and nothing else; each has both ends' words, an id that stays, and is no verdict."""
# ruff: noqa: E501 - tables read best one row a line

from pathlib import Path

import pytest

from graph.errors import QueryError, ReadError
from graph.findings import Findings, find_findings
from graph.findings_marks import read_marks
from ontology.authority import may_end
from ontology.body import Body, bodies, body_named
from ontology.finding import finding_kinds
from ontology.query import named_query
from ontology.regime import regime_on, regimes
from tests.planted import Planted, plant
from tests.small_graph import MemoryStore
from tests.time_graph import Doc, Rel, documents_of, world

KINDS = ("resting", "chronology", "authority", "cycle")


@pytest.fixture(scope="module")
def planted() -> Planted:
    return plant()


@pytest.fixture(scope="module")
def corpus(planted: Planted) -> MemoryStore:
    assert len(planted.documents) >= 10_000
    return world(planted.documents, planted.relations)


@pytest.fixture(scope="module")
def found(corpus: MemoryStore) -> Findings:
    return find_findings(corpus, kinds=KINDS, as_of="2026-11-28")


@pytest.mark.parametrize("kind", KINDS)
def test_all_that_was_planted_is_found_and_nothing_else(planted: Planted, found: Findings, kind: str) -> None:
    told = {
        frozenset(document.path for document in item.documents)
        if kind == "cycle"
        else tuple(document.path for document in item.documents[:2])
        for item in found.items
        if item.kind == kind
    }
    assert told == planted.truth[kind]


def test_each_finding_shows_both_ends_and_asks_for_review(found: Findings) -> None:
    for item in found.items:
        assert item.edges and all(edge.evidence for edge in item.edges)
        ends = {end for edge in item.edges for end in (edge.subject, edge.object)}
        assert {document.iri for document in item.documents[:2]} <= ends
        assert "rà soát" in item.words
        assert "hết hiệu lực" not in item.words
    assert len({item.id for item in found.items}) == len(found.items)


def test_findings_about_one_document_are_those_of_the_whole_graph(
    planted: Planted, corpus: MemoryStore, found: Findings
) -> None:
    whole = {item.id: item for item in found.items}
    for path in sorted({item.documents[0].path for item in found.items})[::17]:
        alone = find_findings(corpus, documents_of(corpus, path), KINDS, "2026-11-28")
        assert {item.id for item in alone.items} >= {
            item.id for item in whole.values() if item.documents[0].path == path and item.kind != "cycle"
        }
        assert all(item.id in whole for item in alone.items if item.kind != "cycle")


def test_before_the_change_there_is_nothing_to_review(corpus: MemoryStore) -> None:
    assert not find_findings(corpus, kinds=["resting"], as_of="2017-12-31").items


def test_the_rule_of_that_day_is_told(found: Findings) -> None:
    resting = [item for item in found.items if item.kind == "resting"]
    assert {item.regime.law for item in resting if item.regime} == {"80/2015/QH13"}
    assert regime_on("party", "2020-01-01") == next(item for item in regimes() if item.law == "66-QĐ/TW")


OLD, NEW = "tw/qd/2010/1", "tw/qd/2015/2"
TITLE = "Quy chế công tác dân vận của hệ thống chính trị"


def twin(path: str, day: str, title: str = TITLE, issuer: str = "bct") -> Doc:
    return Doc(path, day, title=title, issuer=issuer)


# kind, documents, relations -> paths of the documents of each finding
SMALL: list[tuple[str, list[Doc], list[Rel], list[tuple[str, ...]]]] = [
    ("twins", [twin(OLD, "2010-02-25"), twin(NEW, "2021-07-30")], [], [(OLD, NEW)]),
    ("twins", [twin(OLD, "2010-02-25"), twin(NEW, "2021-07-30")], [Rel(NEW, "cites", OLD)], []),
    ("twins", [twin(OLD, "2010-02-25"), twin(NEW, "2021-07-30", issuer="bbt")], [], []),
    ("twins", [twin(OLD, "2010-02-25"), twin(NEW, "2021-07-30", TITLE + " năm 2021")], [], []),
    ("twins", [twin(OLD, "2010-02-25", "Về dân vận"), twin(NEW, "2021-07-30", "Về dân vận")], [], []),
    ("unseen", [Doc(OLD, held=False), Doc(NEW), Doc("tw/qd/2016/3")], [Rel(NEW, "cites", OLD), Rel("tw/qd/2016/3", "basedOn", OLD)], [(OLD,)]),
    ("unseen", [Doc(OLD, held=False), Doc(NEW)], [Rel(NEW, "cites", OLD)], []),
    ("unseen", [Doc(OLD), Doc(NEW), Doc("tw/qd/2016/3")], [Rel(NEW, "cites", OLD), Rel("tw/qd/2016/3", "basedOn", OLD)], []),
    ("contradiction", [Doc(OLD, "2010-02-25", variants=("ngày 2010-02-24",))], [], [(OLD,)]),
    ("contradiction", [Doc(OLD, "2010"), Doc(NEW, "2015")], [Rel(NEW, "replaces", OLD, "2015-01-01"), Rel(NEW, "replaces", OLD, "2016-01-01", "khac")], [(OLD,)]),
    ("contradiction", [Doc(OLD, "2010"), Doc(NEW, "2015")], [Rel(NEW, "replaces", OLD, "2015-01-01"), Rel(NEW, "replaces", OLD, "2015", "khac")], []),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "documents", "relations", "expected"), SMALL)
def test_candidates_unseen_contradictions(
    kind: str, documents: list[Doc], relations: list[Rel], expected: list[tuple[str, ...]]
) -> None:
    store = world(documents, relations)
    told = find_findings(store, kinds=[kind]).items
    assert [tuple(document.path for document in item.documents) for item in told] == expected
    alone = find_findings(store, documents_of(store, OLD), [kind]).items
    assert {item.id for item in told} <= {item.id for item in alone}


def test_what_dates_leave_open_is_counted_not_told() -> None:
    store = world(
        [Doc(OLD, "2010"), Doc(NEW, "2015"), Doc("tu-x/kh/2015/9", "2015")],
        [Rel(NEW, "replaces", OLD), Rel("tu-x/kh/2015/9", "implements", OLD)],
    )
    found = find_findings(store, kinds=["resting"])
    assert (found.items, found.skipped["resting"]) == ([], 1)


def test_unknown_kinds_are_refused() -> None:
    with pytest.raises(QueryError, match="known: resting"):
        find_findings(world([]), kinds=["verdict"])


def named(name: str, place: str | None = None) -> Body:
    body = body_named(name, place)
    assert body is not None, name
    return body


# who, ends a document of whom, may it
POWERS = [
    ("Quốc hội", None, "Chính phủ", None, True),
    ("Chính phủ", None, "Quốc hội", None, False),
    ("Bộ Tài chính", None, "Bộ Kế hoạch và Đầu tư", None, True),
    ("Bộ Kế hoạch và Đầu tư", None, "Bộ Tài chính", None, False),
    ("Ban Bí thư", None, "Bộ Chính trị", None, True),
    ("Ban Tuyên giáo Trung ương", None, "Bộ Chính trị", None, False),
    ("Chính phủ", None, "Bộ Chính trị", None, False),
    ("Hội đồng nhân dân tỉnh", "hai-duong", "UBND tỉnh", "hai-duong", True),
    ("UBND tỉnh", "hai-duong", "Hội đồng nhân dân tỉnh", "hai-duong", False),
    ("UBND thành phố Hải Phòng", None, "UBND tỉnh", "hai-duong", True),
    ("UBND tỉnh", "hai-duong", "UBND tỉnh", "hung-yen", False),
    ("Chính phủ", None, "UBND tỉnh", "hung-yen", True),
    ("Huyện ủy Thanh Hà", "hai-duong", "Tỉnh ủy Hải Dương", None, False),
]  # fmt: skip


@pytest.mark.parametrize(("who", "where", "issuer", "there", "allowed"), POWERS)
def test_who_may_end_whose_documents(
    who: str, where: str | None, issuer: str, there: str | None, allowed: bool
) -> None:
    assert may_end(named(who, where), named(issuer, there)) is allowed


def test_every_body_may_end_its_own_documents() -> None:
    assert all(may_end(body, body) for body in bodies())


def test_marks_are_read_and_malformed_ones_refused(tmp_path: Path) -> None:
    path = tmp_path / "findings.toml"
    assert read_marks(path) == {}
    path.write_text('[[finding]]\nid = "a1"\nmark = "wrong"\nnote = "đọc nhầm số"\n', encoding="utf-8")
    assert read_marks(path)["a1"].note == "đọc nhầm số"
    for text in ('[[finding]]\nid = "a1"\nmark = "xong"\n', '[[finding]]\nmark = "seen"\n', "[[finding"):
        path.write_text(text, encoding="utf-8")
        with pytest.raises(ReadError):
            read_marks(path)


def test_kinds_have_words() -> None:
    assert list(finding_kinds())[:4] == list(KINDS)
    assert all(kind.label and kind.label_en and "rà soát" in kind.words for kind in finding_kinds().values())


def answers(store: MemoryStore, name: str, *columns: str) -> set[tuple[str, ...]]:
    """Some columns of a named query's answer, documents as paths."""
    rows = store.query(named_query(name).text)
    return {tuple(row[column].value.partition("/doc/")[2] for column in columns) for row in rows}


def test_the_named_queries_give_the_same_findings(planted: Planted, corpus: MemoryStore) -> None:
    assert answers(corpus, "resting", "document", "ground") == planted.truth["resting"]
    assert answers(corpus, "chronology", "document", "other") == planted.truth["chronology"]
    unseen = find_findings(world(planted.documents[:0], ()), kinds=["unseen"]).items
    assert answers(corpus, "unseen", "document") == {item.documents[0].path for item in unseen} == set()
