"""The W3C's SPARQL 1.1 tests through HTTP: which pass, which do not, and why not.

A test that fails must be listed in `w3c_expected.toml` with its reason; one that is listed and passes has to
leave the list. `python -m pytest tests/test_w3c.py -s` prints the scores.
"""

from collections import defaultdict
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pyoxigraph as ox
import pytest

from tests.running import running_server
from tests.small_graph import make_store
from tests.w3c import (
    FOLDERS,
    FailedError,
    W3cTest,
    expected_failures,
    read_tests,
    run_description_test,
    run_graph_store_test,
    run_protocol_test,
    run_query_test,
    suite_quads,
)

# passed of all, in a folder, at least; what is below is explained in the list
SUITE = {
    "protocol": 34, "service-description": 3, "csv-tsv-res": 6, "json-res": 4, "graph-store-protocol": 13,
}  # fmt: skip


_STEPS = count()


@pytest.fixture(scope="module")
def suite(shared: Path) -> Path:
    folder = shared / "w3c" / "sparql11"
    if not folder.is_dir():
        pytest.skip("needs shared/w3c/sparql11 beside the checkout: not there")
    return folder


@pytest.fixture(scope="module")
def store(suite: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_store(tmp_path_factory.mktemp("w3c") / "store", suite_quads(suite))


@pytest.fixture(scope="module")
def address(store: Path) -> Iterator[str]:
    with running_server(store) as url:
        yield url


def run(test: W3cTest, suite: Path, store: Path, address: str) -> str:
    """Run one test; what is to be said of its passing, or nothing."""

    def put(graphs: dict[str, list[ox.Quad]]) -> None:
        # a build is named by what is in it, and this test makes some twice
        step = ox.NamedNode(f"http://example.org/step/{next(_STEPS)}")
        quads = [quad for name in graphs for quad in graphs[name]]
        make_store(store, [ox.Quad(step, step, step, step), *quads], alone=True)

    if test.folder == "protocol":
        return "updates refused" if run_protocol_test(test, address) else ""
    if test.folder == "service-description":
        run_description_test(test, address)
    elif test.folder == "graph-store-protocol":
        run_graph_store_test(test, address, put)
    elif run_query_test(test, suite, address):
        return "numbers equal by value"
    return ""


def test_the_suite_passes_but_for_what_is_explained(
    suite: Path, store: Path, address: str, capsys: pytest.CaptureFixture[str]
) -> None:
    passed: dict[str, list[str]] = defaultdict(list)
    failed: dict[str, str] = {}
    remarks: dict[str, list[str]] = defaultdict(list)
    tests = read_tests(suite)
    for test in tests:
        try:
            remarks[run(test, suite, store, address)].append(test.name)
        except FailedError as error:
            failed[f"{test.folder}/{test.name}"] = str(error)
        else:
            passed[test.folder].append(test.name)
    with capsys.disabled():
        print()
        for folder in FOLDERS:
            total = sum(test.folder == folder for test in tests)
            print(f"  w3c {folder:24} {len(passed[folder]):3} / {total}")
        for remark in sorted(filter(None, remarks)):
            print(f"  w3c passed, {remark}: {', '.join(remarks[remark])}")
    expected = expected_failures()
    assert {name: why for name, why in failed.items() if name not in expected} == {}
    assert sorted(expected.keys() - failed.keys()) == [], "these pass: take them off the list"
    for folder, total in SUITE.items():
        assert len(passed[folder]) == total, folder
