"""The catalogue: what is in data/catalogue, and how a catalogue is read."""

import csv
import json
from collections import Counter
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from graph.catalogue import (
    CONFIDENCES,
    DOCUMENT_COLUMNS,
    PREDICATES,
    RELATION_COLUMNS,
    RULE,
    is_catalogue,
    read_catalogue,
)
from graph.errors import ReadError
from graph.iri import document_path, type_of_word
from graph.model import Extraction, Source

FOLDER = Path(__file__).parents[1] / "data" / "catalogue"
TABLES = ("documents", "relations")

# What a province's paper must carry out to count here: the resolution on dân vận, its companions, and the law
# and the ordinance on grassroots democracy.
DAN_VAN = {
    "tw/nq/2013/25",
    "tw/kl/2019/43",
    "tw/qd/2021/23",
    "tw/qd/2013/217",
    "tw/qd/2013/218",
    "tw/qd/2018/124",
    "tw/ct/2022/18",
    "tw/kl/2021/21",
    "vn/luat/2022/10-qh15",
    "vn/phap-lenh/2007/34-ubtvqh11",
}
# What articles on dân vận name beside them: older papers of the same matter, and the study of Hồ Chí Minh's example.
BESIDE_DAN_VAN = {
    "tw/qd/2010/290",
    "tw/ct/1998/30",
    "tw/ct/2016/5",
    "tw/kl/2021/1",
    "vn/ct/2000/18-2000-ttg",
    "vn/ct/2021/33-ttg",
    "vn/nd/1998/29-cp",
    "vn/nd/1998/71-cp",
    "vn/nd/2003/79-cp",
    "vn/nd/2015/4-cp",
    "vn/nd/2023/59-cp",
}


@cache
def source(table: str) -> Source:
    return Source(table, (FOLDER / f"{table}.csv").read_text("utf-8"), f"{table}.csv", kind="catalogue")


@cache
def rows(table: str) -> tuple[dict[str, str], ...]:
    # the csv module reads it too: two readers of one format must agree
    return tuple(csv.DictReader(source(table).raw.splitlines()))


@cache
def extraction(table: str) -> Extraction:
    return read_catalogue(source(table))


@pytest.mark.parametrize(("table", "definition"), [("documents", "document"), ("relations", "relation")])
def test_every_row_keeps_to_the_schema(table: str, definition: str) -> None:
    schema = json.loads((FOLDER / "schema.json").read_text("utf-8"))
    Draft202012Validator.check_schema(schema)
    validator = Draft202012Validator({"$ref": f"#/$defs/{definition}", "$defs": schema["$defs"]})
    faults = [
        (row, error.message) for row in rows(table) for error in validator.iter_errors(row) if row is not None
    ]
    assert faults == []


def test_schema_and_reader_agree_on_columns_and_predicates() -> None:
    definitions = json.loads((FOLDER / "schema.json").read_text("utf-8"))["$defs"]
    assert definitions["document"]["required"] == list(DOCUMENT_COLUMNS)
    assert definitions["relation"]["required"] == list(RELATION_COLUMNS)
    assert set(definitions["relation"]["properties"]["predicate"]["enum"]) == PREDICATES
    assert set(definitions["relation"]["properties"]["basis"]["enum"]) == set(CONFIDENCES)


def test_schema_refuses_what_the_format_forbids() -> None:
    schema = json.loads((FOLDER / "schema.json").read_text("utf-8"))
    validator = Draft202012Validator({"$ref": "#/$defs/document", "$defs": schema["$defs"]})
    good = rows("documents")[0]
    assert validator.is_valid(good)
    for column, value in [
        ("id", "25-NQ/TW"),
        ("date", "03/06/2013"),
        ("url", "Công báo"),
        ("title", 'a "b" c'),
    ]:
        assert not validator.is_valid({**good, column: value}), column


def test_ids_are_unique_sorted_and_minted_from_their_rows() -> None:
    ids = [row["id"] for row in rows("documents")]
    assert [i for i, n in Counter(ids).items() if n > 1] == []
    assert ids == sorted(ids)
    for row in rows("documents"):
        kind = type_of_word(row["type"])
        assert kind is not None, row
        scope = row["id"].split("/")[0]
        assert row["id"] == document_path(scope, kind, row["date"], row["number"] or None, row["title"]), row


def test_both_ends_of_every_relation_are_catalogued() -> None:
    ids = {row["id"] for row in rows("documents")}
    assert [r for r in rows("relations") if not {r["subject"], r["object"]} <= ids] == []


