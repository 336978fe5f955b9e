"""Every format gives its text, every bad file one clear line, and nothing is lost in silence."""

import gzip
import json
import logging
import os
import resource
import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.encoding import decode_bytes, mend_legacy_font
from graph.errors import ReadError
from graph.read import ReadWarning, find_files, read_sources
from graph.syllable import is_syllable
from ontology.legacy_encoding import legacy_encodings
from tests.make_files import (
    LETTERS,
    REPORT,
    encrypted_pdf,
    legacy_bytes,
    make_docx,
    paragraph,
    pdf_bytes,
    table,
)

CORPUS = Path(__file__).parents[2] / "shared" / "corpus" / "documents.jsonl.gz"
ENCODINGS = {encoding.id: encoding for encoding in legacy_encodings()}


def read(path: Path) -> tuple[list[str], list[str], list[str]]:
    """Raw texts, errors and warnings of a file."""
    told: list[ReadError] = []
    raws = [source.raw for source in read_sources(path, told.append)]
    errors = [str(error) for error in told if not isinstance(error, ReadWarning)]
    return raws, errors, [str(error) for error in told if isinstance(error, ReadWarning)]


def raw_of(path: Path) -> str:
    """The text of a file that reads without a word."""
    (raw,), errors, warnings = read(path)
    assert not errors
    assert not warnings
    return raw


def write(path: Path, data: bytes | str) -> Path:
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


# --- encodings


def windows_1258(text: str) -> bytes:
    """Encode as Windows does: a letter with a tone may be a letter and a combining tone."""
    out = b""
    for letter in text:
        apart = unicodedata.normalize("NFD", letter)
        tones = "".join(mark for mark in apart if mark in "\u0300\u0301\u0303\u0309\u0323")
        bare = unicodedata.normalize("NFC", "".join(mark for mark in apart if mark not in tones))
        try:
            out += letter.encode("cp1258")
        except UnicodeEncodeError:
            out += (bare + tones).encode("cp1258")
    return out


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (REPORT.encode(), "utf-8"),
        (b"\xef\xbb\xbf" + REPORT.encode(), "utf-8"),
        (b"\xff\xfe" + REPORT.encode("utf-16-le"), "utf-16-le"),
        (b"\xfe\xff" + REPORT.encode("utf-16-be"), "utf-16-be"),
        (b"\xff\xfe\0\0" + REPORT.encode("utf-32-le"), "utf-32-le"),
        (REPORT.encode("utf-16-le"), "utf-16-le"),
        (REPORT.encode("utf-16-be"), "utf-16-be"),
        (windows_1258(REPORT), "cp1258"),
        (legacy_bytes(REPORT, "tcvn3"), "tcvn3"),
        (legacy_bytes(REPORT, "viscii"), "viscii"),
        (legacy_bytes(REPORT, "vni"), "vni"),
        (legacy_bytes(REPORT.upper(), "viscii"), "viscii"),
        (legacy_bytes(REPORT.upper(), "vni"), "vni"),
        (REPORT.upper().encode("utf-16-le"), "utf-16-le"),
    ],
)
def test_an_encoding_is_found(data: bytes, encoding: str) -> None:
    decoded = decode_bytes(data)
    assert decoded.encoding == encoding
    assert unicodedata.normalize("NFC", decoded.text) in (REPORT, REPORT.upper())
    assert not decoded.notes


@pytest.mark.parametrize("encoding", ["viscii", "vni"])
def test_all_134_letters_survive_a_round_trip(encoding: str) -> None:
    letters = LETTERS + LETTERS.upper()
    assert len({letter for letter in letters if not letter.isascii()}) == 134
    assert ENCODINGS[encoding].decode(legacy_bytes(letters, encoding).decode("latin-1")) == letters


def test_tcvn3_has_small_letters_and_seven_capitals() -> None:
    letters = LETTERS + "ĂÂÊÔƠƯĐ"
    assert ENCODINGS["tcvn3"].decode(legacy_bytes(letters, "tcvn3").decode("latin-1")) == letters
    assert "Ế" not in ENCODINGS["tcvn3"].letters.values()


