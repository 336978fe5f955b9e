"""Slugs and folded text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ontology.slug import fold, slug

FOLDED = [
    ("Nghị quyết", "nghi quyet"),
    ("ĐẢNG UỶ", "dang uy"),
    ("Ðảng ủy", "dang uy"),  # U+00D0, eth
    ("Khánh Hoà", "khanh hoa"),
    ("  Thừa\n Thiên\u00a0Huế ", "thua thien hue"),
    ("Thủ tướng", "thu tuong"),  # NFD
    ("ươ Ưỡ ớ", "uo uo o"),
    ("", ""),
]
SLUGS = [
    ("Bà Rịa – Vũng Tàu", "ba-ria-vung-tau"),
    ("Bà Rịa - Vũng Tàu", "ba-ria-vung-tau"),
    ("QĐ", "qd"),
    ("TP. Hồ Chí Minh", "tp-ho-chi-minh"),
    ("BGD&ĐT", "bgd-dt"),
    ("…", ""),
]


@pytest.mark.parametrize(("text", "folded"), FOLDED)
def test_fold(text: str, folded: str) -> None:
    assert fold(text) == folded


@pytest.mark.parametrize(("text", "expected"), SLUGS)
def test_slug(text: str, expected: str) -> None:
    assert slug(text) == expected


@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text())
def test_slugs_are_fit_for_an_iri(text: str) -> None:
    made = slug(text)
    assert set(made) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
    assert made == made.strip("-") and slug(made) == made
