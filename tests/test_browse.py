"""Lists of documents: filters, orders, cursors, words that forgive; and suggestions while typing."""

from collections.abc import Sequence

import pytest

from graph.ask import find_documents
from graph.browse import SORTS, browse_documents
from graph.errors import QueryError
from graph.facts import Document
from graph.suggest import suggest
from graph.wanted import marked_words, words_of
from tests.small_graph import DOCUMENTS, MemoryStore, document_quads, memory_store, store_of, vocabulary_quads

# filters -> how many of the fourteen documents
FILTERS = [
    ({"issuer": "bct"}, 3),
    ({"issuer": "Bộ Chính trị"}, 3),
    ({"issuer": "bộ chính trị", "type": "qd"}, 2),
    ({"polity": "state"}, 3),
    ({"polity": "party", "level": "central"}, 6),
    ({"since": "2013"}, 10),
    ({"until": "2013"}, 3),
    ({"since": "2013", "until": "2014"}, 1),
    ({"since": "2013-06-03", "until": "2013-06-04"}, 1),
    ({"since": "2013-06-04", "until": "2014"}, 0),
    ({"since": "2015-06", "until": "2015-07"}, 1),
    ({"words": "dân vận", "since": "2022"}, 2),
    ({"words": "dân vận", "number": "23-QĐ/TW"}, 1),
    ({"words": "dân vận thanh niên"}, 0),
]


@pytest.mark.parametrize(("filters", "total"), FILTERS)
def test_filters_narrow_together(filters: dict[str, str], total: int) -> None:
    page = browse_documents(memory_store(), **filters)  # type: ignore[arg-type]
    assert (page.total, len(page.documents), page.next) == (total, total, None)


# options -> the word by which the complaint names what is wrong
SENSELESS = [
    ({"issuer": "Bộ Phép thuật"}, "issuer"),
    ({"polity": "vương quốc"}, "polity"),
    ({"since": "03/6/2013"}, "date"),
    ({"until": "2013-13"}, "date"),
    ({"sort": "màu"}, "sort"),
    ({"sort": "relevance"}, "sort"),
    ({"after": "không phải"}, "cursor"),
    ({"after": "WyJkYXRlIiwieCJd"}, "cursor"),
]


@pytest.mark.parametrize(("options", "named"), SENSELESS)
def test_senseless_options_are_refused_and_named(options: dict[str, str], named: str) -> None:
    with pytest.raises(QueryError, match=named):
        browse_documents(memory_store(), **options)  # type: ignore[arg-type]


# order -> paths of the first and of the last document
ENDS = [
    ("path", "hu-thanh-ha-hai-duong/kh/2022/12", "vn/nd/2023/13-cp"),
    ("date", "tw/nq/2003/25", "tu-hai-duong/da/5"),
    ("-date", "vn/nd/2023/13-cp", "tu-hai-duong/da/5"),
    ("number", "tw/kl/2015/1", "tu-hai-duong/qc/2022/357"),
    ("title", "vn/nd/2023/13-cp", "tu-hai-duong/da/5"),
]


@pytest.mark.parametrize(("sort", "first", "last"), ENDS)
def test_lists_are_sorted_and_the_undated_stand_last(sort: str, first: str, last: str) -> None:
    documents = browse_documents(memory_store(), sort=sort).documents
    assert (documents[0].path, documents[-1].path) == (first, last)


@pytest.mark.parametrize("sort", SORTS)
@pytest.mark.parametrize("limit", [1, 4, 6, 20])
def test_cursors_lead_through_the_whole_list(sort: str, limit: int) -> None:
    words = "dân vận" if sort == "relevance" else None
    whole = browse_documents(memory_store(), sort=sort, words=words, limit=100)
    page = browse_documents(memory_store(), sort=sort, words=words, limit=limit)
    seen = list(page.documents)
    while page.next:
        page = browse_documents(memory_store(), sort=sort, words=words, limit=limit, after=page.next)
        assert page.total == whole.total
        seen += page.documents
    assert tuple(seen) == whole.documents


def test_a_cursor_belongs_to_its_order() -> None:
    cursor = browse_documents(memory_store(), sort="date", limit=2).next
    with pytest.raises(QueryError, match="another list"):
        browse_documents(memory_store(), sort="title", after=cursor)


def test_a_cursor_holds_when_documents_come_and_go() -> None:
    """The place after a document is the same place in the next build."""
    cursor = browse_documents(memory_store(), sort="-date", limit=3).next
    before = browse_documents(memory_store(), sort="-date", after=cursor).documents
    more = document_quads("tw/ct/2024/30", "30-CT/TW", "mới", "2024-01-01", None, None, "central", None)
    fewer = [row for row in DOCUMENTS if row[0] != "tw/nq/2003/25"]
    store = store_of([*vocabulary_quads(), *(quad for row in fewer for quad in document_quads(*row)), *more])
    after = browse_documents(store, sort="-date", after=cursor).documents
    assert [item.path for item in after] == [item.path for item in before if item.path != "tw/nq/2003/25"]


