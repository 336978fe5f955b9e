"""The page of one source: its text, every citation marked and linked, the ones left open with their candidates.

A long text is shown in parts that end at a line's end, so that a text of megabytes costs no more than a short one.
"""

from bisect import bisect_right
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, NamedTuple
from urllib.parse import urlencode
from weakref import WeakKeyDictionary

from fastapi import Request, Response

from api.pages import page
from api.web.paging import whole
from graph.errors import StoreError, UnknownReferenceError
from graph.facts import Document, document_iri, read_documents
from graph.iri import mint_mention
from graph.model import Mention
from graph.store import Store

_PART = 20_000
"""Code points of a part, about: it goes on to the end of its line where that is near."""

_LINE = 2_000
"""Code points that a part may go on to reach the end of a line."""

_MOST_KEPT = 16
_CANDIDATES = """
SELECT ?document ?score ?reason WHERE {
  <%s> ph:candidate ?candidate .
  ?candidate ph:document ?document ; ph:score ?score ; ph:reason ?reason ; ph:rank ?rank .
} ORDER BY ?rank"""


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text that is shown alike.

    Attributes:
        text: never empty.
        document: path of the document cited, or None.
        label: its label, or "".
        is_open: whether it cites a document that stays unknown.
        is_here: whether it belongs to the quotation asked for.
        anchor: id on the page, or "".
    """

    text: str
    document: str | None
    label: str
    is_open: bool
    is_here: bool
    anchor: str


@dataclass(frozen=True, slots=True)
class OpenMention:
    """A citation left open, with the documents it may mean, their scores (0 to 1) and why; likeliest first."""

    quote: str
    anchor: str
    candidates: tuple[tuple[Document, float, str], ...]


class _Read(NamedTuple):
    """Whether the store keeps what a text says; its mentions in text order; what its references mean, by key."""

    is_kept: bool
    mentions: tuple[Mention, ...]
    links: dict[str, str]


# by store, so that nothing holds on to a build that was replaced
_KEPT: WeakKeyDictionary[Store, dict[str, _Read]] = WeakKeyDictionary()


def source_page(request: Request, store: Store, id_: str) -> Response:
    """The page; `?start=120&end=180` marks that quotation and shows the part it stands in.

    Raises:
        UnknownReferenceError: the store has no such source.
    """
    if id_ not in store.texts:
        raise UnknownReferenceError(
            f"source {id_!r}: not in this corpus; expected the id of a text that was read"
        )
    meta = store.texts.meta(id_)
    start, end, number = (whole(request, name) for name in ("start", "end", "part"))
    text = store.texts.raw(id_)
    cuts = _cuts(text)
    here = (start, end) if start is not None and end is not None and start < end <= meta.length else None
    at = (
        bisect_right(cuts, here[0]) - 1
        if here and number is None
        else min(max((number or 1) - 1, 0), len(cuts) - 1)
    )
    window = (cuts[at], cuts[at + 1] if at + 1 < len(cuts) else meta.length)
    read = _read(store, id_)
    mentions, links = read.mentions, read.links
    inside = [item for item in mentions if item.start < window[1] and item.end > window[0]]
    labels = _labels(store, {links[item.document] for item in inside if item.document in links})
    describes = links.get("self")
    return page(
        request,
        "source.html",
        meta=meta,
        pieces=_pieces(text, window, inside, links, labels, here),
        open_mentions=_open_mentions(store, id_, inside, mentions, links),
        counts=(
            sum(item.document in links for item in mentions),
            sum(item.document not in links for item in mentions),
        ),
        describes=next(iter(read_documents(store, [document_iri(describes)]).values()), None)
        if describes
        else None,
        part=at + 1,
        parts=len(cuts),
        pages=_pages(at, len(cuts)),
        here=here,
        is_read=read.is_kept,
    )


def _cuts(text: str) -> list[int]:
    """Where the parts of a text begin, the first at 0."""
    cuts = [0]
    while len(text) - cuts[-1] > _PART + _LINE:
        near = text.find("\n", cuts[-1] + _PART, cuts[-1] + _PART + _LINE)
        cuts.append(near + 1 if near >= 0 else cuts[-1] + _PART)
    return cuts


def _read(store: Store, id_: str) -> _Read:
    """What a text says; kept for the last ones asked for, since a long text has a hundred thousand mentions."""
    kept = _KEPT.setdefault(store, {})
    if id_ not in kept:
        try:
            found = _Read(True, store.texts.extraction(id_).mentions, store.texts.links(id_))
        except StoreError:
            found = _Read(False, (), {})
        if len(kept) >= _MOST_KEPT:
            kept.clear()
        kept[id_] = found
    return kept[id_]


def _labels(store: Store, paths: set[str]) -> dict[str, str]:
    found = read_documents(store, [document_iri(path) for path in sorted(paths)])
    return {document.path: document.label for document in found.values()}


def _pieces(
    text: str,
    window: tuple[int, int],
    mentions: list[Mention],
    links: dict[str, str],
    labels: dict[str, str],
    here: tuple[int, int] | None,
) -> list[Piece]:
    """The window's text, cut wherever a mention or the quotation begins or ends."""
    bounds = {*window}
    for start, end in [(item.start, item.end) for item in mentions] + ([here] if here else []):
        bounds |= {min(max(start, window[0]), window[1]), min(max(end, window[0]), window[1])}
    places = sorted(bounds)
    starts = [item.start for item in mentions]
    pieces = []
    is_marked = False
    for start, end in pairwise(places):
        index = bisect_right(starts, start) - 1
        mention = mentions[index] if index >= 0 and mentions[index].end > start else None
        path = links.get(mention.document or "") if mention else None
        is_open = mention is not None and path is None
        is_here = here is not None and here[0] <= start < here[1]
        begins = mention is not None and mention.start == start
        anchor = "here" if is_here and not is_marked else f"m{start}" if begins else ""
        is_marked |= is_here
        pieces.append(Piece(text[start:end], path, labels.get(path or "", ""), is_open, is_here, anchor))
    return pieces


