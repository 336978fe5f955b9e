"""How well references are linked to documents: right, wrong, or left open, judged by what annotated texts tell.

An annotation tells number, date, issuer and title of each document a text cites, not an identity over texts. So a link
is judged by what the document it leads to is known to be: it is wrong where number, date or province contradict the
annotation, right where the number (or, without one, the name) is the same and a date, a year in the number, or a
province agrees, and not judged where nothing but an ordinal could be compared. Pairs of texts are judged as well:
equal numbers of equal dates must lead to one document, those of different years to two.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import combinations

from graph.clean import clean_text
from graph.model import Extraction
from graph.named import name_key, plain_name
from graph.resolution import Document
from graph.resolve import resolve_extractions
from graph.scope import places_in
from graph.score import canonical, pair_documents
from graph.tally import Row
from ontology.doctype import type_of_name

_SHARE = 0.75
"""Of a name's words, those that must be the same: the rest may be slips and words left out."""
_COUNTS = re.compile(r"\b(?:[ivx]+|\d+)\b")
_YEAR = re.compile(r"/((?:19|20)\d\d)/")


@dataclass(slots=True)
class LinkScore:
    """Counts over the documents that annotated texts cite and extraction found.

    Attributes:
        right, wrong, unjudged: links by what the annotation says of them.
        ambiguous: left open with candidates.
        unknown: left open without any.
        united, divided: pairs of texts' documents that must be one, or two, and are.
        confused: pairs that must be one and are two, or must be two and are one.
        errors: (text name, what is wrong), in text order.
    """

    right: int = 0
    wrong: int = 0
    unjudged: int = 0
    ambiguous: int = 0
    unknown: int = 0
    united: int = 0
    divided: int = 0
    confused: int = 0
    errors: list[tuple[str, str]] = field(default_factory=list)

    def as_row(self) -> Row:
        """All figures as plain values; accuracy of links judged, share left open, both 0 to 1."""
        links = self.right + self.wrong + self.unjudged
        opened = self.ambiguous + self.unknown
        judged = self.right + self.wrong
        return {
            "links": links,
            "right": self.right,
            "wrong": self.wrong,
            "unjudged": self.unjudged,
            "accuracy": round(self.right / judged, 4) if judged else None,
            "ambiguous": self.ambiguous,
            "unknown": self.unknown,
            "abstention": round(opened / (links + opened), 4) if links + opened else None,
            "pairs": {"united": self.united, "divided": self.divided, "confused": self.confused},
        }


def score_links(
    texts: Iterable[tuple[str, Row, Extraction, Row]], background: Iterable[Extraction] = ()
) -> LinkScore:
    """Resolve texts together and judge where their references lead.

    Args:
        texts: name, annotation, extraction and its printed row of each.
        background: other extractions to link against, such as a catalogue's.
    """
    annotated = list(texts)
    resolution = resolve_extractions([*(text[2] for text in annotated), *background])
    score = LinkScore()
    linked: list[tuple[str, Row, str]] = []
    for name, gold, extraction, row in annotated:
        for key, record in _pairs(gold, row):
            path = resolution.path(extraction.source, key)
            if path is None:
                unresolved = resolution.unresolved.get((extraction.source, key))
                if unresolved is not None and unresolved.candidates:
                    score.ambiguous += 1
                else:
                    score.unknown += 1
                continue
            linked.append((name, record, path))
            _judge(score, name, record, resolution.documents[path])
    _judge_pairs(score, linked)
    return score


def _pairs(gold: Row, row: Row) -> list[tuple[str, Row]]:
    """Found keys with what they are annotated as; of names that share most words only those whose counts agree."""
    pairs = []
    for key, wanted in pair_documents(gold["documents"], row).items():
        if wanted == "self":
            continue
        record = gold["documents"][wanted]
        if not record.get("number"):
            printed = plain_name(
                f"{row['documents'][key]['type'] or ''} {row['documents'][key]['title'] or ''}"
            )
            counts = _COUNTS.findall(plain_name(record.get("title") or ""))
            if not set(counts) <= set(_COUNTS.findall(printed)):
                continue
        pairs.append((key, record))
    return pairs


def _judge(score: LinkScore, name: str, record: Row, document: Document) -> None:
    verdict, why = judge_link(record, document)
    if verdict is None:
        score.unjudged += 1
    elif verdict:
        score.right += 1
    else:
        score.wrong += 1
        score.errors.append((name, f"{record['number'] or record['title']} -> {document.path}: {why}"))


