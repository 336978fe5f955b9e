"""From what people ask for to the documents that may be meant: ranked, each with why; never a silent pick."""

from dataclasses import dataclass, replace

from graph.days import first_day, last_day
from graph.errors import AmbiguousReferenceError, UnknownReferenceError
from graph.facts import Document, document_iri, documents_of, read_documents
from graph.index import DocumentIndex, document_index
from graph.iri import mint_document
from graph.names import score_names
from graph.vocabulary import Queryable
from graph.wanted import Wanted, parse_wanted, words_of
from ontology.term import terms

_OTHER_MARKS = 0.9
"""What remains of the score of a name whose marks are others than those typed (`dẫn` for `dân`)."""

MAX_READ = 2000
"""Documents of one number whose facts are read: a province's restarts yearly, and one of very many may be meant."""

_LAST = "\U0010ffff"
"""Stands after all that a path may go on with."""

_LEVELS = {"central": 0, "province": 1, "district": 2, "commune": 3}


@dataclass(frozen=True, slots=True)
class Candidate:
    """A document that may be meant.

    Attributes:
        score: 0 to 1, higher is likelier.
        why: reasons in Vietnamese, for and against.
        is_live: whether nothing that was asked speaks against it.
        is_exact: whether the words asked pin it down by themselves (its IRI, its number with its date, its
            name).
    """

    document: Document
    score: float
    why: tuple[str, ...]
    is_live: bool = True
    is_exact: bool = False


def find_documents(store: Queryable, words: str, limit: int = 20) -> list[Candidate]:
    """Documents a reference or some words of a title may mean, likeliest first, at most `limit`; may be none.

    Accepts a number in any case or spelling, a type with a bare ordinal, a number with a date, an IRI or
    path or the beginning of one, and words of a title with or without diacritics.
    """
    return _ranked(store, parse_wanted(words))[:limit]


def resolve_reference(store: Queryable, ref: str) -> Document:
    """The one document that is meant.

    Raises:
        UnknownReferenceError: nothing in this corpus bears it.
        AmbiguousReferenceError: several documents do, and nothing in `ref` decides.
    """
    wanted = parse_wanted(ref)
    candidates = _ranked(store, wanted)
    live = [candidate for candidate in candidates if candidate.is_live]
    if not live:
        raise UnknownReferenceError(_unknown(ref, candidates))
    exact = [candidate for candidate in live if candidate.is_exact]
    chosen = exact or live
    if len(chosen) > 1:
        raise AmbiguousReferenceError(
            f"reference {ref!r}: {len(chosen)} documents bear it;"
            " add the date, the term or words of the title, or give the IRI",
            chosen,
        )
    return chosen[0].document


def _unknown(ref: str, others: list[Candidate]) -> str:
    if not ref.strip():
        return "reference '': empty, expected a number (25-NQ/TW), a title or an IRI"
    message = f"reference {ref!r}: not in this corpus"
    if others:
        near = "; ".join(candidate.document.label for candidate in others[:4])
        message += f" (the nearest, which what you give speaks against: {near})"
    return message + "; try: phahe find WORDS"


def _ranked(store: Queryable, wanted: Wanted) -> list[Candidate]:
    if wanted.path is not None:
        found = _by_path(store, wanted.path)
    elif wanted.number is not None:
        found = _by_number(store, wanted, wanted.number)
    elif wanted.ordinal is not None:
        found = _by_ordinal(store, wanted, wanted.ordinal)
    else:
        found = _by_title(store, wanted)
    return sorted(found, key=_rank)


def _rank(candidate: Candidate) -> tuple[object, ...]:
    document = candidate.document
    newest_first = tuple(-ord(letter) for letter in document.date or "0")
    return (-candidate.score, _LEVELS.get(document.level or "", 9), newest_first, document.path)


