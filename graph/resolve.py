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
from collections.abc import Iterable
from dataclasses import dataclass, field

from graph.cluster import Block, Cluster, Item, cluster_dated, is_same_period, term_slug
from graph.iri import is_party_scope, number_parts, type_of_word
from graph.model import Extraction, Reference
from graph.named import LAW_TYPES
from graph.publish import publish
from graph.resolution import Resolution
from graph.resolve_named import NamePool
from graph.settle import MAX_CANDIDATES, Settled, settle
from graph.topic import topic_pairs

_ASSEMBLY = frozenset({"qh", "ubtvqh"})
_OFFICES = frozenset({"ubnd", "hdnd", "vpcp", "vpqh", "vptw"})
# types of which one body alone issues, so that ordinal and year are enough ("Luật 64/2025", "Nghị định
# 13/2023")
_ONE_COUNTER = frozenset({"luat", "nd"})
_OPEN = Settled(None)


@dataclass(slots=True)
class Decisions:
    """What the passes have found so far: clusters, in which block they stand, and where each item went."""

    clusters: list[Cluster] = field(default_factory=list)
    blocks: defaultdict[Block, list[Cluster]] = field(default_factory=lambda: defaultdict(list))
    open: dict[tuple[str, str], Settled] = field(default_factory=dict)

    def add(self, cluster: Cluster, block: Block | None) -> Cluster:
        """Keep a cluster, in its block if it bears a number."""
        self.clusters.append(cluster)
        if block is not None:
            self.blocks[block].append(cluster)
        return cluster

    def take(self, item: Item, settled: Settled) -> None:
        """Follow a decision."""
        if settled.cluster is None:
            self.open[item.key] = settled
        else:
            settled.cluster.add(item, settled.score)


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
        cluster = _catalogued(id_, rows[id_])
        decisions.add(cluster, _block(cluster.scope, cluster.type, cluster))
    numbered = [item for item in items if item.parts is not None]
    whole = [item for item in numbered if item.parts and (item.parts.body or item.is_self)]
    placed = [item for item in whole if item.scope]
    typed = [item for item in placed if item.type]
    _settle_dated(decisions, typed)
    _merge_slips(decisions)
    _settle_partial(decisions, typed)
    _settle_loose(decisions, [item for item in whole if not (item.scope and item.type)])
    _settle_bare(
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
        for reference in extraction.references:
            yield _item(extraction, reference)


def _item(extraction: Extraction, reference: Reference) -> Item:
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


def _catalogued(id_: str, rows: list[Item]) -> Cluster:
    segments = id_.split("/")
    number = next((row.reference.number for row in rows if row.reference.number), None)
    return Cluster(segments[0], segments[1], number_parts(number or segments[-1]), id=id_, rows=rows)


def _block(scope: str, kind: str, holder: Item | Cluster) -> Block | None:
    parts = holder.parts
    if parts is None:
        return None
    kind = "luat" if kind == "bo-luat" else kind
    return Block(scope, kind, parts.ordinal, parts.year, "" if is_party_scope(scope) else parts.body_key)


def _settle_dated(decisions: Decisions, items: list[Item]) -> None:
    """Pass 2: a number that holds its year is one document; others are told apart by full dates."""
    blocks: dict[Block, list[Item]] = defaultdict(list)
    for item in items:
        block = _block(item.scope or "", item.type or "", item)
        if block is not None:
            blocks[block].append(item)
    for block in sorted(blocks, key=_order):
        known = decisions.blocks[block]
        if block.year is not None and len(known) <= 1:
            cluster = (
                known[0]
                if known
                else decisions.add(Cluster(block.scope, block.type, blocks[block][0].parts), block)
            )
            for item in blocks[block]:
                cluster.add(item)
            continue
        dated = [item for item in blocks[block] if item.date and len(item.date) == 10]
        for cluster in cluster_dated(block, list(known), dated):
            decisions.add(cluster, block)


def _merge_slips(decisions: Decisions) -> None:
    """Pass 3: what has scope, ordinal and date of one better known document is that document.

    A wrong type sign ("Kết luận số 01-CT/TW ngày 18/5/2021") and a normative number without its year
    ("13/NĐ-CP ngày 17/4/2023") are the cases.
    """
    known: dict[tuple[str, str, str, str], list[Cluster]] = defaultdict(list)
    for block, clusters in decisions.blocks.items():
        for cluster in clusters:
            if (cluster.rows or block.year) and cluster.date and len(cluster.date) == 10:
                known[block.scope, block.ordinal, block.body, cluster.date].append(cluster)
    for block in sorted(decisions.blocks, key=_order):
        for cluster in list(decisions.blocks[block]):
            if cluster.rows or block.year or any(item.is_self for item, _ in cluster.items):
                continue
            homes = known.get((block.scope, block.ordinal, block.body, cluster.date or ""), [])
            homes = [home for home in homes if home.rows or home.type == block.type]
            if len(homes) == 1:
                for item, _ in cluster.items:
                    homes[0].add(item, 0.9)
                decisions.blocks[block].remove(cluster)
                decisions.clusters.remove(cluster)


def _settle_partial(decisions: Decisions, items: list[Item]) -> None:
    """Pass 4: numbers with a year or no date at all, against what passes 1 to 3 found."""
    by_block: dict[Block, list[Item]] = defaultdict(list)
    taken = {item.key for cluster in decisions.clusters for item, _ in cluster.items}
    for item in items:
        block = _block(item.scope or "", item.type or "", item)
        if block is not None and item.key not in taken:
            by_block[block].append(item)
    minted: list[tuple[Block, Cluster]] = []
    for block in sorted(by_block, key=_order):
        known = list(decisions.blocks.get(block, ()))
        yearly: dict[str, list[Item]] = defaultdict(list)
        undated: list[Item] = []
        for item in by_block[block]:
            if item.date and not any(cluster.has_date(item.date[:4]) for cluster in known):
                yearly[item.date[:4]].append(item)
            elif item.date:
                decisions.take(item, settle(item, known, alone_suffices=True))
            else:
                undated.append(item)
        for year in sorted(yearly):
            cluster = _same_term(block, year, known) or Cluster(
                block.scope, block.type, yearly[year][0].parts
            )
            for item in yearly[year]:
                cluster.add(item, 0.9)
            if cluster not in known:
                minted.append((block, cluster))
        candidates = known + [cluster for other, cluster in minted if other == block]
        minted += [(block, cluster) for cluster in _settle_undated(decisions, block, undated, candidates)]
    for block, cluster in minted:
        decisions.add(cluster, block)


def _same_term(block: Block, year: str, known: list[Cluster]) -> Cluster | None:
    """The Centre's document of the term a year lies in: a counter gives a number once in a term."""
    if not block.scope.split("-")[0].endswith("tw"):
        return None
    term = term_slug(year)
    found = [cluster for cluster in known if term and cluster.term == term]
    return found[0] if len(found) == 1 else None


def _settle_undated(
    decisions: Decisions, block: Block, items: list[Item], known: list[Cluster]
) -> list[Cluster]:
    """References that give a number only; returns the documents that nothing but they attest."""
    rivals = known + _of_type_word(decisions, block, items)
    orphans: dict[str, list[Item]] = defaultdict(list)
    for item in items:
        if rivals:
            decisions.take(item, settle(item, rivals, alone_suffices=True))
        else:
            orphans[item.reference.term or ""].append(item)
    if len(orphans) > 1:
        return _give_up(decisions, orphans)
    clusters = []
    for group in orphans.values():
        if not _is_one_document(block, group):
            return _give_up(decisions, orphans)
        cluster = Cluster(block.scope, block.type, group[0].parts)
        for item in group:
            cluster.add(item)
        clusters.append(cluster)
    return clusters


def _of_type_word(decisions: Decisions, block: Block, items: list[Item]) -> list[Cluster]:
    """Documents of the type that the words say against the sign ("Kết luận số 01-CT/TW"): they are rivals."""
    words = {type_of_word(item.reference.type) for item in items} - {block.type, None}
    found = []
    for word in sorted(word for word in words if word):
        found += decisions.blocks.get(block._replace(type=word), [])
    return [cluster for cluster in found if cluster.rows or cluster.is_strong]


def _give_up(decisions: Decisions, orphans: dict[str, list[Item]]) -> list[Cluster]:
    for group in orphans.values():
        for item in group:
            decisions.open[item.key] = _OPEN
    return []


def _is_one_document(block: Block, items: list[Item]) -> bool:
    """Whether undated references can all mean one document: one period, titles that share a topic."""
    own = [item for item in items if item.is_self]
    if len(own) > 1:
        return False
    dates = [date for item in items if (date := item.cited)]
    if is_party_scope(block.scope):
        periods = {term_slug(date) or date[:4] for date in dates}
    else:
        periods = {date[:4] for date in dates}
    if len(periods) > 1:
        return False
    topics = [frozenset(topic_pairs(item.reference.title)) for item in items if item.reference.title]
    topics = [topic for topic in topics if topic]
    return all(one & other for index, one in enumerate(topics) for other in topics[:index])


def _settle_loose(decisions: Decisions, items: list[Item]) -> None:
    """Pass 5a: a number whose place or type is not told: only an exact full date decides."""
    by_tail: dict[tuple[str, str | None, str], list[Cluster]] = defaultdict(list)
    for cluster in decisions.clusters:
        if cluster.parts is not None:
            by_tail[cluster.parts.ordinal, cluster.parts.year, cluster.parts.body_key].append(cluster)
    for item in items:
        if item.parts is None:
            continue
        found = by_tail.get((item.parts.ordinal, item.parts.year, item.parts.body_key), [])
        found = [c for c in found if (item.type in (None, c.type)) and (item.scope in (None, c.scope))]
        full = item.date if item.date and len(item.date) == 10 else None
        same = [cluster for cluster in found if full and cluster.date == full]
        if len(same) == 1:
            decisions.take(item, Settled(same[0], 0.9))
        elif item.scope and item.parts.year and len(found) == 1:
            decisions.take(item, Settled(found[0], 0.9))
        else:
            decisions.open[item.key] = _listed(
                same or found, "trùng số, ký hiệu, chưa rõ địa phương hoặc loại"
            )


def _listed(clusters: list[Cluster], reason: str) -> Settled:
    ranked = sorted(
        clusters, key=lambda cluster: (cluster.date or "9999", cluster.scope, cluster.type, cluster.id or "")
    )
    return Settled(None, 0.0, tuple((cluster, 0.1, reason) for cluster in ranked[:MAX_CANDIDATES]))


def _settle_bare(decisions: Decisions, items: list[Item]) -> None:
    """Pass 5b: a type and an ordinal ("Nghị quyết 25"): Centre, province or State may be meant."""
    by_ordinal: dict[tuple[str, str], list[Cluster]] = defaultdict(list)
    for cluster in decisions.clusters:
        if cluster.parts is not None:
            kind = "luat" if cluster.type == "bo-luat" else cluster.type
            by_ordinal[kind, cluster.parts.ordinal].append(cluster)
    for item in items:
        if item.parts is None or item.type is None:
            decisions.open[item.key] = _OPEN
            continue
        found = [c for c in by_ordinal.get((item.type, item.parts.ordinal), []) if _is_in_reach(c, item)]
        if item.parts.year:
            found = [
                c
                for c in found
                if c.parts and (c.parts.year == item.parts.year or c.has_date(item.parts.year))
            ]
        full = item.date if item.date and len(item.date) == 10 else None
        same = [cluster for cluster in found if full and cluster.date == full]
        if len(same) == 1:
            decisions.take(item, Settled(same[0], 0.95))
        elif item.parts.year and item.type in _ONE_COUNTER and len(found) == 1:
            decisions.take(item, Settled(found[0], 0.9))
        elif full and found:
            near = [
                c for c in found if c.date and len(c.date) == 10 and is_same_period(c.scope, c.date, full)
            ]
            decisions.open[item.key] = _listed(near or found, "trùng loại và số, khác ngày")
        elif found:
            decisions.take(item, settle(item, found, alone_suffices=False))
        else:
            decisions.open[item.key] = _OPEN


def _is_in_reach(cluster: Cluster, item: Item) -> bool:
    """Whether a text may name a document of this scope by its bare ordinal."""
    if item.scope:
        return cluster.scope == item.scope
    if cluster.scope in {"tw", "vn"}:
        return True
    place = item.reference.place or item.place
    return place is not None and cluster.scope.endswith(f"-{place}")


def _order(block: Block) -> tuple[str, ...]:
    return tuple(part or "" for part in block)
