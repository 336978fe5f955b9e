"""A question in plain Vietnamese, taken apart by the forms of `ontology/questions.toml`; nothing is guessed.

A question fits a form whole, and what stands in its open places must be what they are for: a document's number
or type, a province of the list, a date. Else the question is not understood, and that is the answer.
"""

import re
import unicodedata
from dataclasses import dataclass

from graph.errors import QueryError
from graph.wanted import parse_wanted
from ontology.place import place_named
from ontology.question import QuestionForm, question_forms
from ontology.slug import fold

LONGEST = 500
"""Characters of a question."""


@dataclass(frozen=True, slots=True)
class Question:
    """A question that was understood.

    Attributes:
        text: as asked, blanks and marks at its ends mended.
        form: which kind it is.
        ref: words for a document, as asked, or None.
        place: slug of a province, or None.
        date: ISO prefix, or None.
        date2: a second one, or None.
    """

    text: str
    form: QuestionForm
    ref: str | None = None
    place: str | None = None
    date: str | None = None
    date2: str | None = None


class NotUnderstoodError(QueryError):
    """A question fits no form; its message says so and gives examples."""


def parse_question(text: str) -> Question:
    """Take a question apart.

    Raises:
        NotUnderstoodError: it fits no form, or what stands in an open place is not what it is for.

    >>> asked = parse_question("Văn bản nào thay thế Quyết định 290-QĐ/TW?")
    >>> asked.form.name, asked.ref
    ('superseded_by', 'Quyết định 290-QĐ/TW')
    """
    plain = " ".join(unicodedata.normalize("NFC", text[: LONGEST + 1]).split()).strip(" ?!.…")
    folded = fold(plain)
    if len(plain) <= LONGEST and len(folded) == len(plain):
        for form in question_forms():
            for pattern in form.patterns:
                found = pattern.fullmatch(folded) or pattern.fullmatch(_without_tail(folded))
                if found and (question := _question(plain, form, found)):
                    return question
    raise NotUnderstoodError(_not_understood(plain))


def is_understood(text: str) -> bool:
    """Whether a question fits a form.

    >>> is_understood("Chỉ thị 33 còn hiệu lực không?"), is_understood("Chỉ thị 33")
    (True, False)
    """
    try:
        parse_question(text)
    except NotUnderstoodError:
        return False
    return True


def _without_tail(folded: str) -> str:
    """A question without the word at its end that only makes it one (`không`)."""
    return re.sub(r" (?:khong|chua|nhi|a|vay|the)$", "", folded)


def _question(plain: str, form: QuestionForm, found: re.Match[str]) -> Question | None:
    """The question, or None where an open place holds something else."""
    told = {name: plain[found.start(name) : found.end(name)].strip(" ,") for name in found.re.groupindex}
    slots: dict[str, str | None] = {}
    if "ref" in told:
        slots["ref"] = told["ref"] if _is_reference(told["ref"]) else None
    if "place" in told:
        place = place_named(told["place"])
        slots["place"] = place.slug if place else None
    for name in ("date", "date2"):
        if name in told:
            wanted = parse_wanted(told[name])
            slots[name] = None if wanted.words else wanted.date
    return Question(plain, form, **slots) if all(slots.values()) else None


def _is_reference(words: str) -> bool:
    """Whether words begin like a document's name: its number, its type, a path."""
    wanted = parse_wanted(words)
    if wanted.path is not None:
        return "/" in words and not re.search(r"\s|[?#<>{}]", words)
    named = wanted.type_slugs and (wanted.number or wanted.ordinal or wanted.date or wanted.words)
    return bool(named or (wanted.number and re.match(r"(?:so )?\d", fold(words))))


def _not_understood(text: str) -> str:
    near = [form.examples[0] for form in question_forms()]
    shown = text if len(text) <= 80 else text[:80] + "…"
    return f"question {shown!r}: not understood; questions that are, for example: " + " | ".join(near[:6])