# As it looks when such text is shown in a Western font: independent of the tables.
@pytest.mark.parametrize(
    ("encoding", "seen", "meant"),
    [
        ("tcvn3", "Céng hßa x· héi chñ nghÜa ViÖt Nam", "Cộng hòa xã hội chủ nghĩa Việt Nam"),
        (
            "tcvn3",
            "NghÞ quyÕt sè 25 cña Ban ChÊp hµnh Trung ¬ng",
            "Nghị quyết số 25 của Ban Chấp hành Trung ơng",
        ),
        ("tcvn3", "T\xad t\xadëng, ®êng lèi", "Tư tưởng, đờng lối"),
        ("vni", "Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam", "Cộng hòa xã hội chủ nghĩa Việt Nam"),
        (
            "vni",
            "ÑAÛNG BOÄ TÆNH; Ñaïi hoäi; Öùng cöû; Aên quaû; tö töôûng",
            "ĐẢNG BỘ TỈNH; Đại hội; Ứng cử; Ăn quả; tư tưởng",
        ),
    ],
)
def test_known_words_in_old_fonts(encoding: str, seen: str, meant: str) -> None:
    assert ENCODINGS[encoding].decode(seen) == meant


@pytest.mark.parametrize("encoding", ["tcvn3", "vni"])
def test_unicode_text_typed_in_an_old_font_is_mended_and_said(tmp_path: Path, encoding: str) -> None:
    raws, errors, warnings = read(write(tmp_path / "a.txt", legacy_bytes(REPORT, encoding).decode("latin-1")))
    assert raws == [REPORT]
    assert not errors
    assert "old font" in warnings[0]


@pytest.mark.parametrize(
    "text", [REPORT, REPORT.upper(), "QĐ, NĐ-CP, HĐND", "L'été à l'école, l'élève", "", "25-NQ/TW"]
)
def test_other_text_is_not_mended(text: str) -> None:
    assert mend_legacy_font(text) is None


@pytest.mark.parametrize(
    "word", ["nghiêng", "Quyết", "giữa", "khuỷu", "UỶ", "uỷ", "hoá", "hóa", "thuở", "Đắk", "xoong"]
)
def test_syllables(word: str) -> None:
    assert is_syllable(word) == (word != "Đắk")


@pytest.mark.parametrize("word", ["sè", "cña", "NghÞ", "été", "Größe", "quyềt", "", "ơơ", "QĐ"])
def test_no_syllables(word: str) -> None:
    assert is_syllable(word) == (word == "sè")


def test_french_is_read_by_guess_and_said(tmp_path: Path) -> None:
    text = "Les élèves étaient à l'école, où les leçons étaient très longues. " * 3
    (raw,), errors, (warning,) = read(write(tmp_path / "a.txt", text.encode("cp1252")))
    assert "by guess" in warning
    assert not errors
    assert len(raw) == len(text)


def test_what_a_page_declares_is_believed_where_it_is_not_vietnamese(tmp_path: Path) -> None:
    page = '<meta charset="windows-1251"><body><p>Постановление правительства</p>'
    (raw,), _, (warning,) = read(write(tmp_path / "a.html", page.encode("cp1251")))
    assert raw == "Постановление правительства"
    assert "cp1251" in warning


def test_few_bad_bytes_are_replaced_and_said(tmp_path: Path) -> None:
    data = (REPORT * 20).encode()
    place = data.index("ế".encode(), 3000)
    raws, errors, (warning,) = read(write(tmp_path / "a.txt", data[:place] + b"\xff" + data[place:]))
    assert raws[0].replace("\ufffd", "") == REPORT * 20
    assert raws[0].count("\ufffd") == 1
    assert not errors
    assert f"byte {place}" in warning


def test_a_cut_last_letter_is_replaced_and_said(tmp_path: Path) -> None:
    raws, errors, warnings = read(write(tmp_path / "a.txt", "Thực hiện Nghị quyế".encode()[:-1]))
    assert raws == ["Thực hiện Nghị quy\ufffd"]
    assert not errors
    assert len(warnings) == 1


# --- text as it is


# Control characters other than these make a file look binary; the mark U+FEFF at the start is no text.
TEXTS = st.text(
    st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from("\t\n\r\v\f\x85"), min_size=1
)


