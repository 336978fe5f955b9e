"""Finding what a reference means, and the questions about a document, over the small graph."""

from pathlib import Path

import pytest

from graph.ask import (
    document_at,
    find_documents,
    is_within,
    list_implementing,
    resolve_reference,
    trace_lineage,
)
from graph.browse import browse_documents
from graph.errors import AmbiguousReferenceError, QueryError, UnknownReferenceError
from graph.rows import implementing_row, lineage_row
from graph.store import Store
from graph.vocabulary import narrower, relation_kinds
from tests.small_graph import REPORT, make_store, memory_store

R25 = "tw/nq/2013/25"

# reference -> the one path, or the set of paths it may be torn between, or None where the corpus has none
REFERENCES = [
    ("25-NQ/TW", {"tw/nq/2003/25", "tw/nq/2008/25", R25}),
    ("25-nq/tw", {"tw/nq/2003/25", "tw/nq/2008/25", R25}),
    ("Nghị quyết 25", {"tw/nq/2003/25", "tw/nq/2008/25", R25}),
    ("nghi quyet so 25", {"tw/nq/2003/25", "tw/nq/2008/25", R25}),
    ("NQ25", {"tw/nq/2003/25", "tw/nq/2008/25", R25}),
    ("Nghị quyết số 25-NQ/TW ngày 03/6/2013", R25),
    ("25-NQ/TW ngày 3 tháng 6 năm 2013", R25),
    ("25-NQ/TW 2013-06-03", R25),
    ("25-NQ/TW năm 2013", R25),
    ("Nghị quyết 25 khóa XI", R25),
    ("nghi quyet 25 dan van", R25),
    ("Nghị quyết 25 về thanh niên", "tw/nq/2008/25"),
    ("25-NQ/TW ngày 04/6/2013", None),
    ("Chỉ thị 25", None),
    ("https://w3id.org/phahe/doc/tw/nq/2013/25", R25),
    ("tw/nq/2013/25", R25),
    ("doc/tw/nq/2013", R25),
    ("tw/nq/20", {"tw/nq/2003/25", "tw/nq/2008/25", R25}),
    ("tw/nq/25", {"tw/nq/2003/25", "tw/nq/2008/25", R25}),
    ("tu-hai-duong/ct/28", "tu-hai-duong/ct/2022/28"),
    ("https://example.org/doc/1", None),
    ("28-CT/TU", {"tu-hai-duong/ct/2022/28", "tu-hung-yen/ct/2022/28"}),
    ("28 –CT/TU", {"tu-hai-duong/ct/2022/28", "tu-hung-yen/ct/2022/28"}),
    ("28-CT/TU Hải Dương", "tu-hai-duong/ct/2022/28"),
    ("Chỉ thị 28-CT/TU ngày 05/9/2022", "tu-hung-yen/ct/2022/28"),
    ("5-đa/tu", "tu-hai-duong/da/5"),
    ("217-QĐ/TW", None),
    ("290/QD-TW", "tw/qd/2009/290"),
    ("Quy định 290-QĐ/TW", "tw/qd/2009/290"),
    ("13/NĐ-CP", "vn/nd/2023/13-cp"),
    ("10/2022/QH15", "vn/luat/2022/10-qh15"),
    ("33/ct-ttg", "vn/ct/2021/33-ttg"),
    ("Luật Thực hiện dân chủ ở cơ sở", "vn/luat/2022/10-qh15"),
    ("luat thuc hien dan chu o co so", "vn/luat/2022/10-qh15"),
    ("Luật Thực hiện dân chủ ở cơ sở năm 2022", "vn/luat/2022/10-qh15"),
    ("dữ liệu cá nhân", "vn/nd/2023/13-cp"),
    ("", None),
    ("   ", None),
    ("không có văn bản nào như vậy", None),
]  # fmt: skip


@pytest.mark.parametrize(("reference", "meant"), REFERENCES)
def test_a_reference_names_one_document_or_several_or_none(
    reference: str, meant: str | set[str] | None
) -> None:
    store = memory_store()
    if meant is None:
        with pytest.raises(UnknownReferenceError):
            resolve_reference(store, reference)
    elif isinstance(meant, str):
        assert resolve_reference(store, reference).path == meant
    else:
        with pytest.raises(AmbiguousReferenceError) as caught:
            resolve_reference(store, reference)
        assert {candidate.document.path for candidate in caught.value.candidates} == meant


