"""Numbers with their signs: what full dates tell, slips in print, years, and numbers without any date.

Passes 2 to 4 of `graph.resolve`.
"""

from collections import defaultdict

from graph.cluster import Block, Cluster, Item, cluster_dated, term_slug
from graph.decisions import OPEN, Decisions, block_of
from graph.iri import is_party_scope, type_of_word
from graph.settle import settle
from graph.topic import topic_pairs


def settle_dated(decisions: Decisions, items: list[Item]) -> None:
    """Pass 2: a number that holds its year is one document; others are told apart by full dates."""
    blocks: dict[Block, list[Item]] = defaultdict(list)
    for item in items:
        block = block_of(item.scope or "", item.type or "", item)
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


def merge_slips(decisions: Decisions) -> None:
    """Pass 3: what has scope, ordinal and date of one better known document is that document.

    A wrong type sign ("Kết luận số 01-CT/TW ngày 18/5/2021") and a normative number without its year
    ("13/NĐ-CP ngày 17/4/2023") are the cases.
    """
    known: dict[tuple[str, str, str, str], list[Cluster]] = defaultdict(list)
    for block, clusters in decisions.blocks.items():
        for cluster in clusters:
            if (cluster.rows or block.year) and cluster.date and len(cluster.date) == 10:
                known[block.scope, block.ordinal, block.body, cluster.date].append(cluster)
    merged: set[int] = set()
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
                merged.add(id(cluster))
    decisions.clusters = [cluster for cluster in decisions.clusters if id(cluster) not in merged]


def settle_partial(decisions: Decisions, items: list[Item]) -> None:
    """Pass 4: numbers with a year or no date at all, against what passes 1 to 3 found."""
    by_block: dict[Block, list[Item]] = defaultdict(list)
    taken = {item.key for cluster in decisions.clusters for item, _ in cluster.items}
    for item in items:
        block = block_of(item.scope or "", item.type or "", item)
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
        new: list[Cluster] = []
        for year in sorted(yearly):
            cluster = _same_term(block, year, known) or Cluster(
                block.scope, block.type, yearly[year][0].parts
            )
            for item in yearly[year]:
                cluster.add(item, 0.9)
            if cluster not in known:
                new.append(cluster)
        new += _settle_undated(decisions, block, undated, known + new)
        minted += [(block, cluster) for cluster in new]
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
            decisions.open[item.key] = OPEN
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


def _order(block: Block) -> tuple[str, ...]:
    return tuple(part or "" for part in block)
