"""A source as people know it: the document whose text it is, its heading, or the row of a catalogue.

Ids and file names tell people nothing: `relations` is a file of thousands of rows, each of which was read
somewhere else.
"""

import csv
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from urllib.parse import urlsplit

from graph.errors import StoreError
from graph.facts import document_iri, read_documents
from graph.store import Store

_HEADING = 80
"""Code points of a heading that are shown."""

_LONGEST = 5_000_000
"""Code points of a source that is read for its heading or its row; a longer one bears the name of its file."""


@dataclass(frozen=True, slots=True)
class CitedSource:
    """Where a quotation stands.

    Attributes:
        name: of a text: the document it is the text of, else its own name or heading; of a catalogue: its name.
        is_catalogue: whether it is a row of a catalogue.
        is_text_of: whether `name` is the label of the document whose text it is.
        url: where the row says it was read, or None.
    """

    name: str
    is_catalogue: bool = False
    is_text_of: bool = False
    url: str | None = None

    @property
    def site(self) -> str:
        """The site of the address, or "" where there is none."""
        try:
            return urlsplit(self.url or "").netloc.removeprefix("www.")
        except ValueError:  # what stands in a catalogue need be no address
            return ""


def source_namer(store: Store) -> Callable[[str, int], CitedSource]:
    """A function from a source's id and a place in it, where a quotation begins, to what it is.

    Each text is looked at once for each function made.
    """
    meta = cache(store.texts.meta)
    raw = cache(store.texts.raw)

    @cache
    def text(id_: str) -> CitedSource:
        path = _self(store, id_)
        for document in read_documents(store, [document_iri(path)] if path else []).values():
            return CitedSource(document.label, is_text_of=True)
        known = meta(id_).names[0]
        is_told = known != id_ and " " in known
        return CitedSource(known if is_told or meta(id_).length > _LONGEST else _heading(raw(id_)) or known)

    def name(id_: str, at: int) -> CitedSource:
        if id_ not in store.texts:
            return CitedSource(id_)
        if meta(id_).kind != "catalogue":
            return text(id_)
        row = _row(raw(id_), at) if meta(id_).length <= _LONGEST else {}
        url = row.get("url", "")
        is_address = url.startswith(("https://", "http://"))
        return CitedSource(meta(id_).names[0], is_catalogue=True, url=url if is_address else None)

    return name


def _self(store: Store, id_: str) -> str | None:
    """Path of the document whose text a source is; None where it is none, or nothing was read from it."""
    try:
        return store.texts.links(id_).get("self")
    except StoreError:
        return None


def _heading(text: str) -> str:
    """The first line that says something, cut at a word."""
    line = " ".join(text[: 4 * _HEADING].strip().partition("\n")[0].split())
    return line if len(line) <= _HEADING else line[:_HEADING].rpartition(" ")[0] + "…"


def _row(text: str, at: int) -> dict[str, str]:
    """The row of a catalogue in which a quotation stands, by column; empty where it is none."""
    begins, ends = text.rfind("\n", 0, at) + 1, text.find("\n", at)
    try:
        columns, cells = (
            next(csv.reader([line]), [])
            for line in (text[: text.find("\n")], text[begins : ends if ends >= 0 else None])
        )
    except csv.Error:
        return {}
    return dict(zip(columns, cells, strict=True)) if len(cells) == len(columns) else {}
