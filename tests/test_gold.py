"""Form of our own annotated passages (tests/gold) and of the sample texts (data/samples)."""

import json
import re
import unicodedata
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parent
PASSAGES = sorted((HERE / "gold").glob("*.json"))
SAMPLES = HERE.parent / "data" / "samples"
PREDICATES = {"implements", "supersedes", "amends", "basedOn", "suspends", "corrects", "consolidates"}


def texts() -> list[Path]:
    return sorted(path for path in SAMPLES.iterdir() if path.name != "README.md")


def nth(text: str, part: str, count: int) -> int:
    """Start of the count-th occurrence, overlapping ones counted, or -1."""
    start = -1
    for _ in range(count):
        start = text.find(part, start + 1)
        if start < 0:
            return -1
    return start


@pytest.mark.parametrize("path", PASSAGES, ids=lambda path: path.stem)
def test_passage(path: Path) -> None:
    passage: dict[str, Any] = json.loads(path.read_text("utf-8"))
    documents = passage["documents"]
    assert passage["id"] == path.stem
    assert passage["kind"] in {"party", "state", "news"}
    starts = [nth(passage["text"], mention["text"], mention["nth"]) for mention in passage["mentions"]]
    assert -1 not in starts
    assert starts == sorted(set(starts)), "mentions stand in text order, each once"
    assert {mention["doc"] for mention in passage["mentions"]} == documents.keys()
    for key, document in documents.items():
        assert document["named"] == (document["number"] is None), key
        if document["number"] is not None:
            assert re.fullmatch(r"[0-9]\S*", document["number"], re.ASCII), key
    ends = documents.keys() | ({"self"} if passage["self"] else set())
    for subject, predicate, target in passage["relations"]:
        assert predicate in PREDICATES
        assert {subject, target} <= ends
        assert subject != target


def test_there_are_enough_passages() -> None:
    assert len(PASSAGES) >= 56


def test_samples_are_listed_with_their_sources() -> None:
    table = (SAMPLES / "README.md").read_text("utf-8")
    listed = re.findall(r"^\| (\S+\.(?:txt|md|html|jsonl)) \|", table, re.MULTILINE)
    assert sorted(listed) == [path.name for path in texts()]
    assert len(listed) >= 12


@pytest.mark.parametrize("path", texts(), ids=lambda path: path.name)
def test_sample(path: Path) -> None:
    text = path.read_text("utf-8")
    assert 1500 <= len(text) <= 4000
    assert text == unicodedata.normalize("NFC", text)
    if path.suffix == ".jsonl":
        assert all({"id", "text"} == json.loads(line).keys() for line in text.splitlines())