def _by_path(store: Queryable, path: str) -> list[Candidate]:
    exact = read_documents(store, [document_iri(path.rstrip("/"))])
    if exact:
        return [Candidate(document, 1.0, ("đúng IRI",), is_exact=True) for document in exact.values()]
    index = document_index(store)
    start = path.removeprefix("doc/")
    found = dict.fromkeys(index.paths_between(start, start + _LAST), "IRI bắt đầu như vậy")
    scope, _, rest = start.partition("/")
    kind, _, number = rest.partition("/")
    if not found and number:
        # an IRI minted before the year was known: scope/type/number
        series = index.paths_between(f"{scope}/{kind}/", f"{scope}/{kind}/{_LAST}")
        found = {
            item: "IRI nay có thêm năm"
            for item in series
            if item.endswith(f"/{number}") and item.count("/") == 3
        }
    documents = read_documents(store, [mint_document(item) for item in sorted(found)[:MAX_READ]])
    score = 0.9 if len(found) == 1 else 0.6
    return [Candidate(document, score, (found[document.path],)) for document in documents.values()]


def _by_number(store: Queryable, wanted: Wanted, number: str) -> list[Candidate]:
    index = document_index(store)
    bearing, score, why = index.bearing(number), 0.9, "trùng số, ký hiệu"
    if not bearing:
        bearing, score, why = index.bearing_part(number), 0.6, f"số, ký hiệu có phần {number}"
    documents = documents_of(index, _likeliest(index, wanted, bearing))
    found = [Candidate(document, score, (why,)) for document in documents.values()]
    return _weighed(wanted, found, decides=True)


def _by_ordinal(store: Queryable, wanted: Wanted, ordinal: str) -> list[Candidate]:
    index = document_index(store)
    bearing = index.bearing_ordinal(ordinal, wanted.type_slugs)
    documents = documents_of(index, _likeliest(index, wanted, bearing))
    found = []
    for document in documents.values():
        why = f"trùng số {ordinal}" + (f", loại {document.type}" if wanted.type_slugs else "")
        score = 0.6 if wanted.type_slugs else 0.4
        # whoever names a document by its bare ordinal mostly means one of the centre
        found.append(Candidate(document, score + (0.05 if document.level == "central" else 0.0), (why,)))
    return _weighed(wanted, found, decides=False)


def _likeliest(index: DocumentIndex, wanted: Wanted, bearing: list[int]) -> list[int]:
    """Of documents that bear a number those to read: all, or of very many first those the date fits."""
    if len(bearing) <= MAX_READ:
        return bearing
    first, last = index.days
    after, before = first_day(wanted.date or ""), last_day(wanted.date or "")

    def rank(document: int) -> tuple[bool, float]:
        return not (first[document] <= before and last[document] >= after), -index.standing[document]

    return sorted(bearing, key=rank)[:MAX_READ]


def _weighed(wanted: Wanted, candidates: list[Candidate], *, decides: bool) -> list[Candidate]:
    """Candidates with what the rest of the question says about each.

    Args:
        wanted: the question.
        candidates: documents that bear the number asked for.
        decides: whether the number is a whole one, so that with a full date it names one document.
    """
    weighed = [_with_date(wanted, _with_type(wanted, candidate), decides=decides) for candidate in candidates]
    weighed = [_with_term(wanted, candidate) for candidate in weighed]
    if not wanted.words:
        return weighed
    covered = [_coverage(wanted.words, candidate.document) for candidate in weighed]
    whole = sum(
        1 for share, candidate in zip(covered, weighed, strict=True) if share == 1 and candidate.is_live
    )
    return [
        replace(
            candidate,
            score=_clip(candidate.score + 0.08 * share if share else candidate.score * 0.9),
            why=(*candidate.why, _said(wanted.words, share)),
            is_live=candidate.is_live and (share > 0 or not any(covered)),
            # the asked words stand in this one's title and in no other's
            is_exact=candidate.is_exact or (share == 1 and whole == 1),
        )
        for share, candidate in zip(covered, weighed, strict=True)
    ]


def _with_type(wanted: Wanted, candidate: Candidate) -> Candidate:
    kind = candidate.document.type_slug
    if not wanted.type_slugs or kind is None or kind in wanted.type_slugs:
        return candidate
    # wrong type words are common in print, so this speaks against it without ruling it out
    return replace(
        candidate, score=candidate.score * 0.9, why=(*candidate.why, f"nhưng là {candidate.document.type}")
    )


