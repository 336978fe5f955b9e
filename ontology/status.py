"""How states of documents are worded, read from `statuses.toml`."""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


def state_label(state: str, polity: str | None = None, language: str = "vi") -> str:
    """A state in words, `vi` or `en`; documents of the Party are no law and have words of their own.

    Raises:
        KeyError: there is no such state.

    >>> state_label("superseded"), state_label("superseded", "party")
    ('đã bị thay thế hoặc bãi bỏ', 'đã được thay thế hoặc thôi áp dụng')
    """
    kind = "label_en" if language == "en" else "label_party" if polity == "party" else "label"
    return str(_rows("state")[state][kind])


def reason_words(reason: str, as_of: str, language: str = "vi") -> str:
    """Why a document is in its state, one sentence in `vi` or `en`.

    Args:
        reason: name of a reason in `statuses.toml`.
        as_of: the date asked about, as people write it.
        language: `vi` or `en`.

    Raises:
        KeyError: there is no such reason.

    >>> reason_words("not-issued", "03/6/2013")
    'Tính đến 03/6/2013 văn bản chưa được ban hành.'
    """
    return str(_rows("reason")[reason]["words_en" if language == "en" else "words"]).format(as_of=as_of)


def reckoning_words(reckoning: str) -> str:
    """How the day of an act was reckoned, in Vietnamese.

    Raises:
        KeyError: there is no such reckoning.
    """
    return str(_rows("reckoning")[reckoning]["words"])


@cache
def effect_within() -> int:
    """Months within which a legal document of the State takes effect after its issue, at the longest."""
    return int(_data()["effect_within_months"])


@cache
def state_names() -> tuple[str, ...]:
    """All states, from the best to the least known."""
    return tuple(_rows("state"))


@cache
def _rows(kind: str) -> dict[str, dict[str, Any]]:
    return {row["name"]: row for row in _data()[kind]}


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads(files("ontology").joinpath("statuses.toml").read_text(encoding="utf-8"))