def test_dates_are_days_of_the_calendar_and_not_after_they_were_seen() -> None:
    for row in rows("documents"):
        for column in ("date", "effective"):
            if len(row[column]) == 10:
                assert date(1945, 9, 2) <= date.fromisoformat(row[column]), row
        assert row["date"] <= row["seen"], row
        if row["date"]:  # a document of unknown year has no year in its id
            assert row["date"][:4] == row["id"].split("/")[2], row


def test_a_later_document_acts_on_an_earlier_one() -> None:
    when = {row["id"]: row["date"] for row in rows("documents")}
    for row in rows("relations"):
        subject, object_ = when[row["subject"]], when[row["object"]]
        precision = min(len(subject), len(object_))
        assert subject[:precision] >= object_[:precision], row


def test_every_row_names_its_source() -> None:
    for table in TABLES:
        for row in rows(table):
            assert row["url"].startswith("http"), row
            assert len(row["seen"]) == 10, row


def test_relations_do_not_turn_in_circles() -> None:
    pairs = {(row["subject"], row["object"]) for row in rows("relations") if row["predicate"] != "basedOn"}
    assert [(a, b) for a, b in pairs if (b, a) in pairs] == []


def test_the_catalogue_is_as_large_as_promised() -> None:
    assert len(rows("documents")) >= 675
    assert len(rows("relations")) >= 365


@pytest.mark.parametrize(
    ("carried_out", "provinces"),
    [(DAN_VAN, 13), (DAN_VAN | BESIDE_DAN_VAN, 16)],
    ids=["dan-van", "beside"],
)
def test_provinces_have_a_paper_on_dan_van(carried_out: set[str], provinces: int) -> None:
    assert carried_out <= {row["id"] for row in rows("documents")}
    place = {row["id"]: row["place"] for row in rows("documents")}
    served = {
        place[row["subject"]]
        for row in rows("relations")
        if row["predicate"] == "implements" and row["object"] in carried_out and place[row["subject"]]
        if row["basis"] == "catalogued"  # what we only conclude does not count
    }
    assert len(served) >= provinces, sorted(served)


@pytest.mark.parametrize(
    ("number", "dates"),
    [
        ("25-NQ/TW", {"2003-03-12", "2008-07-25", "2013-06-03"}),
        ("45-CT/TW", {"2010-07-22", "2020-06-20"}),
        ("18-NQ/TW", {"2017-10-25", "2022-06-16"}),
        ("19-NQ/TW", {"2017-10-25", "2022-06-16"}),
    ],
)
def test_namesakes_stand_apart(number: str, dates: set[str]) -> None:
    assert {row["date"] for row in rows("documents") if row["number"] == number} == dates


def test_land_laws_are_three() -> None:
    found = {
        row["number"] for row in rows("documents") if row["type"] == "Luật" and row["title"] == "Đất đai"
    }
    assert found == {"13/2003/QH11", "45/2013/QH13", "31/2024/QH15"}


def test_the_name_of_a_law_leads_to_it() -> None:
    [law] = [
        reference
        for reference in extraction("documents").references
        if "Luật Thực hiện dân chủ ở cơ sở" in reference.aliases
    ]
    assert (law.id, law.number, law.date) == ("vn/luat/2022/10-qh15", "10/2022/QH15", "2022-11-10")


def test_what_no_title_says_is_inferred() -> None:
    # the titles of these provincial resolutions do not name the law, though they do what its Điều 85 asks for
    inferred = [row for row in rows("relations") if row["basis"] == "inferred"]
    assert inferred
    assert {(row["subject"].split("-")[0], row["predicate"], row["object"]) for row in inferred} == {
        ("hdnd", "implements", "vn/luat/2022/10-qh15")
    }


def test_what_replaced_what() -> None:
    found = {(row["subject"], row["predicate"], row["object"]) for row in rows("relations")}
    assert {
        ("tw/qd/2021/23", "replaces", "tw/qd/2010/290"),
        ("vn/luat/2022/10-qh15", "supersedes", "vn/phap-lenh/2007/34-ubtvqh11"),
        ("vn/luat/2024/31-qh15", "supersedes", "vn/luat/2013/45-qh13"),
        ("vn/luat/2013/45-qh13", "supersedes", "vn/luat/2003/13-qh11"),
        ("tw/qd/2026/399", "replaces", "tw/qd/2017/66"),
        ("tw/kl/2019/43", "implements", "tw/nq/2013/25"),
        ("tu-phu-yen/ctr/2013/17", "implements", "tw/nq/2013/25"),
    } <= found
    # 61/2020/QH14 ended the law on investment, not the laws that had amended it
    assert {o for s, p, o in found if s == "vn/luat/2020/61-qh14" and p == "supersedes"} == {
        "vn/luat/2014/67-qh13"
    }


