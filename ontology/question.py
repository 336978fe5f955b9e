"""Forms of questions in plain Vietnamese, read from `questions.toml`."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

SLOTS = {
    "ref": r"(?P<ref>.{2,200}?)",
    "place": r"(?P<place>.{2,60}?)",
    "date": r"(?P<date>[\d/.-]{4,10})",
    "date2": r"(?P<date2>[\d/.-]{4,10})",
}
"""What may stand in a question's open places, as groups of a regular expression."""


@dataclass(frozen=True, slots=True)
class QuestionForm:
    """A kind of question.

    Attributes:
        name: unique.
        label: what it asks, in Vietnamese.
        query: the named query that is run for it.
        patterns: over a folded question without its marks at the end; each fits it whole or not at all.
        examples: questions of this form; never empty.
    """

    name: str
    label: str
    query: str
    patterns: tuple[re.Pattern[str], ...]
    examples: tuple[str, ...]


@cache
def question_forms() -> tuple[QuestionForm, ...]:
    """All forms, in the order in which they are tried."""
    data = tomllib.loads(files("ontology").joinpath("questions.toml").read_text(encoding="utf-8"))
    words: dict[str, str] = data["words"]
    return tuple(
        QuestionForm(
            row["name"],
            row["label"],
            row["query"],
            tuple(re.compile(_filled(pattern, words)) for pattern in row["patterns"]),
            tuple(row["examples"]),
        )
        for row in data["form"]
    )


def _filled(pattern: str, words: dict[str, str]) -> str:
    """A pattern with its words and open places filled in; other braces stay."""
    return re.sub(r"\{([a-z]\w*)\}", lambda found: (SLOTS | words)[found[1]], pattern)
