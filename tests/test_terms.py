"""Party terms."""

from itertools import pairwise

import pytest

from ontology.term import term_of_date, term_of_roman, terms

# ISO prefix, Roman numeral
DATES = [
    ("2013-06-03", "XI"),
    ("2013-06", "XI"),
    ("2013", "XI"),
    ("2008-07-25", "X"),
    ("2003-03-12", "IX"),
    ("2026-01-22", "XIII"),
    ("2026-01-23", "XIV"),  # the day the congress closed is the new Committee's
    ("2026-02", "XIV"),
    ("2030", "XIV"),
    ("2011-01-18", "X"),
    ("2011-01-19", "XI"),
    ("1996-06-30", "VII"),
    ("1996-07-01", "VIII"),
    ("1996-07", "VIII"),
    ("1976-12-20", "IV"),
    ("1977", "IV"),
    # two terms in one year or month
    ("2016", None),
    ("2016-01", None),
    ("2021-01", "XII"),
    ("2021-02", "XIII"),
    ("2026", None),
    # before all that are recorded
    ("1951-02-11", None),
    ("1945", None),
]


@pytest.mark.parametrize(("date", "roman"), DATES)
def test_term_of_date(date: str, roman: str | None) -> None:
    term = term_of_date(date)
    assert (term.roman if term else None) == roman


def test_terms_follow_each_other() -> None:
    for term, following in pairwise(terms()):
        assert (term.end, term.number + 1) == (following.start, following.number)
        assert following.congress < following.start
    assert terms()[-1].end is None and terms()[-1].roman == "XIV"
    assert terms()[-2].slug == "tw-13"


@pytest.mark.parametrize(
    ("roman", "slug"), [("XI", "tw-11"), ("xiv", "tw-14"), ("IV", "tw-4"), ("XX", None), ("", None)]
)
def test_term_of_roman(roman: str, slug: str | None) -> None:
    term = term_of_roman(roman)
    assert (term.slug if term else None) == slug