# --- reading


@pytest.mark.parametrize("table", TABLES)
def test_every_span_is_a_slice_of_the_file(table: str) -> None:
    raw, read = source(table).raw, extraction(table)
    assert is_catalogue(raw) == table
    assert [m for m in read.mentions if raw[m.start : m.end] != m.text or not m.text] == []
    assert [c for c in read.claims if raw[c.start : c.end] != c.quote or not c.quote] == []
    assert all(a.end <= b.start for a, b in zip(read.mentions, read.mentions[1:], strict=False))
    assert list(read.claims) == sorted(read.claims, key=lambda c: (c.start, c.subject, c.predicate, c.object))


def test_documents_are_read_as_the_csv_module_reads_them() -> None:
    read = extraction("documents")
    assert [reference.id for reference in read.references] == [row["id"] for row in rows("documents")]
    for reference, mention, row in zip(read.references, read.mentions, rows("documents"), strict=True):
        assert reference.key == reference.id == mention.document
        assert (reference.number or "", reference.title or "") == (row["number"], row["title"])
        assert (reference.date or "", reference.issuer or "") == (row["date"], row["issuer"])
        assert mention.text == (row["number"] or row["title"])


def test_relations_are_claims_that_refer_by_id_only() -> None:
    read = extraction("relations")
    assert [claim.basis for claim in read.claims] == [row["basis"] for row in rows("relations")]
    assert {(claim.basis, claim.confidence, claim.rule) for claim in read.claims} == {
        ("catalogued", 1.0, RULE),
        ("inferred", 0.6, RULE),
    }
    for reference in read.references:
        assert reference.key == reference.id
        assert (reference.number, reference.title, reference.date, reference.scope) == (
            None,
            None,
            None,
            None,
        )


HEAD = ",".join(DOCUMENT_COLUMNS)
ROW = "tw/nq/2013/25,25-NQ/TW,Nghị quyết,Công tác dân vận,2013-06-03,,Bộ Chính trị,,,https://example.org,2026-11-23,"
REL_HEAD = ",".join(RELATION_COLUMNS)
REL = "tw/qd/2021/23,replaces,tw/qd/2010/290,catalogued,Điều 3 nói thế.,Điều 3,2021-07-30,https://example.org,2026-11-23"


def read(text: str) -> Extraction:
    return read_catalogue(Source("bảng", text, kind="catalogue"))


@pytest.mark.parametrize(
    ("text", "polity", "level", "named"),
    [
        (ROW, "party", "central", False),
        (
            "vn/luat/2022/10-qh15,10/2022/QH15,Luật,Dân chủ,2022-11-10,,,,,https://example.org,2026-11-23,",
            "state",
            "central",
            False,
        ),
        (
            "tu-phu-yen/ctr/2013/17,17-CTr/TU,Chương trình,A,2013-09-26,,,phu-yen,,https://example.org,2026-11-23,",
            "party",
            "province",
            False,
        ),
        (
            "ubnd-phu-yen/kh/2013/110,110/KH-UBND,Kế hoạch,A,2013,,,phu-yen,,https://example.org,2026-11-23,",
            "state",
            "province",
            False,
        ),
        (
            "tw/nq/2016/dai-hoi-xii,,Nghị quyết,Đại hội XII,2016,,,,A | B,https://example.org,2026-11-23,",
            "party",
            "central",
            True,
        ),
    ],
    ids=["tw", "vn", "tu", "ubnd", "named"],
)
def test_rows_tell_polity_level_and_whether_named(text: str, polity: str, level: str, named: bool) -> None:
    [reference] = read(f"{HEAD}\n{text}\n").references
    assert (reference.polity, reference.level, reference.named) == (polity, level, named)


def test_quoted_cells_byte_order_mark_and_windows_lines() -> None:
    row = ROW.replace("Công tác dân vận", '"Giám sát, phản biện “xã hội”"').replace(
        ",,,https", ",,A | B,https"
    )
    raw = f"\ufeff{HEAD}\r\n\r\n{row}\r\n"
    extracted = read(raw)
    [reference], [mention] = extracted.references, extracted.mentions
    assert reference.title == "Giám sát, phản biện “xã hội”"
    assert reference.aliases == ("A", "B")
    assert raw[mention.start : mention.end] == "25-NQ/TW"


