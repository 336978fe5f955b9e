"""The rule that says, on a day, what becomes of documents whose ground is gone; read from `regimes.toml`."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Regime:
    """A rule and the days of its reign.

    Attributes:
        name: unique (`state-2025`).
        polity: `state`, `party`, or `territory` for what becomes of local rules when territories merge.
        law: number of the document that holds the rule.
        provision: article or clause; may be empty.
        since: ISO day from which it reigns.
        until: first ISO day on which it reigns no more, or None.
        words: what it says, in our words, in Vietnamese.
    """

    name: str
    polity: str
    law: str
    provision: str
    since: str
    until: str | None
    words: str


@cache
def regimes() -> tuple[Regime, ...]:
    """All rules known, by polity and day."""
    rows = tomllib.loads(files("ontology").joinpath("regimes.toml").read_text(encoding="utf-8"))["regime"]
    fields = ("name", "polity", "law", "provision", "since", "until", "words")
    return tuple(Regime(*(row.get(field) for field in fields)) for row in rows)


def regime_on(polity: str | None, day: str) -> Regime | None:
    """The rule of a polity on a day, or None where none is known (before July 2016, for the State).

    Args:
        polity: see `Regime`.
        day: ISO prefix; a month or a year stands for its first day.

    >>> regime_on("state", "2020-01-01").law, regime_on("state", "2025-04-01").law, regime_on("state", "2010-01-01")
    ('80/2015/QH13', '64/2025/QH15', None)
    """
    return next(
        (
            regime
            for regime in regimes()
            if regime.polity == polity
            and regime.since <= day
            and (regime.until is None or day < regime.until)
        ),
        None,
    )