@given(TEXTS.filter(lambda text: text.strip() and not text.startswith("\ufeff")))
def test_utf8_text_is_read_as_written(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    path = write(tmp_path_factory.getbasetemp() / "a.txt", text)
    try:
        assert [source.raw for source in read_sources(path)] == [text]
    except ReadError as error:
        assert text.startswith(("%PDF-", "GIF8", "PK", "{\\rtf")), error


@pytest.mark.parametrize("suffix", [".txt", ".md", ".TXT"])
def test_newlines_and_markup_stay(tmp_path: Path, suffix: str) -> None:
    text = "# Đề mục\r\n\r\n* **25-NQ/TW**\rdòng\x0btrang\x0c\n"
    assert raw_of(write(tmp_path / f"a{suffix}", text)) == text


def test_name_and_origin(tmp_path: Path) -> None:
    (source,) = read_sources(write(tmp_path / "báo cáo.2024.txt", "Nghị quyết"))
    assert (source.name, source.origin, source.kind) == ("báo cáo.2024", "báo cáo.2024.txt", "text")


# --- web pages

ARTICLE = """<!DOCTYPE html><html><head><title>Mười năm làm dân vận - Báo tỉnh</title></head><body>
<nav><a href="/">Trang chủ</a> <a href="/a">Nghị quyết 99-NQ/TW về kinh tế</a></nav>
<article><h1>Mười năm làm dân vận</h1>
<p>Thực hiện Nghị quyết số 25-NQ/TW ngày 03/6/2013, Tỉnh ủy đã ban hành nhiều văn bản để lãnh đạo
công tác dân vận.</p><h2>Văn bản đã ban hành</h2>
<ul><li>Chỉ thị số 28-CT/TU của Ban Thường vụ</li><li>Quy chế số 357-QC/TU</li></ul>
<table><tr><th>Số</th><th>Ngày</th></tr><tr><td>05-ĐA/TU</td><td>01/7/2016</td></tr></table>
<p>Các cấp ủy đã quán triệt, triển khai nghiêm túc các nội dung của nghị quyết trên địa bàn toàn tỉnh.</p>
</article><aside><a href="/b">Sơ kết Chỉ thị 05-CT/TW</a></aside>
<footer>Giấy phép số 123/GP-BTTTT</footer></body></html>"""


def test_a_page_gives_its_title_and_main_text(tmp_path: Path) -> None:
    raw = raw_of(write(tmp_path / "a.html", ARTICLE))
    assert raw.startswith("Mười năm làm dân vận\n")
    for kept in (
        "25-NQ/TW ngày 03/6/2013",
        "Văn bản đã ban hành",
        "28-CT/TU",
        "357-QC/TU",
        "05-ĐA/TU",
        "toàn tỉnh",
    ):
        assert kept in raw
    for left_out in ("99-NQ/TW", "05-CT/TW", "123/GP", "<"):
        assert left_out not in raw


def test_a_document_saved_as_page_is_taken_whole(tmp_path: Path) -> None:
    page = """<html><head><title>Quyết định 186</title><style>p {}</style></head><body><table><tr>
      <td><p>UBND TỈNH</p><p>HẢI DƯƠNG</p></td><td><p>CỘNG HÒA</p><p>Độc lập</p></td></tr></table>
      <p>Căn cứ Luật
      Đất đai;<br>Căn cứ Nghị định;</p>
      <table><tr><td>1</td><td>186/QĐ-UBND</td></tr></table><script>x</script></body>"""
    raw = raw_of(write(tmp_path / "a.htm", page))
    lines = [line for line in raw.splitlines() if line]
    assert lines == [
        "Quyết định 186",
        "UBND TỈNH",
        "HẢI DƯƠNG",
        "CỘNG HÒA",
        "Độc lập",
        "Căn cứ Luật Đất đai;",
        "Căn cứ Nghị định;",
        "1 | 186/QĐ-UBND",
    ]


@pytest.mark.parametrize(
    "page",
    [
        "Nghị quyết",
        "<p>Ngh&#7883; quy&#7871;t</p>",
        '<?xml version="1.0" encoding="utf-8"?><html><body><p>Nghị quyết</p></body></html>',
        "<nav><a>Nghị quyết</a></nav>",
        "<div>" * 1000 + "Nghị quyết",
    ],
    ids=["bare", "entities", "xhtml", "navigation only", "deep"],
)
def test_odd_pages(tmp_path: Path, page: str) -> None:
    assert raw_of(write(tmp_path / "a.html", page)) == "Nghị quyết"


def test_a_page_in_tcvn3(tmp_path: Path) -> None:
    data = b"<html><body><p>" + legacy_bytes(REPORT.strip(), "tcvn3") + b"</p></body></html>"
    assert raw_of(write(tmp_path / "a.html", data)) == REPORT.strip()


# --- Word


def test_docx_in_document_order(tmp_path: Path) -> None:
    body = (
        table((("TỈNH ỦY HẢI DƯƠNG", "Số 28-CT/TU"), ("ĐẢNG CỘNG SẢN VIỆT NAM",)))
        + paragraph("CHỈ THỊ")
        + f"<w:sdt><w:sdtContent>{paragraph('về công tác dân vận')}</w:sdtContent></w:sdt>"
        + table((("Số",), ("Ngày",)), (("357-QC/TU",), ("01/7/2016",)))
        + "<w:p><w:r><w:t>25</w:t><w:noBreakHyphen/><w:t>NQ/</w:t></w:r>"
        "<w:ins><w:r><w:t>TW</w:t></w:r></w:ins>"
        "<w:del><w:r><w:delText>CP</w:delText></w:r></w:del>"
        "<w:r><w:tab/><w:t>a</w:t><w:br/><w:t>b</w:t></w:r></w:p>"
    )
    raw = raw_of(make_docx(tmp_path / "a.docx", body, footnote="Nghị quyết này căn cứ Luật"))
    assert raw.split("\n") == [
        "TỈNH ỦY HẢI DƯƠNG",
        "Số 28-CT/TU",
        "ĐẢNG CỘNG SẢN VIỆT NAM",
        "CHỈ THỊ",
        "về công tác dân vận",
        "Số | Ngày",
        "357-QC/TU | 01/7/2016",
        "25-NQ/TW\ta",
        "b",
        "Nghị quyết này căn cứ Luật",
    ]


def test_docx_text_box_comes_once(tmp_path: Path) -> None:
    box = f"<w:txbxContent>{paragraph('Số 5')}</w:txbxContent>"
    body = (
        "<w:p><w:r><w:t>Điều 1</w:t><mc:AlternateContent><mc:Choice Requires='wps'>"
        f"{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )
    assert raw_of(make_docx(tmp_path / "a.docx", body)) == "Điều 1\nSố 5"


def test_docx_numbers_that_word_writes(tmp_path: Path) -> None:
    def level(depth: int, form: str, pattern: str) -> str:
        shape = f'<w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{pattern}"/>'
        return f'<w:lvl w:ilvl="{depth}">{shape}</w:lvl>'

    levels = level(0, "decimal", "Điều %1.") + level(1, "decimal", "%1.%2") + level(2, "lowerLetter", "%3)")
    restart = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="7"/></w:lvlOverride>'
    numbering = (
        f'<w:abstractNum w:abstractNumId="0">{levels}</w:abstractNum>'
        f'<w:abstractNum w:abstractNumId="1">{level(0, "bullet", "•")}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
        '<w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>'
        f'<w:num w:numId="3"><w:abstractNumId w:val="0"/>{restart}</w:num>'
    )
    rows = [
        (1, 0, "a"),
        (1, 1, "b"),
        (1, 2, "c"),
        (1, 2, "d"),
        (1, 0, "e"),
        (1, 1, "f"),
        (2, 0, "g"),
        (3, 0, "h"),
    ]
    rows += [(3, 0, "i"), (0, 0, "k")]
    body = "".join(
        f'<w:p><w:pPr><w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{name}"/></w:numPr></w:pPr>'
        f"<w:r><w:t>{text}</w:t></w:r></w:p>"
        for name, depth, text in rows
    )
    lines = raw_of(make_docx(tmp_path / "a.docx", body, numbering=numbering)).split("\n")
    expected = [
        "Điều 1. a",
        "1.1 b",
        "a) c",
        "b) d",
        "Điều 2. e",
        "2.1 f",
        "- g",
        "Điều 7. h",
        "Điều 8. i",
        "k",
    ]
    assert lines == expected


def test_docx_in_old_fonts(tmp_path: Path) -> None:
    body = (
        paragraph(legacy_bytes(REPORT.strip(), "tcvn3").decode("latin-1"), ".VnTime")
        + paragraph("nghÞ quyÕt", ".VnTimeH")
        + paragraph("Nghò quyeát", "VNI-Times")
        + paragraph("Nghị quyết", "Times New Roman")
    )
    lines = raw_of(make_docx(tmp_path / "a.docx", body)).split("\n")
    assert lines == [REPORT.strip(), "NGHỊ QUYẾT", "Nghị quyết", "Nghị quyết"]


# --- PDF


def test_pdf_pages_are_joined_by_newlines(tmp_path: Path) -> None:
    assert raw_of(write(tmp_path / "a.pdf", pdf_bytes("Nghị quyết\nsố 25-NQ/TW", "Điều 2"))) == (
        "Nghị quyết\nsố 25-NQ/TW\nĐiều 2"
    )


def test_pdf_locked_against_changes_only(tmp_path: Path) -> None:
    assert raw_of(write(tmp_path / "a.pdf", encrypted_pdf(pdf_bytes("Nghị quyết"), ""))) == "Nghị quyết"


def test_pdf_with_one_scanned_page(tmp_path: Path) -> None:
    raws, errors, (warning,) = read(write(tmp_path / "a.pdf", pdf_bytes("Nghị quyết", "")))
    assert raws == ["Nghị quyết\n"]
    assert not errors
    assert "1 of 2 pages" in warning


# --- JSON lines

GOOD = '{"id": "a", "text": "Nghị quyết", "url": "https://example.org/a"}'


@pytest.mark.parametrize("name", ["a.jsonl", "a.jsonl.gz", "A.JSONL.GZ"])
def test_jsonl(tmp_path: Path, name: str) -> None:
    lines = f'\ufeff{GOOD}\r\n\n{{"id": 7, "text": "Chỉ thị\\r\\n"}}\n{GOOD}'.encode()
    path = write(tmp_path / name, gzip.compress(lines) if name.lower().endswith("gz") else lines)
    sources = [(source.name, source.raw, source.origin) for source in read_sources(path)]
    a = ("a", "Nghị quyết", "https://example.org/a")
    assert sources == [a, ("7", "Chỉ thị\r\n", None), a]


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("{", "no JSON"),
        ("[" * 100_000, "no JSON"),
        ("[1]", "a list, expected an object"),
        ('{"id": "b"}', '"text" is missing'),
        ('{"id": "b", "text": 5}', '"text" is a number'),
        ('{"id": "b", "text": null}', '"text" is null'),
        ('{"id": "b", "text": " \\n"}', "holds no text"),
        ('{"text": "Nghị quyết"}', '"id" is missing'),
        ('{"id": true, "text": "x"}', '"id" is true or false'),
        ('{"id": 1.5, "text": "x"}', '"id" is a number'),
        (b'{"id": "b", "text": "Ngh\xe1 quy\xff\xfe \xff\xfft \xff"}', "UTF-8"),
        (b"\xff\xfe{\0}\0", "encoded as utf-16-le"),
    ],
)
def test_a_bad_line_is_named_and_the_others_are_read(tmp_path: Path, line: str | bytes, told: str) -> None:
    bad = line.encode() if isinstance(line, str) else line
    raws, errors, warnings = read(
        write(tmp_path / "a.jsonl", b"\n".join([GOOD.encode(), bad, GOOD.encode()]))
    )
    assert raws == ["Nghị quyết", "Nghị quyết"]
    (error,) = errors
    assert error.startswith(f"{tmp_path / 'a.jsonl'}:2: ")
    assert told in error
    assert "\n" not in error
    assert not warnings
    with pytest.raises(ReadError, match=r"a\.jsonl:2: "):
        list(read_sources(tmp_path / "a.jsonl"))


