"""Real lineages of public record: status and differences come out as the sources say."""

import tomllib
from collections.abc import Iterator
from typing import Any

import pytest

from graph.ask import document_at
from graph.diff import diff_lineage
from graph.status import State, status_of
from graph.store import Store
from tests.corpus import DATA, build_corpus

LINEAGES: list[dict[str, Any]] = tomllib.loads(
    (DATA / "lineages" / "lineages.toml").read_text(encoding="utf-8")
)["lineage"]
STATUSES = [tuple(row) for lineage in LINEAGES for row in lineage["status"]]
DIFFERENCES = [tuple(row) for lineage in LINEAGES for row in lineage["diff"]]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with Store(build_corpus(tmp_path_factory.mktemp("pha-he") / "kho")) as store:
        yield store


def test_there_are_enough_lineages_each_with_sources_and_three_dates() -> None:
    assert len(LINEAGES) >= 12
    for lineage in LINEAGES:
        assert lineage["sources"] and lineage["diff"]
        assert len({date for _, date, _ in lineage["status"]}) >= 3


@pytest.mark.parametrize(("path", "date", "state"), STATUSES)
def test_status(store: Store, path: str, date: str, state: str) -> None:
    document = document_at(store, path)
    status = status_of(store, [document], date)[document.iri]
    assert status.state == state, status.reason
    assert state in State.__args__  # type: ignore[attr-defined]
    if state in ("superseded", "partly-superseded"):
        assert status.chain and all(act.edge.best.quote for act in status.chain)


@pytest.mark.parametrize(("path", "start", "end", "changed"), DIFFERENCES)
def test_difference(store: Store, path: str, start: str, end: str, changed: dict[str, str]) -> None:
    found = diff_lineage(store, document_at(store, path), start, end)
    states = {change.document.path: change.after.state for change in found.changes}
    # documents met only by amendments are not told here
    assert {name: state for name, state in states.items() if name in changed or name == path} == changed
