"""Party terms (khóa), read from `terms.toml`: numbers of documents start again with each.

A term runs from the day its congress closes, that day included, to the day the next congress closes, that day
left out: the Committee that issues the first documents of a term is elected before the closing session.
Source: Hướng dẫn 36-HD/VPTW (2018), II.1.3, for the numbering; the Party's own record for the days.
"""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class PartyTerm:
    """A term of the Central Committee.

    Attributes:
        slug: last part of its IRI `term/{slug}` (`tw-11`).
        number: 11.
        roman: as documents write it (`XI`).
        start: ISO day on which its congress closed; the term's first day.
        end: ISO day on which the next congress closed, the first day out of it; None for the current one.
        congress: ISO day on which its congress opened.
    """

    slug: str
    number: int
    roman: str
    start: str
    end: str | None
    congress: str


@cache
def terms() -> tuple[PartyTerm, ...]:
    """All terms known, oldest first, without gaps between them."""
    rows = tomllib.loads(files("ontology").joinpath("terms.toml").read_text(encoding="utf-8"))["term"]
    ends = [row["closed"] for row in rows[1:]]
    return tuple(
        PartyTerm(f"tw-{row['number']}", row["number"], row["roman"], row["closed"], end, row["opened"])
        for row, end in zip(rows, [*ends, None], strict=True)
    )


def term_of_date(date: str) -> PartyTerm | None:
    """The term in which a day, month or year lies, or None where it lies before all or may lie in two.

    Args:
        date: ISO prefix (`2013-06-03`, `2013-06`, `2013`).

    >>> term_of_date("2013-06-03").roman, term_of_date("2013").roman
    ('XI', 'XI')
    >>> term_of_date("2016-01-27").roman, term_of_date("2016-01-28").roman, term_of_date("2016")
    ('XI', 'XII', None)
    """
    first, last = date + "-01-01"[len(date) - 4 :], date + "-12-31"[len(date) - 4 :]
    for term in terms():
        if term.start <= first and (term.end is None or last < term.end):
            return term
    return None


def term_of_roman(roman: str) -> PartyTerm | None:
    """The term of a Roman numeral, whatever its case, or None.

    >>> term_of_roman("XI").slug
    'tw-11'
    """
    return next((term for term in terms() if term.roman == roman.strip().upper()), None)