def test_the_caller_may_keep_some() -> None:
    def keep(documents: Sequence[Document]) -> set[str]:
        return {document.iri for document in documents if document.date and document.date > "2022"}

    page = browse_documents(memory_store(), level="local", keep=keep, limit=2, sort="date")
    assert page.total == 4
    assert [document.date for document in page.documents] == ["2022-03-01", "2022-05-19"]
    rest = browse_documents(memory_store(), level="local", keep=keep, sort="date", after=page.next)
    assert [document.date for document in rest.documents] == ["2022-07-01", "2022-09-05"]


def titled(*titles: str) -> MemoryStore:
    """A store of documents of one centre, one for each title, numbered from 1."""
    rows = (
        document_quads(
            f"tw/ct/2000/{place}",
            f"{place:02}-CT/TW",
            title,
            f"2000-01-{place:02}",
            None,
            None,
            "central",
            None,
        )
        for place, title in enumerate(titles, 1)
    )
    return store_of([*vocabulary_quads(), *(quad for row in rows for quad in row)])


# titles, words -> numbers of the documents found, in order
WORDS = [
    (["công tác dân vận", "dẫn vấn đề khác", "vận động dân quân"], "dan van", [2, 1, 3]),
    (["dẫn vấn đề", "công tác dân vận của Đảng"], "dân vận", [2, 1]),
    (["hoà giải ở cơ sở", "hòa bình"], "hòa giải", [1]),
    (["hoà giải ở cơ sở", "hòa giải"], "hoà giải", [2, 1]),
    (["Đảng và đoàn thể", "dang và doan"], "đoàn", [1, 2]),
    (["Đảng và đoàn thể"], "DANG", [1]),
    (["chuyển đổi số quốc gia"], "chuyen doi so", [1]),
    (["bảo vệ môi trường"], "bảo vệ rừng", []),
]  # fmt: skip


@pytest.mark.parametrize(("titles", "words", "found"), WORDS)
def test_words_are_forgiven_their_marks_and_exact_ones_stand_first(
    titles: list[str], words: str, found: list[int]
) -> None:
    store = titled(*titles)
    listed = [int((item.document.number or "")[:2]) for item in find_documents(store, words)]
    browsed = [int((item.number or "")[:2]) for item in browse_documents(store, words=words).documents]
    assert (listed, browsed) == (found, found)


@pytest.mark.parametrize(
    "words", ["dân vận " * 5000, '"dân" OR *', "folded:dan", "-dân +vận", "dân\x00vận", "NEAR(a b)"]
)
def test_no_words_break_the_search(words: str) -> None:
    for found in (find_documents(memory_store(), words), suggest(memory_store(), words)):
        assert isinstance(found, list)
    assert browse_documents(memory_store(), words=words).total >= 0


def test_letters_composed_or_not_are_the_same_words() -> None:
    composed, apart = "hòa giải", "hòa giải"
    assert words_of(composed) == words_of(apart) == ["hoa", "giai"]
    assert marked_words(composed) == marked_words(apart) == marked_words("hoà giải")


def test_the_well_known_stand_before_the_less_known() -> None:
    found = [item.document.path for item in find_documents(memory_store(), "dan van")]
    assert found[0] in {"tw/nq/2013/25", "tw/qd/2021/23", "tw/qd/2009/290"}
    assert found.index("tw/nq/2013/25") < found.index("tu-hai-duong/ct/2022/28")


# what is typed -> numbers that must be among the suggestions
TYPED = [
    ("25", {"25-NQ/TW"}),
    ("25-n", {"25-NQ/TW"}),
    ("25 nq t", {"25-NQ/TW"}),
    ("nghị quyết số 2", {"25-NQ/TW"}),
    ("Quy chế công t", {"290-QĐ/TW", "23-QĐ/TW", "357-QC/TU"}),
    ("DÂN V", {"25-NQ/TW", "28-CT/TU"}),
    ("cơ sở dân chủ", {"10/2022/QH15", "28-CT/TU"}),
    ("", set()),
    ("…", set()),
    ("không có gì", set()),
]


@pytest.mark.parametrize(("typed", "numbers"), TYPED)
def test_what_is_typed_is_gone_on_with(typed: str, numbers: set[str]) -> None:
    found = suggest(memory_store(), typed, 20)
    assert numbers <= {document.number for document in found}
    assert bool(found) == bool(numbers)
    assert suggest(memory_store(), typed, 2) == found[:2]


SPELLED = [
    "25-NQ/TW",
    "25 nq tw",
    "25 NQ/TW",
    "so 25 nq/tw",
    "số 25 nq-tw",
    "25/nq-tw",
    "Nghị quyết 25 nq tw",
]


@pytest.mark.parametrize("spelled", SPELLED)
def test_a_number_may_be_spelled_in_many_ways(spelled: str) -> None:
    found = {candidate.document.path for candidate in find_documents(memory_store(), spelled)}
    assert found == {"tw/nq/2003/25", "tw/nq/2008/25", "tw/nq/2013/25"}
