# ruff: noqa: E501 - the texts read best one a line
"""What the corpus knew when: kept apart from what is valid when, and from the graph."""

from pathlib import Path

import pytest

from graph.ask import document_at, list_implementing, trace_lineage
from graph.build import build
from graph.errors import QueryError
from graph.journal import JOURNAL, known_since, read_journal, record_build, sources_known_at
from graph.status import status_of
from graph.store import Store

FIRST = "Thực hiện Nghị quyết số 25-NQ/TW ngày 03/6/2013, Tỉnh ủy Hải Dương đã ban hành Chỉ thị số 28-CT/TU ngày 19/5/2022."
LATER = "Thực hiện Nghị quyết số 25-NQ/TW ngày 03/6/2013, Tỉnh ủy Nghệ An đã ban hành Chỉ thị số 11-CT/TU ngày 10/5/2015."
R25 = "tw/nq/2013/25"


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """Two builds: the second adds a text about a document older than that of the first."""
    for number, text in enumerate((FIRST, LATER)):
        folder = tmp_path / f"nguon{number}"
        folder.mkdir()
        (folder / "bao-cao.txt").write_text(text, encoding="utf-8")
        build([folder], tmp_path / "kho")
    return tmp_path / "kho"


def test_a_text_added_late_does_not_rewrite_what_was_answered_before(store: Path) -> None:
    entries = read_journal(store)
    assert [len(entry.sources) for entry in entries] == [1, 1]
    with Store(store) as now:
        root = document_at(now, R25)
        assert entries[-1].build == now.version
        known = sources_known_at(store, entries[0].build)
        then = list_implementing(now, root, sources=known)
        assert [item.document.number for item in then] == ["28-CT/TU"]
        # valid on 2016 and known now: the other one; valid on 2016 and known then: none
        assert [item.document.number for item in list_implementing(now, root, as_of="2016")] == ["11-CT/TU"]
        assert list_implementing(now, root, as_of="2016", sources=known) == []
        assert len(trace_lineage(now, root, "down", sources=known).nodes) == 2
        assert status_of(now, [root], None, known)[root.iri].state == status_of(now, [root])[root.iri].state
        found = known_since(
            store, [item.evidence.source for item in list_implementing(now, root, as_of="2016")]
        )
        assert found == entries[1]


def test_the_same_sources_give_the_same_graph_whatever_the_journal_says(store: Path, tmp_path: Path) -> None:
    other = tmp_path / "kho-khac"
    build([tmp_path / "nguon1", tmp_path / "nguon0"], other)
    with Store(store) as one, Store(other) as two:
        assert one.version == two.version
    assert [len(entry.sources) for entry in read_journal(other)] == [2]


def test_building_again_adds_no_line(store: Path, tmp_path: Path) -> None:
    before = (store / JOURNAL).read_bytes()
    build([tmp_path / "nguon0"], store)
    assert (store / JOURNAL).read_bytes() == before


def test_a_line_torn_by_a_crash_is_passed_over(tmp_path: Path) -> None:
    record_build(tmp_path, "a" * 16, ["s1"], "2026-01-01")
    with (tmp_path / JOURNAL).open("a", encoding="utf-8") as file:
        file.write('{"build": "bbbb", "on": "2026-0')
    record_build(tmp_path, "c" * 16, ["s1", "s2"], "2026-03-01")
    assert [(entry.build[0], entry.sources) for entry in read_journal(tmp_path)] == [
        ("a", ("s1",)),
        ("c", ("s2",)),
    ]


def test_known_at_a_build_or_a_day(tmp_path: Path) -> None:
    record_build(tmp_path, "a" * 16, ["s1"], "2026-01-01")
    record_build(tmp_path, "b" * 16, ["s1", "s2"], "2026-03-01")
    assert sources_known_at(tmp_path, "a" * 16) == {"s1"}
    assert sources_known_at(tmp_path, "b" * 16) == {"s1", "s2"}
    assert sources_known_at(tmp_path, "2026-02") == {"s1"}
    assert sources_known_at(tmp_path, "2025") == frozenset()
    for when in ("dddd", "hôm qua", "2026-1"):
        with pytest.raises(QueryError):
            sources_known_at(tmp_path, when)
