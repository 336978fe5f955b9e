"""Builds of many texts: an invented corpus is understood, nothing is done twice, a killed build is gone on with."""

import json
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from graph.build import build
from graph.sorted_rows import Rows, RowWriter, in_batches

ROOT = Path(__file__).resolve().parent.parent
BENCHMARKS = ROOT / "benchmarks"


def run(script: str, *words: str) -> str:
    command = [sys.executable, str(BENCHMARKS / script), *words]
    return subprocess.run(command, check=True, capture_output=True, text=True, cwd=ROOT).stdout


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("corpus")
    run("generate_corpus.py", "1500", str(folder))
    return folder


@pytest.fixture(scope="module")
def built(corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    store = tmp_path_factory.mktemp("store") / "S"
    build([corpus / "texts.jsonl.gz"], store, jobs=2)
    return store


def test_the_same_seed_gives_the_same_corpus(corpus: Path, tmp_path: Path) -> None:
    run("generate_corpus.py", "1500", str(tmp_path))
    for name in ("texts.jsonl.gz", "truth.jsonl.gz"):
        assert (tmp_path / name).read_bytes() == (corpus / name).read_bytes()


def test_an_invented_corpus_is_understood(corpus: Path, built: Path) -> None:
    figures: dict[str, Any] = json.loads(
        run("score_corpus.py", str(corpus / "truth.jsonl.gz"), str(built), "--json")
    )
    assert figures["documents"]["truth"] > 1300
    for name in ("documents", "implements", "supersedes", "basedOn"):
        assert figures[name]["precision"] >= 0.97, name
        assert figures[name]["recall"] >= 0.95, name


def test_what_was_extracted_is_not_extracted_again(corpus: Path, built: Path, tmp_path: Path) -> None:
    more = tmp_path / "more.jsonl"
    more.write_text(
        '{"id": "mới", "text": "Thực hiện Nghị quyết số 25-NQ/TW ngày 03/6/2013."}\n', encoding="utf-8"
    )
    extracted: list[int | None] = []
    summary = build(
        [more],
        built,
        progress=lambda stage, done, total: extracted.append(total) if stage == "extract" else None,
    )
    assert (summary.new_texts, set(extracted)) == (1, {1})


STEPS = ("read", "extract", "gather", "resolve", "state", "load", "swap")

WORKER = """
import os, signal, sys
from pathlib import Path
from graph.build import build
def stop(stage, done, total):
    if stage == sys.argv[3] and done >= int(sys.argv[4]):
        os.kill(os.getpid(), signal.SIGKILL)
if __name__ == "__main__":
    build([Path(sys.argv[1])], Path(sys.argv[2]), progress=stop)
"""


@pytest.mark.parametrize("step", STEPS)
def test_a_killed_build_is_gone_on_with(step: str, tmp_path: Path) -> None:
    texts = ROOT / "data" / "samples"
    store = tmp_path / "S"
    command = [sys.executable, "-c", WORKER, str(texts), str(store), step, "1" if step == "extract" else "0"]
    killed = subprocess.run(command, cwd=ROOT, check=False)
    assert killed.returncode == -signal.SIGKILL
    assert not (store / "CURRENT").exists()
    told: list[str] = []
    summary = build([texts], store, progress=lambda stage, done, total: told.append(stage))
    whole = build([texts], tmp_path / "T")
    assert summary.version == whole.version
    assert (summary.texts, summary.mentions, summary.relations) == (
        whole.texts,
        whole.mentions,
        whole.relations,
    )
    assert summary.skipped == whole.skipped
    done = STEPS[1 : STEPS.index(step)]
    assert not set(done) & set(told), "steps that were done are not done again"
    assert [path.name for path in (store / "builds").iterdir()] == [summary.version]


def test_rows_are_sorted_on_disk(tmp_path: Path) -> None:
    rows = [("b", "2", b"x"), ("a", "10", b"y"), ("b", "1", b"z"), ("đ", "1", b"")]
    with RowWriter(tmp_path / "rows.db", key=2, columns=3) as writer:
        writer.add(rows[:1])
        writer.add(rows[1:])
    found = Rows(tmp_path / "rows.db")
    assert list(found) == sorted(rows)
    assert list(found.with_first("b")) == sorted(rows)[1:3]
    assert list(found.between("a", "b")) == sorted(rows)[:3]
    assert found.counts() == [("a", 1), ("b", 2), ("đ", 1)]
    assert list(in_batches(found.counts(), 2)) == [["a"], ["b"], ["đ"]]
    found.close()