def _open_mentions(
    store: Store, id_: str, inside: list[Mention], mentions: tuple[Mention, ...], links: dict[str, str]
) -> list[OpenMention]:
    """The open citations of a part, one for each reference; the graph names them by their first place in the text."""
    first = {item.document: item for item in reversed(mentions) if item.document}
    found = {item.document or item.start: item for item in reversed(inside) if item.document not in links}
    return [
        OpenMention(
            item.text, f"m{item.start}", _candidates(store, id_, first.get(item.document or "", item))
        )
        for item in sorted(found.values(), key=lambda item: item.start)
    ]


def _candidates(store: Store, id_: str, mention: Mention) -> tuple[tuple[Document, float, str], ...]:
    rows = [
        (row["document"].value, float(row["score"].value), row["reason"].value)
        for row in store.query(_CANDIDATES % mint_mention(id_, mention.start, mention.end))
    ]
    known = read_documents(store, [iri for iri, *_ in rows])
    return tuple((known[iri], score, reason) for iri, score, reason in rows if iri in known)


def _pages(at: int, total: int) -> dict[str, Any] | None:
    if total < 2:
        return None

    def address(number: int) -> str:
        return "?" + urlencode({"part": number})

    return {
        "previous": address(at) if at else None,
        "next": address(at + 2) if at + 1 < total else None,
        "all": [(number, address(number)) for number in _near(at + 1, total)],
    }


def _near(number: int, total: int) -> list[int]:
    """Numbers of parts worth a link: the first, the last, those around this one.

    >>> _near(5, 100)
    [1, 3, 4, 5, 6, 7, 100]
    """
    return sorted({1, total} | {item for item in range(number - 2, number + 3) if 1 <= item <= total})