def test_candidates_are_ranked_and_say_why() -> None:
    found = find_documents(memory_store(), "Nghị quyết số 25-NQ/TW ngày 03/6/2013")
    assert [candidate.document.path for candidate in found] == [R25, "tw/nq/2008/25", "tw/nq/2003/25"]
    assert [candidate.is_live for candidate in found] == [True, False, False]
    assert found[0].score == 1.0 > found[1].score
    assert "trùng ngày 03/6/2013" in found[0].why
    assert "nhưng ban hành 25/7/2008" in found[1].why
    document = found[0].document
    assert (document.number, document.type, document.term) == ("25-NQ/TW", "Nghị quyết", "tw-11")
    assert (document.date, document.issuer) == ("2013-06-03", "Ban Chấp hành Trung ương")


def test_words_of_a_title_find_documents_with_or_without_diacritics() -> None:
    plain, marked = (find_documents(memory_store(), words) for words in ("dan van", "dân vận"))
    assert plain == marked
    assert len(plain) == 6
    assert all("dân vận" in (candidate.document.title or "") for candidate in plain)
    assert find_documents(memory_store(), "dan van", limit=2) == plain[:2]


def test_implementing_is_transitive_and_every_step_has_its_sentence() -> None:
    store = memory_store()
    found = list_implementing(store, document_at(store, R25))
    assert [item.document.path for item in found] == [
        "tu-hai-duong/qc/2022/357",
        "tu-hai-duong/ct/2022/28",
        "tu-hai-duong/da/5",
        "hu-thanh-ha-hai-duong/kh/2022/12",
        "tu-hung-yen/ct/2022/28",
    ]
    for item in found:
        for step in item.steps:
            for evidence in step.evidence:
                assert evidence.quote == REPORT.raw[evidence.start : evidence.end]
                assert (evidence.source, evidence.source_name) == (REPORT.id, "bao-cao")
    plan = found[3]
    assert [document.path for document in plan.documents] == ["tu-hai-duong/ct/2022/28"]
    assert [step.predicate for step in plan.steps] == ["guides", "implements"]
    assert plan.evidence.basis == "stated"


def test_what_is_inferred_or_unsure_is_no_answer() -> None:
    store = memory_store()
    found = list_implementing(store, document_at(store, R25))
    assert "tw/kl/2015/1" not in {item.document.path for item in found}


# options -> how many of the five implementing documents remain
FILTERS = [
    ({"direct": True}, 4),
    ({"level": "province"}, 4),
    ({"level": "district"}, 1),
    ({"level": "local"}, 5),
    ({"level": "central"}, 0),
    ({"place": "Hải Dương"}, 4),
    ({"place": "tỉnh Hưng Yên"}, 1),
    ({"place": "hai-duong", "level": "province"}, 3),
    ({"as_of": "2022-05-19"}, 3),
    ({"as_of": "2022-05-18"}, 2),
    ({"as_of": "2022"}, 5),
    ({"as_of": "2012"}, 1),
]


@pytest.mark.parametrize(("options", "remaining"), FILTERS)
def test_implementing_can_be_narrowed(options: dict[str, object], remaining: int) -> None:
    store = memory_store()
    assert len(list_implementing(store, document_at(store, R25), **options)) == remaining  # type: ignore[arg-type]


SENSELESS = [{"level": "xã"}, {"place": "Atlantis"}, {"as_of": "03/6/2013"}, {"as_of": "2013-13"}]


@pytest.mark.parametrize("options", SENSELESS)
def test_senseless_options_are_refused(options: dict[str, str]) -> None:
    store = memory_store()
    with pytest.raises(QueryError):
        list_implementing(store, document_at(store, R25), **options)  # type: ignore[arg-type]


def test_lineage_survives_cycles() -> None:
    store = memory_store()
    found = trace_lineage(store, document_at(store, "tw/qd/2021/23"), "both")
    assert {document.path for document in found.nodes} == {"tw/qd/2021/23", "tw/qd/2009/290"}
    assert [edge.subject.rpartition("/")[2] for edge in found.edges] == ["290", "23"]
    assert {edge.predicate for edge in found.edges} == {"replaces"}
    assert not found.truncated


