"""Lineage in time: differences of two dates, provinces before and after their mergers, coverage, comparison."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.ask import Lineage, list_implementing, trace_lineage
from graph.compare import compare
from graph.coverage import STATES, Coverage, cover
from graph.diff import Difference, diff_lineage
from graph.errors import QueryError
from graph.territory import MERGED, documents_of_place, exists_on, founded, old_territories, present_provinces
from ontology.place import earlier_places, later_places, place_of_slug
from tests.planted import PROVINCES, plant
from tests.time_graph import Doc, Rel, documents_of, world

ROOT = "tw/nq/2013/25"


def local(path: str, date: str | None, place: str, level: str = "province", held: bool = True) -> Doc:
    return Doc(path, date, place=place, level=level, held=held)


# Coverage of one resolution. Hải Dương went into Hải Phòng, Bình Dương and Bà Rịa into Hồ Chí Minh, on 1 July 2025.
DOCUMENTS = [
    Doc(ROOT, "2013-06-03"),
    local("tu-hai-duong/ct/2022/28", "2022-05-19", "hai-duong"),
    local("tu-lang-son/ct/2014/5", "2014-01-01", "lang-son"),
    local("tu-hai-phong/ct/2016/9", "2016-01-01", "hai-phong"),
    local("tu-ho-chi-minh/ct/2025/1", "2025-09-01", "ho-chi-minh"),
    local("tu-binh-duong/ct/2015/2", "2015-01-01", "binh-duong"),
    local("tu-nghe-an/kh/2015/3", "2015-01-01", "nghe-an"),
    local("tu-son-la/kh/2012/3", "2012-01-01", "son-la"),
    local("hu-x-dien-bien/kh/2015/3", "2015-01-01", "dien-bien", "district"),
    local("tu-cao-bang/kh/2014/1", "2014-01-01", "cao-bang"),
    local("tu-cao-bang/kh/2020/2", "2020-01-01", "cao-bang"),
]  # fmt: skip
RELATIONS = [
    Rel("tu-hai-duong/ct/2022/28", "implements", ROOT),
    Rel("tu-lang-son/ct/2014/5", "implements", ROOT),
    Rel("tu-ho-chi-minh/ct/2025/1", "implements", ROOT),
    Rel("tu-binh-duong/ct/2015/2", "guides", ROOT),
    Rel("hu-x-dien-bien/kh/2015/3", "implements", ROOT),
    Rel("tu-cao-bang/kh/2014/1", "implements", ROOT),
    Rel("tu-cao-bang/kh/2020/2", "repeals", "tu-cao-bang/kh/2014/1"),
]

# place, era, as of -> state
STATES_OF: list[tuple[str, str, str | None, str]] = [
    ("lang-son", "old", "2024", "implemented"),
    ("lang-son", "old", "2026", "implemented"),
    ("lang-son", "present", "2026", "implemented"),
    ("hai-duong", "old", "2021", "unknown"),
    ("hai-duong", "old", "2024", "implemented"),
    ("hai-duong", "old", "2026", "predecessor"),
    ("hai-phong", "old", "2024", "nothing-found"),
    ("hai-phong", "old", "2026", "nothing-found"),
    ("hai-phong", "present", "2026", "predecessor"),
    ("hai-phong", "present", None, "predecessor"),
    ("binh-duong", "old", "2024", "implemented"),
    ("binh-duong", "old", "2025-08", "predecessor"),
    ("binh-duong", "old", "2026", "implemented"),
    ("ba-ria-vung-tau", "old", "2025-08", "unknown"),
    ("ba-ria-vung-tau", "old", "2026", "implemented"),
    ("ho-chi-minh", "present", "2025-08", "predecessor"),
    ("ho-chi-minh", "present", "2026", "implemented"),
    ("nghe-an", "old", "2026", "nothing-found"),
    ("nghe-an", "old", "2014", "unknown"),
    ("son-la", "present", "2026", "unknown"),
    ("dien-bien", "present", "2026", "unknown"),
    ("cao-bang", "present", "2019", "implemented"),
    ("cao-bang", "present", "2026", "nothing-found"),
    ("ha-giang", "old", "2026", "unknown"),
]  # fmt: skip


def coverage(as_of: str | None) -> Coverage:
    store = world(DOCUMENTS, RELATIONS)
    return cover(store, documents_of(store, ROOT)[0], as_of)


@pytest.mark.parametrize(
    ("slug", "era", "as_of", "state"), [row for row in STATES_OF if (row[1], row[2]) != ("present", "2019")]
)
def test_coverage_of_a_province(slug: str, era: str, as_of: str | None, state: str) -> None:
    (row,) = [row for row in coverage(as_of).territories if (row.place.slug, row.era) == (slug, era)]
    assert row.state == state
    assert bool(row.documents) == (state in ("implemented", "predecessor"))
    assert all(item.evidence.quote for item in row.documents)


def test_coverage_counts_every_province_once() -> None:
    before, after = coverage("2025-06-30"), coverage("2025-07-01")
    assert {era: sum(totals.values()) for era, totals in before.totals.items()} == {"old": 63}
    assert {era: sum(totals.values()) for era, totals in after.totals.items()} == {"old": 63, "present": 34}
    assert all(set(totals) == set(STATES) for totals in after.totals.values())
    assert {row.state for row in after.territories} == set(STATES)


def test_coverage_tells_what_was_ended_and_what_districts_did() -> None:
    rows = {row.place.slug: row for row in coverage("2026").territories if row.era == "present"}
    assert [item.document.path for item in rows["cao-bang"].ended] == ["tu-cao-bang/kh/2014/1"]
    assert (rows["dien-bien"].below, rows["hai-phong"].held) == (1, 2)


def test_planted_coverage_in_a_large_corpus() -> None:
    """Ten thousand documents: what was planted in each province is its state, before and after the mergers."""
    made = plant(10_000)
    made.documents += [
        document for document in DOCUMENTS if document.path not in {d.path for d in made.documents}
    ]
    store = world(made.documents, [*made.relations, *RELATIONS])
    root = documents_of(store, ROOT)[0]
    # most provinces have ordinary documents, so that nothing found there is no longer for want of documents
    for as_of in ("2024", "2026"):
        rows = {(row.place.slug, row.era): row.state for row in cover(store, root, as_of).territories}
        assert set(rows.values()) == (set(STATES) if as_of == "2026" else set(STATES) - {"predecessor"})
        for slug, era, date, state in STATES_OF:
            if date == as_of and (slug, era) in rows:
                has_documents = state == "unknown" and slug in PROVINCES
                assert rows[slug, era] == ("nothing-found" if has_documents else state)
    alone = {row.place.slug: row.state for row in cover(store, root, "2013").territories}
    assert set(alone.values()) <= {"unknown", "nothing-found"}
    assert [d.path for d in documents_of_place(store, "Hải Dương", "body", "2025-06")][-1].startswith(
        "ubnd-hai-duong"
    )
    now = {d.place_slug for d in documents_of_place(store, "Hải Phòng", "predecessors")}
    assert now == {"hai-phong", "hai-duong"}
    assert {d.place_slug for d in documents_of_place(store, "Hải Phòng", "predecessors", "2025-06")} == {
        "hai-phong"
    }
    assert all((d.date or "") >= MERGED for d in documents_of_place(store, "Hải Phòng", "body"))


# name, sense, as of -> paths
PLACES: list[tuple[str, str, str | None, list[str]]] = [
    ("Hải Phòng", "body", "2024", ["tu-hai-phong/ct/2016/9"]),
    ("Hải Phòng", "body", "2026", []),
    ("Hải Phòng", "predecessors", "2024", ["tu-hai-phong/ct/2016/9"]),
    ("Hải Phòng", "predecessors", "2026", ["tu-hai-phong/ct/2016/9", "tu-hai-duong/ct/2022/28"]),
    ("tỉnh Hải Dương", "body", "2026", ["tu-hai-duong/ct/2022/28"]),
    ("Bình Dương", "territory", "2025-08", ["tu-binh-duong/ct/2015/2"]),
    ("Bình Dương", "territory", "2026", ["tu-binh-duong/ct/2015/2", "tu-ho-chi-minh/ct/2025/1"]),
    ("Hồ Chí Minh", "body", None, ["tu-ho-chi-minh/ct/2025/1"]),
    ("Cao Bằng", "predecessors", None, ["tu-cao-bang/kh/2014/1", "tu-cao-bang/kh/2020/2"]),
    ("Cao Bằng", "territory", None, ["tu-cao-bang/kh/2020/2"]),
    ("Cao Bằng", "territory", "2019", ["tu-cao-bang/kh/2014/1"]),
]  # fmt: skip


@pytest.mark.parametrize(("name", "sense", "as_of", "paths"), PLACES)
def test_documents_of_a_province_in_three_senses(
    name: str, sense: str, as_of: str | None, paths: list[str]
) -> None:
    found = documents_of_place(world(DOCUMENTS, RELATIONS), name, sense, as_of)  # type: ignore[arg-type]
    assert [document.path for document in found] == paths


def test_no_province_of_that_name() -> None:
    with pytest.raises(QueryError):
        documents_of_place(world([]), "Atlantis")


def test_provinces_before_and_after_2025() -> None:
    assert (len(old_territories()), len(present_provinces())) == (63, 34)
    for place in old_territories():
        assert place.until is None or all(not place_of_slug(heir).until for heir in later_places(place.slug))  # type: ignore[union-attr]
    assert sum(founded(place.slug) == 20250701 for place in present_provinces()) == 23
    assert all(
        place.slug in later_places(slug)
        for place in present_provinces()
        for slug in earlier_places(place.slug)
    )
    ha_tay = place_of_slug("ha-tay")
    assert ha_tay and exists_on(ha_tay, "2008-07-31") and not exists_on(ha_tay, "2008-08-01")


def test_comparison_of_implementing_documents() -> None:
    store = world(
        [*DOCUMENTS, Doc("tw/ct/2020/1", "2020")],
        [*RELATIONS, Rel("tu-hai-duong/ct/2022/28", "cites", "tw/ct/2020/1")],
    )
    rows = compare(store, documents_of(store, ROOT)[0], sort="delay")
    assert [row.delay for row in rows] == [212, 212, 577, 577, 3272, 4473]
    hai_duong = next(row for row in rows if row.item.document.place_slug == "hai-duong")
    assert ([d.path for d in hai_duong.cites], hai_duong.chain, hai_duong.status.state) == (
        ["tw/ct/2020/1"],
        1,
        "in-force",
    )
    assert compare(store, documents_of(store, ROOT)[0], sort="cites")[0] == hai_duong
    assert len(compare(store, documents_of(store, ROOT)[0], "province")) == 5


# Differences

DAYS = st.dates().map(str)
PATHS = [f"tw/qd/{n}" for n in range(7)]
PREDICATES = ["implements", "details", "replaces", "amends"]


@st.composite
def histories(draw: st.DrawFn) -> tuple[list[Doc], list[Rel]]:
    """Some dated documents that do things to each other."""
    documents = [Doc(path, draw(DAYS)) for path in PATHS]
    pairs = st.tuples(st.sampled_from(PATHS), st.sampled_from(PREDICATES), st.sampled_from(PATHS))
    relations = {
        Rel(*row, draw(st.none() | DAYS)) for row in draw(st.lists(pairs, max_size=12)) if row[0] != row[2]
    }
    return documents, sorted(relations, key=repr)


def keys(lineage: Lineage) -> tuple[set[str], set[tuple[str, str, str]]]:
    return {node.iri for node in lineage.nodes}, {(e.subject, e.predicate, e.object) for e in lineage.edges}


def applied(lineage: Lineage, difference: Difference) -> tuple[set[str], set[tuple[str, str, str]]]:
    nodes, edges = keys(lineage)
    nodes = nodes - {node.iri for node in difference.removed} | {node.iri for node in difference.added}
    edges = edges - {(e.subject, e.predicate, e.object) for e in difference.edges_removed}
    return nodes, edges | {(e.subject, e.predicate, e.object) for e in difference.edges_added}


@given(histories(), DAYS, DAYS, st.integers(1, 8))
@settings(max_examples=60)
def test_a_difference_makes_the_later_lineage_of_the_earlier(
    history: tuple[list[Doc], list[Rel]], one: str, other: str, max_nodes: int
) -> None:
    start, end = sorted((one, other))
    store = world(*history)
    root = documents_of(store, PATHS[0])[0]
    for limit in (500, max_nodes):
        before, after = (
            trace_lineage(
                store, root, "both", ("implements", "supersedes", "amends"), as_of=date, max_nodes=limit
            )
            for date in (start, end)
        )
        difference = diff_lineage(store, root, start, end, max_nodes=limit)
        assert applied(before, difference) == keys(after)
        # nothing but a limit makes a lineage lose anything with time
        assert difference.truncated or not (difference.removed or difference.edges_removed)


@given(histories(), DAYS, DAYS)
@settings(max_examples=40)
def test_lineage_and_implementing_only_grow_and_end_as_the_plain_answer(
    history: tuple[list[Doc], list[Rel]], one: str, other: str
) -> None:
    start, end = sorted((one, other))
    store = world(*history)
    root = documents_of(store, PATHS[0])[0]
    early, late, last, plain = (
        keys(trace_lineage(store, root, "both", as_of=date)) for date in (start, end, "9999-12-31", None)
    )
    assert early[0] <= late[0] <= plain[0] == last[0]
    assert early[1] <= late[1] <= plain[1] == last[1]
    found = [
        {item.document.iri for item in list_implementing(store, root, as_of=date)}
        for date in (start, end, "9999-12-31", None)
    ]
    assert found[0] <= found[1] <= found[2] == found[3]


def test_a_difference_tells_causes() -> None:
    store = world(
        [
            Doc("tw/qd/2010/290", "2010-02-25"),
            Doc("tw/qd/2021/23", "2021-07-30"),
            Doc("tu-x/qc/2022/357", "2022-03-01"),
            Doc("tw/qd/2015/1", "2015-01-01"),
        ],
        [
            Rel("tw/qd/2021/23", "replaces", "tw/qd/2010/290"),
            Rel("tu-x/qc/2022/357", "implements", "tw/qd/2010/290"),
            Rel("tw/qd/2015/1", "amends", "tw/qd/2010/290"),
        ],
    )
    root = documents_of(store, "tw/qd/2010/290")[0]
    found = diff_lineage(store, root, "2014", "2026")
    assert [node.path for node in found.added] == ["tu-x/qc/2022/357", "tw/qd/2015/1", "tw/qd/2021/23"]
    (change,) = found.changes
    assert (change.before.state, change.after.state) == ("in-force", "superseded")
    assert [act.by.path for act in change.cause] == ["tw/qd/2021/23"]
    (change,) = diff_lineage(store, root, "2014", "2016").changes
    assert (change.after.state, [act.by.path for act in change.cause]) == (
        "partly-superseded",
        ["tw/qd/2015/1"],
    )
    assert diff_lineage(store, root, "2022-04", "2026").changes == ()


@pytest.mark.parametrize(("start", "end"), [("2026", "2014"), ("hôm qua", "2014"), ("2014", "x")])
def test_senseless_dates_are_refused(start: str, end: str) -> None:
    store = world([Doc(ROOT)])
    with pytest.raises(QueryError):
        diff_lineage(store, documents_of(store, ROOT)[0], start, end)