def test_columns_may_stand_in_any_order() -> None:
    order = list(reversed(RELATION_COLUMNS))
    cells = dict(zip(RELATION_COLUMNS, REL.split(","), strict=True))
    [claim] = read(",".join(order) + "\n" + ",".join(cells[name] for name in order)).claims
    assert (claim.subject, claim.quote) == ("tw/qd/2021/23", "Điều 3 nói thế.")


@pytest.mark.parametrize(
    "text",
    ["", "a,b\n1,2\n", "Nghị quyết số 25-NQ/TW, ngày 03/6/2013", "number,type\n1,2", '{"id": "x"}'],
)
def test_other_texts_are_no_catalogue(text: str) -> None:
    assert is_catalogue(text) is None
    with pytest.raises(ReadError, match="not a catalogue"):
        read(text)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (f"{HEAD},colour\n{ROW},red", "row 1: unknown column 'colour'"),
        (f"{HEAD.replace(',seen', '')}\n{ROW}", "row 1: missing column 'seen'"),
        (f"{HEAD},note\n{ROW},", "row 1: repeated column 'note'"),
        (f"{HEAD}\n{ROW},one too many", "row 2: 13 cells, expected 12"),
        (f"{HEAD}\n{ROW}\n{ROW}", "row 3, column 'id': 'tw/nq/2013/25' is not new"),
        (
            f"{HEAD}\n{ROW.replace('tw/nq/2013/25', '25-NQ/TW')}",
            "row 2, column 'id': '25-NQ/TW' is not a path",
        ),
        (f"{HEAD}\n{ROW.replace('tw/nq/2013/25', 'tw/nq/2012/25')}", "'tw/nq/2012/25' is not the id"),
        (f"{HEAD}\n{ROW.replace('2013-06-03', '03/6/2013')}", "column 'date': '03/6/2013' is not a date"),
        (f"{HEAD}\n{ROW.replace('2013-06-03', '2013-02-30')}", "column 'date': '2013-02-30' is not a date"),
        (f"{HEAD}\n{ROW.replace('2013-06-03', '2013-13')}", "column 'date': '2013-13' is not a date"),
        (
            f"{HEAD}\n{ROW.replace('Nghị quyết,', 'Nghị quyếch,')}",
            "column 'type': 'Nghị quyếch' is not a type",
        ),
        (
            f"{HEAD}\n{ROW.replace('https://example.org', 'Công báo')}",
            "column 'url': 'Công báo' is not the address",
        ),
        (f"{HEAD}\n{ROW.replace('2026-11-23', '2026-11')}", "column 'seen': '2026-11' is not the day"),
        (
            f"{HEAD}\n{ROW.replace('25-NQ/TW', '').replace('Công tác dân vận', '')}",
            "column 'title': '' is not given",
        ),
        (HEAD + "\n" + ROW.replace("dân vận", 'dân "vận"'), "row 2: .* a quotation mark inside a cell"),
        (f"{HEAD}\n{ROW.replace('Công', chr(34) + 'Công')}", "row 2: .* cell over two lines"),
        (
            f"{REL_HEAD}\n{REL.replace('replaces', 'thay thế')}",
            "column 'predicate': 'thay thế' is not one of",
        ),
        (
            f"{REL_HEAD}\n{REL.replace('catalogued', 'stated')}",
            "column 'basis': 'stated' is not one of catalogued, inferred",
        ),
        (f"{REL_HEAD}\n{REL.replace('tw/qd/2010/290', '290')}", "column 'object': '290' is not an id"),
        (f"{REL_HEAD}\n{REL.replace('2010/290', '2021/23')}", "is not another document than the subject"),
        (f"{REL_HEAD}\n{REL.replace('Điều 3 nói thế.', '')}", "column 'evidence': '' is not a sentence"),
        (f"{REL_HEAD}\n{REL}\n{REL}", "row 3, column 'predicate': 'replaces' is not new"),
        (
            f"{REL_HEAD}\n{REL.replace('2021-07-30', 'hôm qua')}",
            "column 'effective': 'hôm qua' is not a date",
        ),
    ],
)
def test_errors_say_row_column_value_and_expectation(text: str, said: str) -> None:
    with pytest.raises(ReadError, match=said) as caught:
        read(text)
    assert str(caught.value).startswith("bảng")