@pytest.mark.parametrize(
    ("line", "raw", "told"),
    [
        (r'{"id": "b", "text": "Nghị \ud800 quyết"}', "Nghị \ufffd quyết", "surrogate"),
        (r'{"id": "b", "text": "Nghị \u0000 quyết"}', "Nghị \ufffd quyết", "NUL"),
        (r'{"id": "b", "text": "Nghị \ud83d\ude00"}', "Nghị 😀", None),
        (r'{"id": "b", "text": "x", "url": 5}', "x", '"url" is a number'),
    ],
)
def test_what_is_replaced_in_a_line_is_said(tmp_path: Path, line: str, raw: str, told: str | None) -> None:
    raws, errors, warnings = read(write(tmp_path / "a.jsonl", line))
    assert raws == [raw]
    assert not errors
    assert [told in warning for warning in warnings if told] == ([True] if told else [])


def test_a_cut_off_archive_gives_what_stands_before(tmp_path: Path) -> None:
    lines = "".join(json.dumps({"id": n, "text": os.urandom(3000).hex()}) + "\n" for n in range(500))
    raws, (error,), _ = read(write(tmp_path / "a.jsonl.gz", gzip.compress(lines.encode())[:-40_000]))
    assert 100 < len(raws) < 500
    assert "cut off" in error