def judge_link(record: Row, document: Document) -> tuple[bool | None, str]:
    """Whether a document is the annotated one: (right, "") or (wrong, why); (None, "") where that cannot be told."""
    number = canonical(record.get("number"))
    if number is None:
        return _judge_name(record, document)
    own = canonical(document.number) or ""
    bare = number.isdigit()
    if bare:
        if re.split("[-/]", own)[0] != number:
            return False, f"number {document.number}"
    elif not _is_number_of(number, record, document):
        return False, f"number {document.number}"
    contradiction = _contradiction(record, document)
    if contradiction:
        return False, contradiction
    agreed = _agrees(record, document) or (not bare and _YEAR.search(number) is not None)
    return (True, "") if agreed else (None, "")


def _is_number_of(number: str, record: Row, document: Document) -> bool:
    """Whether a document bears a number, signs lost or slipped in print aside where ordinal and day agree."""
    own = canonical(document.number) or ""
    printed = [_plain(own), *(_plain(variant) for variant in document.variants)]
    if any(_plain(number) in other or (other and other in _plain(number)) for other in printed):
        return True
    same_day = record.get("date") is not None and record["date"] == document.date
    return same_day and re.split("[-/]", own)[0] == re.split("[-/]", number)[0]


def _judge_name(record: Row, document: Document) -> tuple[bool | None, str]:
    kind = type_of_name(record["type"]) if record.get("type") else None
    slug = kind.slug if kind else None
    wanted = name_key(slug, record.get("title") or "")
    names = [name for name in (document.title, *document.aliases) if name]
    keys = {name_key(document.type, name) for name in names} | {name_key(None, name) for name in names}
    contradiction = _contradiction(record, document)
    if contradiction:
        return False, contradiction
    if wanted is None:
        return None, ""
    words = set(plain_name(record.get("title") or "").split())
    shared = max(
        (len(words & set(plain_name(name).split())) / len(words) for name in names if words), default=0
    )
    if wanted in keys or shared >= _SHARE:
        return True, ""
    # an amending law may be known by its number and year alone
    return (None, "") if not names else (False, f"name {document.title}")


def _contradiction(record: Row, document: Document) -> str:
    """What of date and province the annotation denies, or an empty string."""
    date, own = record.get("date"), document.date
    if date and own and not (date.startswith(own) or own.startswith(date)):
        noted = any(date in variant for variant in document.variants)
        if not noted and date[:4] != own[:4]:
            return f"date {own}, not {date}"
    place = _place(record)
    if place and document.place and place != document.place:
        return f"place {document.place}, not {place}"
    return ""


def _agrees(record: Row, document: Document) -> bool:
    date, own = record.get("date"), document.date
    dated = bool(date and own and date[:4] == own[:4])
    placed = _place(record)
    return dated or bool(placed and placed == document.place)


def _place(record: Row) -> str | None:
    found = places_in(clean_text(record.get("issuer") or "").clean)
    return found[0][1] if found else None


def _plain(number: str) -> str:
    """A number's letters and digits: signs and Đ do not count, as print slips in both."""
    return re.sub(r"[^0-9A-Z]", "", number.upper().replace("Đ", "D"))


def _judge_pairs(score: LinkScore, linked: list[tuple[str, Row, str]]) -> None:
    """Documents of equal number in different texts: one where the dates are equal, two where the years differ."""
    groups: dict[str, list[tuple[str, Row, str]]] = {}
    for name, record, path in linked:
        number, date = canonical(record.get("number")), record.get("date")
        if number and not number.isdigit() and date and len(date) == 10:
            groups.setdefault(number, []).append((name, record, path))
    for number in sorted(groups):
        for (name, one, path), (other_name, other, other_path) in combinations(groups[number], 2):
            same_place = _place(one) == _place(other)
            if one["date"] == other["date"] and same_place:
                must_be_one = True
            elif one["date"][:4] != other["date"][:4] and not _YEAR.search(number):
                must_be_one = False
            else:
                continue
            if (path == other_path) is not must_be_one:
                score.confused += 1
                says = "one document" if must_be_one else "two documents"
                what = f"{number} of {one['date']} and of {other['date']} ({other_name}) are {says}"
                score.errors.append((name, what))
            elif must_be_one:
                score.united += 1
            else:
                score.divided += 1
