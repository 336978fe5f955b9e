"""What people ask for, taken apart: `Nghị quyết số 25-NQ/TW ngày 03/6/2013` is a type, a number, a date.

Unlike citations in texts (`graph.find`), a question may be typed without diacritics, in lower case, by half:
the beginning of an IRI, a bare ordinal, some words of a title.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache

from graph.iri import base_iri
from ontology.body import body_of_symbol
from ontology.doctype import document_types, type_of_symbol
from ontology.slug import slug
from ontology.term import term_of_roman, terms

# A number with its signs. Where blanks stand about a dash the sign must be in capitals, so that "25 - dân
# vận" is none.
_SIGN = r"(?:[-/]|\s*[-/]\s*(?-i:(?=[A-ZĐƯ]{2})))"
_BODY = r"[a-zđư](?:[\wđư.]*\w)?"
_NUMBER = re.compile(
    r"(?:\b(?:số|so)\s*)?(?<![\w/.-])"
    rf"(?P<number>\d+(?:\.\d+)?[a-zđ]?(?:\s?/\s?(?:19|20)\d\d)?{_SIGN}{_BODY}(?:{_SIGN}{_BODY})*)",
    re.IGNORECASE,
)
# A number whose signs are parted by blanks, as it is typed in haste: "25 nq tw", "13 2023 nd cp".
_SPACED = re.compile(
    r"(?:\b(?:số|so)\s*)?(?<![\w/.-])(?P<ordinal>\d{1,5}[a-zđ]?)(?:[\s/]+(?P<year>(?:19|20)\d\d))?"
    r"[\s/-]+(?P<type>[a-zđ]{2,5})[\s/-]+(?P<body>[a-zđư]{1,8}\d{0,2})(?![\w/-])",
    re.IGNORECASE,
)
_DATES = (
    re.compile(r"(?<!\d)(?P<year>(?:19|20)\d\d)-(?P<month>\d\d)-(?P<day>\d\d)(?!\d)"),
    re.compile(
        r"(?:ng[àa]y\s+)?(?<!\d)(?P<day>\d{1,2})\s*[/.-]\s*(?P<month>\d{1,2})\s*[/.-]\s*(?P<year>\d{4})(?!\d)",
        re.I,
    ),
    re.compile(
        r"ng[àa]y\s+(?P<day>\d{1,2})\s+th[áa]ng\s+(?P<month>\d{1,2})\s+n[ăa]m\s+(?P<year>\d{4})", re.I
    ),
    re.compile(r"th[áa]ng\s+(?P<month>\d{1,2})\s*(?:/|-|\s+n[ăa]m\s+)\s*(?P<year>\d{4})", re.I),
    re.compile(r"(?<!\d)(?P<month>\d{1,2})/(?P<year>(?:19|20)\d\d)(?![\d/])"),
    re.compile(r"(?:n[ăa]m\s+)?(?<![\d/.-])(?P<year>(?:19|20)\d\d)(?![\d/.-])", re.I),
)  # fmt: skip
_TERM = re.compile(r"\(?\s*(?:khóa|khoá|khoa)\s+(?P<roman>[IVX]+|\d{1,2})\b\s*\)?", re.I)
_ORDINAL = re.compile(r"^\s*(?:số|so)?\s*(?P<ordinal>\d{1,4}[a-zđ]?)(?!\w)", re.I)
_PATH = re.compile(r"(?:doc/)?(?P<path>[a-z][a-z0-9-]*/[a-z0-9./-]*)$")
# "so" is not among them: without diacritics it may as well be the "sở" of "cơ sở"
_IDLE = frozenset({"số", "ngày", "ngay", "của", "cua", "về", "ve", "việc"})
_TOKEN = re.compile(r"(?:[^\W_]|[\u0300-\u036f])+")
_TONES = "\u0300\u0301\u0303\u0309\u0323"
_DASHES = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-") | {"Ð": "Đ"})


@dataclass(frozen=True, slots=True)
class Wanted:
    """A question taken apart; whatever it does not say is None or empty.

    Attributes:
        text: as asked.
        path: document path or the beginning of one, where an IRI or a path was given; then nothing else is
            set.
        number: number as typed, blanks and odd dashes mended.
        ordinal: bare ordinal (`25`), only where there is no number.
        type_name: type word as typed.
        type_slugs: slugs of the types that bear this name.
        date: ISO prefix.
        term: slug of a Party term.
        words: slugs of the remaining words, in order.
        marked: those of these words that were typed with marks, as `marked_words` writes them.
    """

    text: str
    path: str | None = None
    number: str | None = None
    ordinal: str | None = None
    type_name: str | None = None
    type_slugs: frozenset[str] = frozenset()
    date: str | None = None
    term: str | None = None
    words: tuple[str, ...] = ()
    marked: tuple[str, ...] = ()

    @property
    def all_words(self) -> tuple[str, ...]:
        """The words with those of the type before them."""
        return (*words_of(self.type_name), *self.words)


def parse_wanted(text: str) -> Wanted:
    """Take a question apart; never raises.

    >>> wanted = parse_wanted("Nghị quyết số 25-NQ/TW ngày 03/6/2013")
    >>> wanted.number, wanted.type_name, wanted.date
    ('25-NQ/TW', 'Nghị quyết', '2013-06-03')
    >>> parse_wanted("nghi quyet 25 dan van").ordinal, parse_wanted("nghi quyet 25 dan van").words
    ('25', ('dan', 'van'))
    >>> [parse_wanted(text).number for text in ("25 nq tw", "so 25 nq/tw", "13 2023 nd cp", "25 dan van")]
    ['25/nq-tw', '25/nq-tw', '13/2023/nd-cp', None]
    >>> parse_wanted("tw/nq/2013").path
    'tw/nq/2013'
    """
    rest = " ".join(unicodedata.normalize("NFC", text).translate(_DASHES).split())
    if (path := _path(rest)) is not None:
        return Wanted(text, path=path)
    number = term = None
    if found := _NUMBER.search(rest):
        number = re.sub(r"\s+", "", found["number"])
        rest = _without(rest, found)
    elif (found := _SPACED.search(rest)) and type_of_symbol(found["type"]) and body_of_symbol(found["body"]):
        number = "/".join(filter(None, (found["ordinal"], found["year"], f"{found['type']}-{found['body']}")))
        rest = _without(rest, found)
    date, rest = _date(rest)
    if found := _TERM.search(rest):
        term = _term_slug(found["roman"])
        rest = _without(rest, found)
    type_name, type_slugs, rest = _type(rest)
    ordinal = None
    if number is None and (found := _ORDINAL.match(rest)):
        ordinal = found["ordinal"].lstrip("0").lower() or None
        rest = rest[found.end() :]
    telling = " ".join(word for word in rest.split() if word.lower().strip(",;") not in _IDLE)
    words = tuple(words_of(telling))
    marked = tuple(mark for mark, word in zip(marked_words(telling), words, strict=True) if mark != word)
    return Wanted(text, None, number, ordinal, type_name, type_slugs, date, term, words, marked)


def type_slugs(name: str) -> frozenset[str]:
    """Slugs of the types that bear a name, symbol or slug, diacritics and case aside; none if it is no type.

    >>> sorted(type_slugs("Nghị quyết")) == sorted(type_slugs("nq"))
    True
    """
    known = _type_names()
    return known.get(slug(name), frozenset())


def words_of(text: str | None) -> list[str]:
    """Folded words of a title, in order.

    >>> words_of("Luật Đất đai")
    ['luat', 'dat', 'dai']
    """
    return [folded for token in _tokens(text) for folded, _ in _words(token)]


def marked_words(text: str | None) -> list[str]:
    """The same words with their marks, the tone as a digit at the end of each, wherever it was written.

    >>> marked_words("Hoà Bình"), marked_words("dân vận")
    (['hoa1', 'binh1'], ['dân', 'vân5'])
    """
    return [marked for token in _tokens(text) for _, marked in _words(token)]


def _tokens(text: str | None) -> list[str]:
    return _TOKEN.findall(unicodedata.normalize("NFC", text or "").lower())


@lru_cache(maxsize=65536)
def _words(token: str) -> tuple[tuple[str, str], ...]:
    """The words of a token, folded and marked; mostly one."""
    parts = [part for part in slug(token).split("-") if part]
    if len(parts) != 1:
        return tuple((part, part) for part in parts)
    letters = unicodedata.normalize("NFD", token)
    bare = unicodedata.normalize("NFC", "".join(letter for letter in letters if letter not in _TONES))
    return (
        (parts[0], bare + "".join(str(_TONES.index(letter) + 1) for letter in letters if letter in _TONES)),
    )


def _path(text: str) -> str | None:
    start = base_iri()
    if text.startswith(start):
        return text[len(start) :].removeprefix("doc/")
    if re.match(r"https?://", text):
        return text
    return found["path"] if (found := _PATH.match(text)) else None


def _without(text: str, found: re.Match[str]) -> str:
    return f"{text[: found.start()]} {text[found.end() :]}".strip()


def _date(text: str) -> tuple[str | None, str]:
    for pattern in _DATES:
        if found := pattern.search(text):
            parts = found.groupdict()
            month, day = int(parts.get("month") or 1), int(parts.get("day") or 1)
            if not (1 <= month <= 12 and 1 <= day <= 31):
                continue
            date = parts["year"]
            date += f"-{month:02}" if parts.get("month") else ""
            date += f"-{day:02}" if parts.get("day") else ""
            return date, _without(text, found)
    return None, text


def _term_slug(roman: str) -> str | None:
    term = term_of_roman(roman.upper())
    if term is None and roman.isdigit():
        term = next((term for term in terms() if term.number == int(roman)), None)
    return term.slug if term else None


def _type(text: str) -> tuple[str | None, frozenset[str], str]:
    """The type word a text begins with, the slugs it may mean, and what follows it."""
    names = _type_names()
    words = text.split()
    for count in range(min(6, len(words)), 0, -1):
        head = " ".join(words[:count])
        if slugs := names.get(slug(head)):
            return head, slugs, " ".join(words[count:])
    # "NQ25", "nq 25"
    if (found := re.match(r"([A-Za-zĐđ]{2,4})\s*(?=\d)", text)) and (slugs := names.get(slug(found[1]))):
        return found[1], slugs, text[found.end() :]
    return None, frozenset(), text


@cache
def _type_names() -> dict[str, frozenset[str]]:
    """Type slugs by folded name, alias or symbol."""
    names: dict[str, set[str]] = {}
    for kind in document_types():
        for name in (kind.slug, kind.name, kind.symbol, *kind.aliases):
            if name:
                names.setdefault(slug(name), set()).add(kind.slug)
    return {name: frozenset(slugs) for name, slugs in names.items()}
