"""Numbers that lack a part: without a place or a type, and bare ordinals ("Nghị quyết 25").

Pass 5 of `graph.resolve`: only a date or a topic decides.
"""

from collections import defaultdict

from graph.cluster import Cluster, Item, is_same_period
from graph.decisions import OPEN, Decisions, listed
from graph.settle import Settled, settle

# types of which one body alone issues, so that ordinal and year are enough ("Luật 64/2025", "Nghị định
# 13/2023")
_ONE_COUNTER = frozenset({"luat", "nd"})


def settle_loose(decisions: Decisions, items: list[Item]) -> None:
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
            decisions.open[item.key] = listed(
                same or found, "trùng số, ký hiệu, chưa rõ địa phương hoặc loại"
            )


def settle_bare(decisions: Decisions, items: list[Item]) -> None:
    """Pass 5b: a type and an ordinal ("Nghị quyết 25"): Centre, province or State may be meant."""
    by_ordinal: dict[tuple[str, str], list[Cluster]] = defaultdict(list)
    for cluster in decisions.clusters:
        if cluster.parts is not None:
            kind = "luat" if cluster.type == "bo-luat" else cluster.type
            by_ordinal[kind, cluster.parts.ordinal].append(cluster)
    for item in items:
        if item.parts is None or item.type is None:
            decisions.open[item.key] = OPEN
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
            decisions.open[item.key] = listed(near or found, "trùng loại và số, khác ngày")
        elif found:
            decisions.take(item, settle(item, found, alone_suffices=False))
        else:
            decisions.open[item.key] = OPEN


def _is_in_reach(cluster: Cluster, item: Item) -> bool:
    """Whether a text may name a document of this scope by its bare ordinal."""
    if item.scope:
        return cluster.scope == item.scope
    if cluster.scope in {"tw", "vn"}:
        return True
    place = item.reference.place or item.place
    return place is not None and cluster.scope.endswith(f"-{place}")
