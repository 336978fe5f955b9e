"""Building: order and halves do not matter, a crash or a second builder does no harm, bad files are told."""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from graph.build import BuildSummary, build
from graph.errors import ReadError, StoreError
from graph.store import Store, live_build

TEXTS = {
    "a.txt": "Thực hiện Nghị quyết số 25-NQ/TW ngày 03/6/2013, Tỉnh ủy Hải Dương đã ban hành "
    "Chỉ thị số 28-CT/TU ngày 19/5/2022.\n",
    "b.txt": "Ngày 12/3/2009. Thanh niên tỉnh học tập Nghị quyết số 25-NQ/TW ngày 25/7/2008 về công tác thanh niên.\n",
    "c.txt": "Tỉnh ủy Hải Dương tổng kết công tác dân vận theo Nghị quyết 25-NQ/TW và Chỉ thị số 28-CT/TU.\n",
    "d.txt": "Luật Đất đai ngày 29/11/2013 được thay thế bởi Luật Đất đai số 31/2024/QH15 ngày 18/01/2024.\n",
    "e.txt": "Quyết định số 33/2021/QĐ-TTg ngày 12/10/2021; Nghị quyết 25 và Nghị định số 13/2023/NĐ-CP.\n",
}


@pytest.fixture
def texts(tmp_path: Path) -> list[Path]:
    folder = tmp_path / "texts"
    folder.mkdir()
    for name, text in TEXTS.items():
        (folder / name).write_text(text, encoding="utf-8")
    return sorted(folder.iterdir())


def dump(store: Path) -> list[str]:
    with Store(store) as opened:
        return list(opened.n_quads())


def test_order_halves_and_jobs_make_one_graph(texts: list[Path], tmp_path: Path) -> None:
    whole = build(texts, tmp_path / "whole")
    shuffled = random.Random(7).sample(texts, len(texts))  # noqa: S311 - a test's order
    build(shuffled[:2], tmp_path / "halves")
    halves = build(shuffled[1:], tmp_path / "halves")
    parallel = build(shuffled, tmp_path / "parallel", jobs=2)
    assert dump(tmp_path / "whole") == dump(tmp_path / "halves") == dump(tmp_path / "parallel")
    assert whole.version == halves.version == parallel.version
    assert (whole.texts, whole.new_texts, halves.new_texts) == (5, 5, 3)
    assert whole.documents >= 6
    assert whole.ambiguous + whole.unresolved >= 1


def test_a_text_under_two_names_is_one_source(texts: list[Path], tmp_path: Path) -> None:
    copy = texts[0].with_name("copy.txt")
    copy.write_bytes(texts[0].read_bytes())
    assert build([texts[0], copy], tmp_path / "S").texts == 1
    with Store(tmp_path / "S") as store:
        names = {
            row["name"].value
            for row in store.query("SELECT ?name { ?s a ph:Source ; dcterms:identifier ?name }")
        }
    assert names == {"a", "copy"}


def test_fresh_leaves_the_old_sources_out(texts: list[Path], tmp_path: Path) -> None:
    build(texts, tmp_path / "S")
    assert build(texts[:1], tmp_path / "S", fresh=True).texts == 1
    assert build(texts[:1], tmp_path / "T").version == build(texts[:1], tmp_path / "S").version


def test_progress_is_told_and_the_summary_is_the_manifest(texts: list[Path], tmp_path: Path) -> None:
    stages: list[str] = []
    summary = build(texts, tmp_path / "S", progress=lambda stage, done, total: stages.append(stage))
    assert list(dict.fromkeys(stages)) == ["read", "extract", "gather", "resolve", "state", "load", "swap"]
    with Store(tmp_path / "S") as store:
        for name in (
            "version",
            "texts",
            "mentions",
            "documents",
            "relations",
            "bases",
            "quads",
            "unresolved",
        ):
            assert store.manifest[name] == getattr(summary, name)
        assert store.is_current()


