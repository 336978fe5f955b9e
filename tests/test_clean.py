"""The clean view of a text and the way back to the raw one."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.clean import clean_text, fold_letters

ROWS = [
    ("Tỉnh uỷ hoà khoá UỶ", "Tỉnh ủy hòa khóa ỦY"),
    ("quý quỹ thuỷ", "quý quỹ thủy"),
    ("28 –CT/TU", "28 -CT/TU"),
    ("155/2018/NĐ\u2011CP", "155/2018/NĐ-CP"),
    ("40/2026/NĐ-СР", "40/2026/NĐ-CP"),
    ("69-QÐ/TW", "69-QĐ/TW"),
    ("7\u2044202", "7/202"),
    ("c&ocirc;ng t&aacute;c", "công tác"),
    ("20-QĐ&#x002F;TW", "20-QĐ/TW"),
    ("a\u00a0b\u00adc", "a bc"),
    ("thực\nCÔNG BÁO/Số 51\nhiện", "thực               \nhiện"),
]


@pytest.mark.parametrize(("raw", "clean"), ROWS)
def test_repairs(raw: str, clean: str) -> None:
    assert clean_text(raw).clean == clean


def test_decomposed_letters_are_composed_and_their_spans_are_whole() -> None:
    raw = unicodedata.normalize("NFD", "Nghị quyết số 25-NQ/TW của Đảng ủy")
    text = clean_text(raw)
    assert text.clean == "Nghị quyết số 25-NQ/TW của Đảng ủy"
    start = text.clean.index("quyết")
    assert text.raw[slice(*text.raw_span(start, start + 5))] == unicodedata.normalize("NFD", "quyết")


texts = st.text(
    st.one_of(
        st.sampled_from("aăâeêioôơuưyđĐ-–—/ \n\r\t0123456789“”&;\u0301\u0300\u0323\u0302\u00ad\u200bСРÐ*"),
        st.characters(exclude_categories=["Cs"]),
    ),
    max_size=60,
)


@given(texts)
def test_folded_is_as_long_as_clean(raw: str) -> None:
    text = clean_text(raw)
    assert len(text.folded) == len(text.clean)
    assert fold_letters(text.clean) == text.folded


@given(texts, st.data())
def test_spans_lie_in_the_raw_text_in_order(raw: str, data: st.DataObject) -> None:
    text = clean_text(raw)
    end = data.draw(st.integers(0, len(text.clean)))
    start = data.draw(st.integers(0, end))
    raw_start, raw_end = text.raw_span(start, end)
    assert 0 <= raw_start <= raw_end <= len(raw)


@given(texts)
def test_offsets_do_not_run_backwards(raw: str) -> None:
    text = clean_text(raw)
    offsets = [text.raw_offset(i) for i in range(len(text.clean) + 1)]
    assert offsets == sorted(offsets)