def _with_date(wanted: Wanted, candidate: Candidate, *, decides: bool) -> Candidate:
    have, asked = candidate.document.date, wanted.date
    if asked is None:
        return candidate
    if have is None:
        return replace(candidate, score=candidate.score * 0.7, why=(*candidate.why, "chưa rõ ngày ban hành"))
    if not (have.startswith(asked) or asked.startswith(have)):
        if any(asked in variant for variant in candidate.document.variants):
            return replace(candidate, why=(*candidate.why, f"có văn bản ghi ngày {shown_date(asked)}"))
        why = (*candidate.why, f"nhưng ban hành {shown_date(have)}")
        return replace(candidate, score=candidate.score * 0.3, why=why, is_live=False)
    full = decides and len(asked) == 10 and have == asked
    score = _clip(candidate.score + (0.1 if full else 0.05))
    return replace(
        candidate,
        score=score,
        why=(*candidate.why, f"trùng ngày {shown_date(asked)}"),
        is_exact=candidate.is_exact or full,
    )


def _with_term(wanted: Wanted, candidate: Candidate) -> Candidate:
    have = candidate.document.term
    if wanted.term is None or have is None:
        return candidate
    if have != wanted.term:
        why = (*candidate.why, f"nhưng thuộc khóa {shown_term(have)}")
        return replace(candidate, score=candidate.score * 0.3, why=why, is_live=False)
    return replace(candidate, score=_clip(candidate.score + 0.05), why=(*candidate.why, "trùng khóa"))


def _coverage(asked: tuple[str, ...], document: Document) -> float:
    """Share of the asked words among the words that describe a document."""
    texts = (document.title, document.issuer, document.place, document.type, *document.aliases)
    have = {word for text in texts for word in words_of(text)}
    return sum(word in have for word in asked) / len(asked)


def _said(asked: tuple[str, ...], share: float) -> str:
    if share == 1:
        return f"có đủ các từ: {' '.join(asked)}"
    return "có một phần các từ đã cho" if share else "không có các từ đã cho"


def _by_title(store: Queryable, wanted: Wanted) -> list[Candidate]:
    """Documents whose title or alias holds the words asked, weighed by how rare they are in the corpus."""
    index = document_index(store)
    found = score_names(index, wanted)
    candidates = []
    for number, document in documents_of(index, found).items():
        score, whole, is_name = found[number]
        fits = not wanted.type_slugs or document.type_slug in wanted.type_slugs
        why = (
            "trùng tên gọi"
            if is_name
            else "tên gọi có các từ đã cho"
            if whole
            else "tên gọi có phần lớn các từ đã cho"
        )
        candidate = Candidate(document, score, (why,), whole, is_name and fits)
        candidates.append(
            _with_term(wanted, _with_date(wanted, _with_type(wanted, candidate), decides=False))
        )
    return candidates


def shown_date(date: str) -> str:
    """An ISO prefix as Vietnamese write it.

    >>> shown_date("2013-06-03"), shown_date("2013-06"), shown_date("2013")
    ('03/6/2013', '6/2013', '2013')
    """
    year, *rest = date.split("-")
    if not rest:
        return year
    month = str(int(rest[0]))
    return f"{rest[1]}/{month}/{year}" if len(rest) == 2 else f"{month}/{year}"


def shown_days(days: str) -> str:
    """A day, or two between which one lies, as Vietnamese write them (see `graph.moment.Moment.shown`).

    >>> shown_days("2013-06-03"), shown_days("2013-06-03/2014")
    ('03/6/2013', '03/6/2013 đến 2014')
    """
    return " đến ".join(map(shown_date, days.split("/")))


def shown_term(term: str | None) -> str:
    """A Party term's slug as people write it; empty for None.

    >>> shown_term("tw-11")
    'XI'
    """
    return next((item.roman for item in terms() if item.slug == term), term or "")


def _clip(score: float) -> float:
    return round(min(1.0, score), 4)
