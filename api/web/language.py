"""The words of the pages in Vietnamese and English, and which of the two a visitor reads.

Vietnamese unless the address says `?lang=en` or the visitor chose English before (a cookie). What a document
says of itself (its title, its type, its issuer) stays as it is in either language.
"""

import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

from fastapi import Request

Language = Literal["vi", "en"]
LANGUAGES: tuple[Language, ...] = ("vi", "en")
THEMES = ("light", "dark")
COOKIE_SECONDS = 365 * 24 * 3600


@dataclass(frozen=True, slots=True)
class Visitor:
    """How a visitor wants pages.

    Attributes:
        language: one of `LANGUAGES`.
        theme: one of `THEMES`, or "" for what the system prefers.
        chose: whether this very request chooses the language, so that it has to be remembered.
    """

    language: Language
    theme: str
    chose: bool


def visitor_of(request: Request) -> Visitor:
    """The visitor behind a request; unknown languages and themes count as not given."""
    asked, kept = request.query_params.get("lang"), request.cookies.get("lang")
    language = next((word for word in (asked, kept) if word in LANGUAGES), LANGUAGES[0])
    theme = request.cookies.get("theme", "")
    return Visitor(language, theme if theme in THEMES else "", asked in LANGUAGES)


def speaker(language: str) -> Callable[..., str]:
    """A function from a message's name to its words: `say("home.documents", count=3)`.

    It raises KeyError for a name that `messages.toml` does not have.
    """
    words = messages(language)

    def say(name: str, /, **values: object) -> str:
        return words[name].format(**values) if values else words[name]

    return say


@cache
def messages(language: str) -> dict[str, str]:
    """All messages of a language, by `section.name`."""
    data = tomllib.loads(files("api").joinpath("web", "messages.toml").read_text(encoding="utf-8"))
    return {
        f"{section}.{name}": both[language] for section, rows in data.items() for name, both in rows.items()
    }


def section(language: str, name: str) -> dict[str, str]:
    """The messages of one section, by their names in it: what a script gets."""
    start = f"{name}."
    return {
        key.removeprefix(start): words for key, words in messages(language).items() if key.startswith(start)
    }
