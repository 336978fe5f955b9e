"""Numbers into parts, documents into paths and IRIs, and back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.iri import (
    Number,
    document_path,
    hash_of,
    mint_document,
    mint_mention,
    mint_relation,
    number_parts,
    parse_document,
)

# number, ordinal, year in it, type of its sign, body
NUMBERS = [
    ("25-NQ/TW", "25", None, "nq", ("tw",)),
    ("05-CT/TW", "5", None, "ct", ("tw",)),
    ("8b-NQ/HNTW", "8b", None, "nq", ("hntw",)),
    ("08B-NQ/HNTW", "8b", None, "nq", ("hntw",)),
    ("66.13/2026/NQ-CP", "66.13", "2026", "nq", ("cp",)),
    ("30a/2008/NQ-CP", "30a", "2008", "nq", ("cp",)),
    ("13/2023/NĐ-CP", "13", "2023", "nd", ("cp",)),
    ("13/2023/ND-CP", "13", "2023", "nd", ("cp",)),
    ("13/2023/nđ-cp", "13", "2023", "nd", ("cp",)),
    ("13/2023/NÐ–CP", "13", "2023", "nd", ("cp",)),
    ("33/CT-TTg", "33", None, "ct", ("ttg",)),
    ("10/2022/QH15", "10", "2022", None, ("qh15",)),
    ("629/2019/UBTVQH14", "629", "2019", None, ("ubtvqh14",)),
    ("38/2001/PL-UBTVQH", "38", "2001", "phap-lenh", ("ubtvqh",)),
    ("1203/UBND-KT", "1203", None, None, ("ubnd", "kt")),
    ("119/2004/QĐ-UB", "119", "2004", "qd", ("ub",)),
    ("55/2005/QĐ-UB.NN", "55", "2005", "qd", ("ub", "nn")),
    ("12/CP", "12", None, None, ("cp",)),
    ("111-HĐBT", "111", None, None, ("hdbt",)),
    ("297-CT", "297", None, None, ("ct",)),
    ("17/2007/TTLT-BLĐTBXH-NHNNVN", "17", "2007", "ttlt", ("bldtbxh", "nhnnvn")),
    ("183/2010/TTLT/BTC-BNN", "183", "2010", "ttlt", ("btc", "bnn")),
    ("125/VBHN-VPQH", "125", None, "vbhn", ("vpqh",)),
    ("02-HD/UBKTTW", "2", None, "hd", ("ubkttw",)),
    ("10-CTr/TU", "10", None, "ctr", ("tu",)),
    ("10-CTR/TU", "10", None, "ctr", ("tu",)),
    ("217-QĐ/TW", "217", None, "qd", ("tw",)),
    ("217/QĐ-TW", "217", None, "qd", ("tw",)),
    ("13-NQ/TƯ", "13", None, "nq", ("tu",)),
    ("01/2008/NQLT-BCA-UBTƯMTTQVN", "1", "2008", "nqlt", ("bca", "ubtwmttqvn")),
    ("07-QĐi/TW", "7", None, "qd", ("tw",)),
    ("297-TT/TW", "297", None, "thong-tri", ("tw",)),
    ("23/2024/TT-BKHĐT", "23", "2024", "tt", ("bkhdt",)),
    ("25", "25", None, None, ()),
    ("01/2018", "1", "2018", None, ()),
]  # fmt: skip


@pytest.mark.parametrize(
    ("number", "ordinal", "year", "kind", "body"), NUMBERS, ids=[row[0] for row in NUMBERS]
)
def test_numbers_have_parts(
    number: str, ordinal: str, year: str | None, kind: str | None, body: tuple[str, ...]
) -> None:
    assert number_parts(number) == Number(ordinal, year, kind, body)


@pytest.mark.parametrize("words", ["", "NQ/TW", "số 25", "25abc", "Luật Đất đai"])
def test_words_are_no_numbers(words: str) -> None:
    assert number_parts(words) is None


# scope, type word's slug, date, number, name, path
PATHS = [
    ("tw", "nq", "2013-06-03", "25-NQ/TW", None, "tw/nq/2013/25"),
    ("tu-hai-duong", "ct", "2022-05-19", "28-CT/TU", None, "tu-hai-duong/ct/2022/28"),
    ("tu-hai-duong", "da", None, "05-ĐA/TU", None, "tu-hai-duong/da/5"),
    ("tu-hai-duong", "qd", "2022-03-01", "357-QC/TU", None, "tu-hai-duong/qc/2022/357"),
    ("tw", "nq", "1990-03-27", "8b-NQ/HNTW", None, "tw/nq/1990/8b"),
    ("ubkttw", "hd", "2021", "02-HD/UBKTTW", None, "ubkttw/hd/2021/2"),
    ("vn", "luat", "2022-11-10", "10/2022/QH15", None, "vn/luat/2022/10-qh15"),
    ("vn", "nd", None, "13/2023/NĐ-CP", None, "vn/nd/2023/13-cp"),
    ("vn", "nd", "2012-05-07", "101/2013/NĐ-CP", None, "vn/nd/2013/101-cp"),
    ("vn", "ct", "2021-11-26", "33/CT-TTg", None, "vn/ct/2021/33-ttg"),
    ("vn", "tt", None, "02/2021/TT-BNV", None, "vn/tt/2021/2-bnv"),
    ("vn", "nq", None, "66.13/2026/NQ-CP", None, "vn/nq/2026/66-13-2026-cp"),
    ("vn", "qd", None, "33/2021/QĐ-TTg", None, "vn/qd/2021/33-2021-ttg"),
    ("vn", "qd", "2021-01-07", "33/QĐ-TTg", None, "vn/qd/2021/33-ttg"),
    ("vn", "nd", "1995-01-26", "12/CP", None, "vn/nd/1995/12-cp"),
    ("ubnd-hai-duong", "qd", "2020-01-15", "186/QĐ-UBND", None, "ubnd-hai-duong/qd/2020/186"),
    ("ubnd-hai-duong", "cv", "2020-01-15", "1203/UBND-KT", None, "ubnd-hai-duong/cv/2020/1203-kt"),
    ("ubnd-ha-noi", "qd", None, "119/2004/QĐ-UB", None, "ubnd-ha-noi/qd/2004/119-2004"),
    ("vn", "luat", "2013", None, "Đất đai", "vn/luat/2013/dat-dai"),
]


@pytest.mark.parametrize(
    ("scope", "kind", "date", "number", "name", "path"), PATHS, ids=[row[5] for row in PATHS]
)
def test_paths_are_minted(
    scope: str, kind: str, date: str | None, number: str | None, name: str | None, path: str
) -> None:
    assert document_path(scope, kind, date, number, name) == path
    assert parse_document(mint_document(path)) == path


def test_a_document_without_number_and_name_has_no_path() -> None:
    with pytest.raises(ValueError, match="neither number nor name"):
        document_path("vn", "luat", "2013", None, "…")


def test_another_base_is_a_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PHAHE_BASE", "https://example.org/x")
    assert mint_document("tw/nq/2013/25") == "https://example.org/x/doc/tw/nq/2013/25"
    assert parse_document("https://w3id.org/phahe/doc/tw/nq/2013/25") is None


def test_hash_ids_tell_their_parts_apart() -> None:
    assert hash_of("ab", "c") != hash_of("a", "bc")
    assert len(hash_of("a")) == 16
    assert mint_relation("s", "a", "cites", "b") != mint_relation("s", "b", "cites", "a")
    assert mint_mention("s", 1, 12) != mint_mention("s", 11, 2)


@given(st.text(max_size=30))
def test_any_text_is_a_number_or_none(text: str) -> None:
    parts = number_parts(text)
    assert parts is None or parts.ordinal[0].isdigit()