# --- catalogue


def test_a_catalogue_is_told_by_its_header(tmp_path: Path) -> None:
    text = "id,number,type,title,date,effective,issuer,place,aliases,url,seen,note\n"
    (source,) = read_sources(write(tmp_path / "documents.csv", text))
    assert (source.kind, source.raw, source.name) == ("catalogue", text, "documents")


# --- bad input: one line each, and the file is named


def elf() -> bytes:
    return b"\x7fELF\x02\x01\x01" + bytes(50)


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        ("empty.txt", b"", "holds no text"),
        ("empty.docx", b"", "holds no text"),
        ("empty.pdf", b"", "holds no text"),
        ("empty.html", b"", "holds no text"),
        ("empty.jsonl", b"", "holds no text"),
        ("empty.csv", b"", "holds no text"),
        ("mark.txt", b"\xef\xbb\xbf", "holds no text"),
        ("blank.txt", " \n\t\u00a0\u2003\n".encode(), "holds no text"),
        ("blank.html", b"<html><body><script>x</script></body></html>", "holds no text"),
        ("blank.jsonl", b"\n \n", "holds no text"),
        ("png.txt", b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "looks binary (a PNG image)"),
        ("elf.txt", elf(), "looks binary (an ELF program)"),
        ("random.txt", bytes(n * 7919 % 251 for n in range(5000)), "looks binary"),
        ("zeros.txt", bytes(1000), "looks binary"),
        ("pdf.txt", pdf_bytes("a"), "name it .pdf"),
        ("rtf.txt", rb"{\rtf1 Nghi quyet}", "save it as .docx"),
        ("binary.html", elf(), "looks binary"),
        ("text.docx", b"Nghi quyet 25", "not a .docx (no zip archive)"),
        (
            "old.docx",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
            "locked with a password, or an old .doc",
        ),
        ("other-zip.docx", b"PK\x05\x06" + bytes(18), "damaged or no Word document"),
        ("locked.pdf", encrypted_pdf(pdf_bytes("a"), "mật khẩu"), "encrypted"),
        ("text.pdf", b"Nghi quyet 25", "damaged or no PDF"),
        ("cut.pdf", pdf_bytes("Nghị quyết")[:300], "damaged or no PDF"),
        ("scanned.pdf", pdf_bytes("", ""), "OCR"),
        ("utf-8.txt", "Nghị quyết số ".encode() + b"\xff\xfe\xff" + " của Đảng".encode(), "first at byte 20"),
        ("deep.html", b"<div>" * 3000 + b"Nghi quyet", "not read to its end"),
        ("old.doc", b"\xd0\xcf\x11\xe0", "save it as .docx"),
        ("photo.jpeg", b"\xff\xd8\xff", "unknown kind of file .jpeg"),
        ("noname", b"Nghi quyet", "unknown kind of file"),
        ("other.csv", b"a,b\n1,2\n", "no catalogue"),
        ("notgzip.jsonl.gz", b"{}", "cut off or damaged"),
    ],
)
def test_a_bad_file_gives_one_clear_line(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, name: str, data: bytes, told: str
) -> None:
    path = write(tmp_path / name, data)
    raws, (error,), warnings = read(path)
    assert not raws
    assert not warnings
    assert error.startswith(f"{path}: ")
    assert told in error
    assert "\n" not in error
    assert len(error) - len(str(path)) < 220
    assert not caplog.records, "the library's own log would come between"
    with pytest.raises(ReadError):
        list(read_sources(path))


