"""Scoring: our figures on hand-made cases, and the same figures as the shared yardstick on its own texts."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from api.cli import cli
from graph.errors import ReadError
from graph.extract import extract_source, extraction_record
from graph.model import Source
from graph.resolution import Document
from graph.score import canonical, is_same, score_folder, score_text
from graph.score_links import judge_link
from graph.score_record import compare, write_record
from graph.tally import Score

TEXT = "Thực hiện Nghị quyết số 25-NQ/TW, tỉnh ban hành Chỉ thị số 28-CT/TU; Luật Đất đai."


def gold(**changes: Any) -> dict[str, Any]:
    """An annotated text: two numbered documents, a law, one relation."""
    return {
        "text": TEXT,
        "self": None,
        "documents": {
            "d1": {
                "number": "25-NQ/TW",
                "type": "Nghị quyết",
                "date": "2013-06-03",
                "issuer": "Bộ Chính trị",
                "title": None,
            },
            "d2": {"number": "28-CT/TU", "type": "Chỉ thị", "date": None, "issuer": None, "title": None},
            "d3": {"number": None, "type": "Luật", "date": None, "issuer": None, "title": "Đất đai"},
        },
        "mentions": [
            {"text": "Nghị quyết số 25-NQ/TW", "doc": "d1", "nth": 1},
            {"text": "Chỉ thị số 28-CT/TU", "doc": "d2", "nth": 1},
            {"text": "Luật Đất đai", "doc": "d3", "nth": 1},
        ],
        "relations": [["d2", "implements", "d1"]],
    } | changes


def found(
    *parts: tuple[str, str | None, str | None], relations: tuple[tuple[str, str, str], ...] = ()
) -> dict[str, Any]:
    """An extraction: (surface, number, title) of each mention, keys a, b, c ..."""
    documents, mentions = {}, []
    for key, (surface, number, title) in zip("abcdef", parts, strict=False):
        start = TEXT.index(surface)
        documents[key] = {
            "number": number,
            "type": None,
            "date": "2013-06-03",
            "issuer": None,
            "title": title,
        }
        mentions.append({"start": start, "end": start + len(surface), "document": key})
    rows = [{"subject": s, "predicate": p, "object": o} for s, p, o in relations]
    return {"self": None, "documents": documents, "mentions": mentions, "relations": rows}


ALL = (("25-NQ/TW", "25-NQ/TW", None), ("28-CT/TU", "28-ct/tu", None), ("Luật Đất đai", None, "Luật Đất đai"))

# found -> right, spurious, missed of mentions, documents, relations
CASES = [
    (found(*ALL, relations=(("b", "implements", "a"),)), (3, 0, 0), (3, 0, 0), (1, 0, 0)),
    (found(*ALL, relations=(("a", "implements", "b"),)), (3, 0, 0), (3, 0, 0), (0, 1, 1)),
    (found(*ALL, relations=(("b", "cites", "a"),)), (3, 0, 0), (3, 0, 0), (0, 0, 1)),
    (found(), (0, 0, 3), (0, 0, 3), (0, 0, 1)),
    (found(("25-NQ/TW", "26-NQ/TW", None)), (0, 1, 3), (0, 1, 3), (0, 0, 1)),
    (found(("Chỉ thị số", "25-NQ/TW", None)), (0, 1, 3), (1, 0, 2), (0, 0, 1)),
]


@pytest.mark.parametrize(("row", "mentions", "documents", "relations"), CASES)
def test_what_counts_as_right(
    row: dict[str, Any], mentions: tuple[int, ...], documents: tuple[int, ...], relations: tuple[int, ...]
) -> None:
    score = Score()
    score_text(score, "x", gold(), row)
    for name, wanted in (("mentions", mentions), ("documents", documents), ("relations", relations)):
        tally = score.tally(name)
        assert (tally.right, tally.spurious, tally.missed) == wanted, name


def test_fields_and_errors_are_kept() -> None:
    score = Score()
    score_text(score, "x", gold(), found(*ALL))
    assert score.fields == {"date": [1, 1], "issuer": [0, 1], "self_number": [0, 0]}
    assert score.errors == {"missed relation": [("x", "d2 implements d1")]}
    assert score.recalled == {"numbered": [2, 2], "named": [1, 1]}
    assert score.as_row()["relations"]["recall"] == 0.0


@pytest.mark.parametrize(
    ("wanted", "have", "same"),
    [
        ({"number": "05-CT/TW"}, {"number": "5-CT/TW"}, True),
        ({"number": "25"}, {"number": "25-NQ/TW"}, True),
        ({"number": "25"}, {"number": "250-NQ/TW"}, False),
        ({"number": "25-NQ/TW"}, {"number": None, "title": "25-NQ/TW"}, False),
        (
            {"number": None, "title": "Luật Đất đai"},
            {"number": None, "type": "Luật", "title": "Đất đai 2013"},
            True,
        ),
        ({"number": None, "title": "Luật Đất đai"}, {"number": None, "title": "Luật Nhà ở"}, False),
        ({"number": None, "title": None}, {"number": "1-CT/TW"}, False),
    ],
)
def test_same_document(wanted: dict[str, Any], have: dict[str, Any], same: bool) -> None:
    assert is_same(wanted, have) is same


def test_numbers_are_compared_without_their_spelling() -> None:
    assert canonical("28 –CT/TU") == canonical("28-ct/tu") == "28-CT/TU"
    assert canonical("") is canonical(None) is None


def test_a_folder_without_annotated_texts_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="no annotated texts"):
        score_folder(tmp_path, lambda name, text: found())
    (tmp_path / "bad.json").write_text("[1]", encoding="utf-8")
    with pytest.raises(ReadError, match="not an annotated text"):
        score_folder(tmp_path, lambda name, text: found())


def test_the_figures_are_those_of_the_yardstick(shared: Path, tmp_path: Path) -> None:
    folder = shared / "gold" / "dev"
    if not folder.is_dir():
        pytest.skip("needs shared/gold/dev beside the checkout: not there")
    rows = {}

    def extract(name: str, text: str) -> dict[str, Any]:
        source = Source(name, text)
        rows[name] = extraction_record(source, extract_source(source))
        return rows[name]

    ours = score_folder(folder, extract).as_row()
    lines = tmp_path / "out.jsonl"
    lines.write_text("".join(json.dumps(row) + "\n" for row in rows.values()), encoding="utf-8")
    theirs = tmp_path / "theirs.json"
    yardstick = [
        sys.executable,
        str(shared / "gold" / "score.py"),
        str(folder),
        str(lines),
        "--json",
        str(theirs),
    ]
    subprocess.run(yardstick, check=True, capture_output=True)
    shared_figures = json.loads(theirs.read_text(encoding="utf-8"))
    assert {name: ours[name] for name in shared_figures} == shared_figures


@pytest.mark.parametrize("name", ["ours", "shared"])
def test_figures_on_annotated_texts_do_not_fall(name: str, request: pytest.FixtureRequest) -> None:
    repository: Path = request.getfixturevalue("repository")
    folder = repository / "tests" / "gold"
    if name == "shared":
        folder = request.getfixturevalue("shared") / "gold" / "dev"
        if not folder.is_dir():
            pytest.skip("needs shared/gold/dev beside the checkout: not there")
    run = CliRunner().invoke(
        cli,
        [
            "score",
            str(folder),
            "--with",
            str(repository / "data" / "catalogue"),
            "--record",
            str(repository / "tests" / "scores.json"),
            "--name",
            name,
        ],
    )
    assert run.exit_code == 0, run.output


def document(path: str, **facts: Any) -> Document:
    return Document(path, facts.pop("number", None), facts.pop("type", "nq"), **facts)


NQ25 = document("tw/nq/2013/25", number="25-NQ/TW", date="2013-06-03")
LUAT = document(
    "vn/luat/2013/45-qh13", number="45/2013/QH13", type="luat", date="2013-11-29", title="Đất đai"
)
KH = document(
    "ubnd-lao-cai/qd/2015/1658", number="1658/QĐ-UBND", type="qd", date="2015-09-01", place="lao-cai"
)

LINKS = [
    ({"number": "25-NQ/TW", "date": "2013-06-03"}, NQ25, True),
    ({"number": "25-NQ/TW", "date": "2008-07-25"}, NQ25, False),
    ({"number": "25", "date": None}, NQ25, None),
    ({"number": "25", "date": "2013-06-03"}, NQ25, True),
    ({"number": "26", "date": None}, NQ25, False),
    ({"number": "25-QĐ/TW", "date": "2013-06-03"}, NQ25, True),
    ({"number": "25-QĐ/TW", "date": None}, NQ25, False),
    ({"number": None, "type": "Luật", "title": "Đất đai", "date": None}, LUAT, True),
    ({"number": None, "type": "Luật", "title": "Đất đai", "date": "2003-11-26"}, LUAT, False),
    ({"number": None, "type": "Luật", "title": "Nhà ở", "date": None}, LUAT, False),
    ({"number": "45/2013/QH13", "date": None}, LUAT, True),
    ({"number": "1658/QĐ-UBND", "issuer": "Ủy ban nhân dân tỉnh Yên Bái", "date": "2015-09-01"}, KH, False),
    ({"number": "1658/QĐ-UBND", "issuer": "Ủy ban nhân dân tỉnh Lào Cai", "date": None}, KH, True),
]


@pytest.mark.parametrize(("record", "linked", "right"), LINKS)
def test_a_link_is_judged_by_what_the_annotation_tells(
    record: dict[str, Any], linked: Document, right: bool | None
) -> None:
    assert judge_link(record, linked)[0] is right


def test_relations_are_counted_by_their_confidence_and_direction() -> None:
    score = Score()
    row = found(*ALL, relations=(("b", "implements", "a"), ("a", "implements", "b")))
    for relation, confidence in zip(row["relations"], (0.95, 0.6), strict=True):
        relation["confidence"] = confidence
    score_text(score, "x", gold(), row)
    assert score.reversed == 1
    assert [(bin_["confidence"], bin_["relations"], bin_["right"]) for bin_ in score.reliability()] == [
        (0.5, 1, 0),
        (0.95, 1, 1),
    ]


def test_a_figure_below_its_floor_is_told(tmp_path: Path) -> None:
    record = tmp_path / "scores.json"
    row = Score(texts=1).as_row() | {"relations": {"f1": 0.9}}
    write_record(record, "x", row)
    assert [change.is_low for change in compare(record, "x", row)] == [False] * len(compare(record, "x", row))
    worse = row | {"relations": {"f1": 0.89}, "reversed": 1}
    assert [change.name for change in compare(record, "x", worse) if change.is_low] == [
        "relations F1",
        "reversed",
    ]
    record.write_text("[]", encoding="utf-8")
    with pytest.raises(ReadError, match="not a record of scores"):
        compare(record, "x", row)