# direction, relations, depth, most nodes -> nodes, edges, truncated
WALKS = [
    ("up", ["implements", "supersedes"], 10, 500, 1, 0, False),
    ("down", ["implements", "supersedes"], 10, 500, 6, 5, False),
    ("down", ["implements"], 1, 500, 5, 4, True),
    ("down", ["implements"], 2, 500, 6, 5, False),
    ("down", ["guides"], 10, 500, 1, 0, False),
    ("down", ["implements"], 10, 3, 3, 2, True),
    ("both", ["relatedTo"], 10, 500, 6, 5, False),
]


@pytest.mark.parametrize(("direction", "relations", "depth", "most", "nodes", "edges", "truncated"), WALKS)
def test_lineage_says_what_it_left_out(
    direction: str, relations: list[str], depth: int, most: int, nodes: int, edges: int, truncated: bool
) -> None:
    store = memory_store()
    found = trace_lineage(store, document_at(store, R25), direction, relations, depth, None, most)  # type: ignore[arg-type]
    assert (len(found.nodes), len(found.edges), found.truncated) == (nodes, edges, truncated)
    known = {document.iri for document in found.nodes}
    assert all({edge.subject, edge.object} <= known for edge in found.edges)


def test_relations_come_from_the_vocabulary() -> None:
    kinds = relation_kinds(memory_store())
    assert kinds["guides"].implied == {"guides", "implements", "relatedTo"}
    assert {"details", "guides", "implements"} == narrower(kinds, ["implements"])
    assert [kinds[name].drawn for name in ("implements", "cites", "relatedTo")] == [True, False, False]
    with pytest.raises(QueryError, match="obeys"):
        narrower(kinds, ["obeys"])


# bound -> a date of each precision that is within, and one that is not
@pytest.mark.parametrize(
    ("bound", "within", "after"),
    [
        ("2013-06-03", "2013-06-03", "2013-06-04"),
        ("2013-06-03", "2013", "2014"),
        ("2013", "2013-12-31", "2014-01-01"),
    ],
)
def test_dates_compare_as_prefixes(bound: str, within: str, after: str) -> None:
    assert is_within(within, bound)
    assert not is_within(after, bound)
    assert is_within(None, bound)


# filters -> how many
LISTS = [
    ({}, 14),
    ({"type": "Nghị quyết"}, 3),
    ({"type": "nq", "level": "central"}, 3),
    ({"place": "hai-duong"}, 4),
    ({"number": "28-ct/tu"}, 2),
    ({"number": "28-CT/TU", "place": "Hưng Yên"}, 1),
    ({"words": "dân vận", "level": "local"}, 2),
]


@pytest.mark.parametrize(("filters", "total"), LISTS)
def test_documents_can_be_listed(filters: dict[str, str], total: int) -> None:
    page = browse_documents(memory_store(), **filters)  # type: ignore[arg-type]
    assert page.total == len(page.documents) == total


def test_lists_come_in_pages() -> None:
    first = browse_documents(memory_store(), limit=5)
    rest = browse_documents(memory_store(), limit=100, offset=5)
    assert first.total == rest.total == 14
    assert len({document.path for document in (*first.documents, *rest.documents)}) == 14


def test_rows_are_what_the_contract_says() -> None:
    store = memory_store()
    row = implementing_row(list_implementing(store, document_at(store, R25))[3])
    assert {"document", "basis", "confidence", "rule", "quote", "source", "start", "end", "via"} <= set(row)
    assert {"iri", "number", "type", "date", "issuer", "title", "place", "level"} <= set(row["document"])
    assert row["via"][0]["document"]["number"] == "28-CT/TU"
    assert row["via"][0]["quote"]
    lineage = lineage_row(trace_lineage(store, document_at(store, R25), "down"))
    assert set(lineage) == {"root", "truncated", "nodes", "edges", "ways"}


def test_the_named_query_and_the_walk_agree(tmp_path: Path) -> None:
    with Store(make_store(tmp_path / "store")) as store:
        document = document_at(store, R25)
        rows = {row["implementing"].value for row in store.run("implementing", document=document.iri)}
        assert rows == {item.document.iri for item in list_implementing(store, document, direct=True)}
        rows = {
            row["implementing"].value for row in store.run("implementing_transitive", document=document.iri)
        }
        assert rows == {item.document.iri for item in list_implementing(store, document)}
