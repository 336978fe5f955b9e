"""Identity: which references, over all texts, mean one document; what cannot be told stays open.

The result depends on the set of extractions only, never on their order: everything is sorted first, and each
pass looks only at what earlier passes have finished. Passes, from the surest evidence to the weakest:

1. catalogue rows, by id
2. numbers whose document the number itself or a full date tells (with slips in print, see `graph.cluster`)
3. slips in the type sign, by scope, ordinal and date
4. numbers with a year only, then without any date, by term, topic and what can have been meant then
5. numbers without a place, and bare ordinals: only where date or topic decides
6. documents cited by name
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from graph.cluster import Cluster, Item
from graph.decisions import Decisions, block_of
from graph.iri import number_parts, path_parts, type_of_word
from graph.model import Extraction, Reference
from graph.named import LAW_TYPES
from graph.publish import publish
from graph.resolution import Resolution
from graph.resolve_loose import settle_bare, settle_loose
from graph.resolve_named import NamePool
from graph.resolve_numbered import merge_slips, settle_dated, settle_partial

_ASSEMBLY = frozenset({"qh", "ubtvqh"})
_OFFICES = frozenset({"ubnd", "hdnd", "vpcp", "vpqh", "vptw"})


def resolve_extractions(extractions: Iterable[Extraction]) -> Resolution:
    """Decide which document every reference of every text means.

    Args:
        extractions: in any order; of several with one source, any (they are equal, being pure).

    Returns:
        Every reference either linked or unresolved; equal for equal sets of extractions.
    """
    rows: dict[str, list[Item]] = defaultdict(list)
    items: list[Item] = []
    for item in sorted(_items(extractions), key=lambda item: item.key):
        if item.reference.id:
            rows[item.reference.id].append(item)
        else:
            items.append(item)
    decisions = Decisions()
    for id_ in sorted(rows):
        cluster = catalogued(id_, rows[id_])
        decisions.add(cluster, block_of(cluster.scope, cluster.type, cluster))
    numbered = [item for item in items if item.parts is not None]
    whole = [item for item in numbered if item.parts and (item.parts.body or item.is_self)]
    placed = [item for item in whole if item.scope]
    typed = [item for item in placed if item.type]
    settle_dated(decisions, typed)
    merge_slips(decisions)
    settle_partial(decisions, typed)
    settle_loose(decisions, [item for item in whole if not (item.scope and item.type)])
    settle_bare(
        decisions, [item for item in numbered if item.parts and not item.parts.body and not item.is_self]
    )
    names = NamePool(decisions.clusters)
    for item, settled in names.resolve([item for item in items if item.parts is None]):
        decisions.take(item, settled)
    decisions.clusters.extend(names.minted)
    return publish(decisions.clusters, decisions.open)


def _items(extractions: Iterable[Extraction]) -> Iterable[Item]:
    seen: set[str] = set()
    for extraction in extractions:
        if extraction.source in seen:
            continue
        seen.add(extraction.source)
        yield from items_of(extraction)


def items_of(extraction: Extraction) -> Iterator[Item]:
    """The references of one text, each with what the text tells about it, in their order."""
    not_before = _not_before(extraction)
    for reference in extraction.references:
        yield _item(extraction, reference, not_before)


def _not_before(extraction: Extraction) -> str | None:
    """A day an undated text was not written before: the last but one it cites, since one may be a slip."""
    dates = sorted({ref.date for ref in extraction.references if ref.date and len(ref.date) == 10})
    return dates[-2] if len(dates) > 1 else None


def _item(extraction: Extraction, reference: Reference, not_before: str | None) -> Item:
    parts = number_parts(reference.number) if reference.number else None
    kind = type_of_word(reference.type)
    if parts is not None:
        kind = _type_of(reference, kind)
    return Item(
        source=extraction.source,
        reference=reference,
        scope=reference.scope or _scope(reference, kind),
        type=kind,
        parts=parts,
        is_self=reference.key == extraction.self_key,
        cited=extraction.date,
        place=extraction.place,
        not_before=extraction.date or not_before,
    )


def _type_of(reference: Reference, word: str | None) -> str | None:
    """The type a number stands under: its sign's; the type word's for the Assembly's and old numbers."""
    parts = number_parts(reference.number or "")
    if parts is None or parts.symbol_type:
        kind = parts.symbol_type if parts else word
    elif parts.body_key in _ASSEMBLY:
        kind = word if word in LAW_TYPES or word == "nq" else "nq" if parts.body_key == "ubtvqh" else None
    elif word is None and parts.body and parts.body[0] in _OFFICES:
        kind = "cv"  # 1203/UBND-KT: an official letter bears no sign of type
    else:
        kind = word
    return "luat" if kind == "bo-luat" else kind


def _scope(reference: Reference, kind: str | None) -> str | None:
    """The scope that needs no place, where the extraction left it open."""
    parts = number_parts(reference.number) if reference.number else None
    if parts is not None:
        body = parts.body_key.split("-")[0]
        return (
            "tw"
            if body in {"tw", "hntw"}
            else "vn"
            if body in {"qh", "ubtvqh", "cp", "ttg", "hdbt", "ctn"}
            else None
        )
    return "vn" if kind in LAW_TYPES else None


def catalogued(id_: str, rows: list[Item]) -> Cluster:
    """The document of one id, by the rows that list it."""
    segments = id_.split("/")
    number = next((row.reference.number for row in rows if row.reference.number), None)
    parts = number_parts(number) if number else path_parts(id_)
    return Cluster(segments[0], segments[1], parts, id=id_, rows=rows)