@pytest.mark.parametrize("share", [0.2, 0.5, 0.9, 0.99])
def test_a_cut_off_docx(tmp_path: Path, share: float) -> None:
    path = make_docx(tmp_path / "a.docx", paragraph(REPORT))
    data = path.read_bytes()
    _, (error,), _ = read(write(path, data[: int(len(data) * share)]))
    assert "cut off or damaged" in error


def test_warnings_go_to_the_log_where_nobody_listens(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.WARNING)
    (source,) = read_sources(write(tmp_path / "a.txt", "Nghị \0 quyết"))
    assert source.raw == "Nghị \ufffd quyết"
    assert "NUL" in caplog.text


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read(tmp_path: Path) -> None:
    path = write(tmp_path / "a.txt", "Nghị quyết")
    path.chmod(0)
    _, (error,), _ = read(path)
    assert "cannot be read" in error


@pytest.mark.skipif(
    not Path("/proc/self/status").exists(), reason="the system does not tell the peak of memory"
)
def test_a_line_of_50_mb(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    piece = REPORT.strip() + " "
    with path.open("w", encoding="utf-8") as file:
        file.write(piece * (50_000_000 // len(piece.encode())))
    code = (
        "import re, sys; from pathlib import Path; from graph.read import read_sources\n"
        "(source,) = read_sources(Path(sys.argv[1]))\n"
        # not getrusage: its peak begins with that of the process that started this one
        "print(len(source.raw), re.search(r'VmHWM:\\s*(\\d+)', Path('/proc/self/status').read_text())[1])"
    )
    done = subprocess.run([sys.executable, "-c", code, path], capture_output=True, text=True, check=True)
    length, kilobytes = map(int, done.stdout.split())
    assert length == len(piece) * (50_000_000 // len(piece.encode()))
    assert kilobytes < 700_000


# --- finding files


def test_folders_are_walked_in_order(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / ".git").mkdir()
    for name in (
        "b/2.txt",
        "b/1.PDF",
        "a.md",
        "c.jsonl.gz",
        "x.png",
        ".hidden.txt",
        ".git/a.txt",
        "old.doc",
        "z.gz",
    ):
        write(tmp_path / name, "x")
    found = find_files([tmp_path / "x.png", tmp_path])
    assert [path.relative_to(tmp_path).as_posix() for path in found] == [
        "x.png",
        "a.md",
        "b/1.PDF",
        "b/2.txt",
        "c.jsonl.gz",
        "old.doc",
    ]


def test_a_circle_of_links_ends(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    write(tmp_path / "a" / "t.txt", "x")
    (tmp_path / "a" / "up").symlink_to(tmp_path)
    (tmp_path / "self.txt").symlink_to(tmp_path / "self.txt")
    found = find_files([tmp_path])
    assert [path.name for path in found] == ["t.txt", "self.txt"]
    _, (error,), _ = read(tmp_path / "self.txt")
    assert "in a circle" in error


@pytest.mark.parametrize(
    ("name", "told"),
    [("nowhere", "no such file"), ("empty", "no texts in this folder"), ("loop", "in a circle")],
)
def test_nothing_to_find(tmp_path: Path, name: str, told: str) -> None:
    (tmp_path / "empty").mkdir()
    write(tmp_path / "empty" / "x.png", "x")
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    with pytest.raises(ReadError, match=f"{name}: .*{told}"):
        find_files([tmp_path / name])


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_pipe_does_not_hang(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.txt")
    _, (error,), _ = read(tmp_path / "a.txt")
    assert "no regular file" in error


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    _, (error,), _ = read(tmp_path)
    assert "a folder, expected a file" in error


def test_file_names_that_are_no_utf8(tmp_path: Path) -> None:
    name = os.fsdecode(b"b\xe1o.txt")
    try:
        path = write(tmp_path / name, "Nghị quyết")
    except OSError:
        pytest.skip("this file system takes only UTF-8 names")
    (source,) = read_sources(path)
    assert source.name == "b\ufffdo"


def test_real_corpus_streams() -> None:
    if not CORPUS.exists():
        pytest.skip(f"no corpus at {CORPUS}")
    sources = read_sources(CORPUS)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for _, source in zip(range(100), sources, strict=False):
        assert source.raw.strip()
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 200_000