def test_bad_files_are_told_and_the_rest_is_built(texts: list[Path], tmp_path: Path) -> None:
    (texts[0].parent / "empty.txt").write_text("", encoding="utf-8")
    (texts[0].parent / "cut.docx").write_bytes(b"PK\x03\x04 not all of it")
    (texts[0].parent / "bad.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    summary = build([texts[0].parent], tmp_path / "S")
    assert summary.texts == len(TEXTS)
    assert sorted(Path(what).name for what, _ in summary.skipped) == ["bad.csv", "cut.docx", "empty.txt"]
    assert all(reason and "\n" not in reason for _, reason in summary.skipped)


def test_nothing_readable_is_an_error_and_leaves_the_store(texts: list[Path], tmp_path: Path) -> None:
    before = build(texts, tmp_path / "S").version
    empty = tmp_path / "empty.txt"
    empty.write_text("", encoding="utf-8")
    with pytest.raises(ReadError, match="no text could be read"):
        build([empty], tmp_path / "T")
    with pytest.raises(ReadError):
        build([tmp_path / "absent.txt"], tmp_path / "S")
    with Store(tmp_path / "S") as store:
        assert store.version == before


def test_the_build_before_is_kept_and_older_ones_go(texts: list[Path], tmp_path: Path) -> None:
    versions = [build(texts[: n + 1], tmp_path / "S").version for n in range(3)]
    assert len(set(versions)) == 3
    assert {path.name for path in (tmp_path / "S" / "builds").iterdir()} == set(versions[1:])
    live = live_build(tmp_path / "S")
    assert live is not None
    assert live.name == versions[-1]


def test_a_reader_keeps_its_build_while_another_goes_live(texts: list[Path], tmp_path: Path) -> None:
    build(texts[:1], tmp_path / "S")
    with Store(tmp_path / "S") as store:
        before = list(store.n_quads())
        build(texts, tmp_path / "S")
        assert not store.is_current()
        assert list(store.n_quads()) == before


def test_a_folder_of_other_things_is_left_alone(texts: list[Path], tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="holds other things"):
        build(texts, texts[0].parent)
    with pytest.raises(StoreError, match="a file, expected a folder"):
        build(texts, texts[0])
    assert {path.name for path in texts[0].parent.iterdir()} == set(TEXTS)


WORKER = """
import os, signal, sys, time
from pathlib import Path
from graph.build import build
def stop(stage, done, total):
    if stage == sys.argv[3]:
        print("there", flush=True)
        if sys.argv[4] == "kill":
            os.kill(os.getpid(), signal.SIGKILL)
        time.sleep(60)
if __name__ == "__main__":
    build([Path(sys.argv[1])], Path(sys.argv[2]), progress=stop)
"""


def start(texts: list[Path], store: Path, stage: str, how: str) -> "subprocess.Popen[str]":
    root = Path(__file__).resolve().parent.parent
    return subprocess.Popen(
        [sys.executable, "-c", WORKER, str(texts[0].parent), str(store), stage, how],
        stdout=subprocess.PIPE, text=True, cwd=root,
    )  # fmt: skip


@pytest.mark.parametrize("stage", ["extract", "state", "load", "swap"])
def test_a_killed_build_leaves_the_one_before(texts: list[Path], tmp_path: Path, stage: str) -> None:
    store = tmp_path / "S"
    before: BuildSummary = build(texts[:1], store)
    process = start(texts, store, stage, "kill")
    process.communicate(timeout=60)
    assert process.returncode == -signal.SIGKILL
    with Store(store) as opened:
        assert opened.version == before.version
        assert len(list(opened.n_quads())) == before.quads
    assert list((store / "builds").glob(".tmp-*"))
    after = build(texts, store)
    assert not list((store / "builds").glob(".tmp-*"))
    assert after.version == build(texts, tmp_path / "T").version


def test_a_second_builder_is_told_who_builds(texts: list[Path], tmp_path: Path) -> None:
    store = tmp_path / "S"
    process = start(texts, store, "extract", "wait")
    try:
        assert process.stdout is not None
        assert process.stdout.readline() == "there\n"
        started = time.monotonic()
        with pytest.raises(StoreError, match=rf"is being built by another process \(pid {process.pid}\)"):
            build(texts, store)
        assert time.monotonic() - started < 5
    finally:
        os.kill(process.pid, signal.SIGKILL)
        process.communicate()
    assert build(texts, store).texts == len(TEXTS)
