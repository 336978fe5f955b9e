# ruff: noqa: E501 - a row of a table is one line
"""Short ways to write down what a text says, so that a row of a test tells only what is special about it."""

from collections.abc import Sequence
from typing import Any

from graph.iri import number_parts
from graph.model import Claim, Extraction, Mention, Reference, Source

_SCOPES = {"tw": "tw", "cp": "vn", "ttg": "vn", "qh": "vn", "ubtvqh": "vn", "bnv": "vn"}
_TYPES = {
    "nq": "Nghị quyết", "ct": "Chỉ thị", "kl": "Kết luận", "qd": "Quyết định", "qc": "Quy chế", "nd": "Nghị định",
    "kh": "Kế hoạch", "da": "Đề án",
}  # fmt: skip


def reference(
    number: str | None = None, date: str | None = None, key: str = "d1", **fields: Any
) -> Reference:
    """A reference; type and scope follow from the number unless given."""
    parts = number_parts(number) if number else None
    if parts is not None:
        fields.setdefault("type", _TYPES.get(parts.symbol_type or ""))
        fields.setdefault("scope", _SCOPES.get(parts.body_key.split("-")[0]))
    else:
        fields.setdefault("named", True)
    return Reference(key, number=number, date=date, **fields)


def row(id_: str, number: str | None, date: str | None, title: str | None = None, **fields: Any) -> Reference:
    """A catalogue row."""
    return reference(number, date, key=id_, id=id_, title=title, **fields)


def extraction(
    source: str, *references: Reference, self_key: str | None = None, date: str | None = None, **fields: Any
) -> Extraction:
    """An extraction with hand-made references."""
    return Extraction(source, self_key=self_key, references=references, date=date, **fields)


def catalogue(*rows: Reference, source: str = "0cat") -> Extraction:
    """An extraction of a catalogue."""
    return extraction(source, *rows)


NAMESAKES = (
    row("tw/nq/2003/25", "25-NQ/TW", "2003-03-12", "Về công tác tôn giáo"),
    row("tw/nq/2008/25", "25-NQ/TW", "2008-07-25",
        "Về tăng cường sự lãnh đạo của Đảng đối với công tác thanh niên thời kỳ đẩy mạnh công nghiệp hóa, hiện đại hóa"),
    row("tw/nq/2013/25", "25-NQ/TW", "2013-06-03",
        "Về tăng cường và đổi mới sự lãnh đạo của Đảng đối với công tác dân vận trong tình hình mới"),
)  # fmt: skip
"""The known documents numbered 25-NQ/TW, as a catalogue lists them."""


def written(
    name: str, raw: str, spans: Sequence[tuple[str, Reference]], **fields: Any
) -> tuple[Source, Extraction]:
    """A source and an extraction whose mentions stand where the given words first occur in the raw text.

    Args:
        name: of the source.
        raw: its text.
        spans: (words, reference) in text order.
        fields: of the extraction; `claims` as (subject, predicate, object, words).
    """
    source = Source(name, raw)
    mentions = []
    for words, of in spans:
        start = raw.index(words)
        mentions.append(Mention(start, start + len(words), words, of.key))
    claims = []
    for subject, predicate, object_, words in fields.pop("claims", ()):
        start = raw.index(words)
        claims.append(
            Claim(subject, predicate, object_, "reported", 0.9, "cue", start, start + len(words), words)
        )
    references = fields.pop("own", ()) + tuple(dict.fromkeys(of for _, of in spans))
    return source, Extraction(
        source.id, references=references, mentions=tuple(mentions), claims=tuple(claims), **fields
    )
