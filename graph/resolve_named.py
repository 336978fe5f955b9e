"""Documents cited by name: laws by title and date, plenum and congress resolutions by their count.

"Luật Đất đai" names three laws; a date or a year decides, else the one that was newest when the text was
written, if that is beyond doubt. A name nothing else knows becomes a document of its own.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from graph.cluster import Cluster, Item
from graph.model import Reference
from graph.named import LAW_TYPES, is_near, name_key
from graph.settle import MAX_CANDIDATES, Settled

_MONTHS_OF_CHANGE = 12
"""After a law is passed its predecessor stays in force for a while, and texts mean either."""

_YEARS_OF_LAW = 15


class NamePool:
    """All documents by their names; `minted` grows by those that only their names attest."""

    def __init__(self, clusters: Sequence[Cluster]) -> None:
        self.minted: list[Cluster] = []
        self._by_key: dict[str, list[Cluster]] = defaultdict(list)
        self._by_date: dict[str, list[tuple[str, Cluster]]] = defaultdict(list)
        for cluster in clusters:
            for key in sorted(cluster_keys(cluster)):
                self._by_key[key].append(cluster)
                if cluster.date:
                    self._by_date[cluster.date].append((key, cluster))

    def resolve(self, items: Sequence[Item]) -> Iterator[tuple[Item, Settled]]:
        """Decide on references without a number, the dated before the undated.

        Yields:
            Each item once, with a cluster (perhaps a minted one) or candidates.
        """
        groups: dict[tuple[int, str, str, str], list[Item]] = defaultdict(list)
        for item in items:
            key = item_key(item)
            if key is None:
                yield item, Settled(None)
                continue
            date = item.date or ""
            groups[-len(date), key, date, _named_scope(item) or ""].append(item)
        for _, key, date, scope in sorted(groups):
            yield from self._resolve_group(key, date, scope, groups[-len(date), key, date, scope])

    def _resolve_group(
        self, key: str, date: str, scope: str, items: list[Item]
    ) -> Iterator[tuple[Item, Settled]]:
        found = [cluster for cluster in self._by_key.get(key, []) if not scope or cluster.scope == scope]
        if date:
            settled = self._dated(key, date, found)
            if settled is None:
                settled = Settled(self._mint(key, items, scope), 1.0) if scope else Settled(None)
            yield from ((item, settled) for item in items)
        elif found:
            yield from ((item, _undated(item, found)) for item in items)
        elif scope:
            cluster = self._mint(key, items, scope)
            yield from ((item, Settled(cluster, 1.0)) for item in items)
        else:
            yield from ((item, Settled(None)) for item in items)

    def _dated(self, key: str, date: str, found: list[Cluster]) -> Settled | None:
        """The document of a name and a date or year; None where there is none, so that one is minted."""
        same = [cluster for cluster in found if cluster.date and cluster.date.startswith(date)]
        if len(same) == 1:
            return Settled(same[0], 1.0)
        if not same:  # its number alone tells its year
            same = [c for c in found if c.date is None and c.parts is not None and c.parts.year == date[:4]]
            if len(same) == 1:
                return Settled(same[0], 0.9)
        if not same and len(date) == 10:
            near = [cluster for name, cluster in self._by_date.get(date, []) if is_near(key, name)]
            if len({id(cluster) for cluster in near}) == 1:
                return Settled(near[0], 0.9)
            same = [cluster for cluster in found if cluster.date and cluster.date[:4] == date[:4]]
            if len(same) == 1:
                return Settled(same[0], 0.9)
        if len(same) > 1:
            return _torn(same, f"trùng tên, cùng năm {date[:4]}")
        return None

    def _mint(self, key: str, items: list[Item], scope: str) -> Cluster:
        cluster = Cluster(scope, _kind(items[0].reference, items[0].type, key), None, name=key)
        self.minted.append(cluster)
        self._by_key[key].append(cluster)
        date = items[0].date
        if date:
            self._by_date[date].append((key, cluster))
        return cluster


def cluster_keys(cluster: Cluster) -> set[str]:
    """The keys of everything a document is called; of the texts' titles only those of laws are names."""
    names: set[tuple[str, bool]] = set()
    for row in cluster.rows:
        names |= {(alias, True) for alias in row.reference.aliases}
        if row.reference.title:
            names.add((row.reference.title, False))
    if not cluster.rows and cluster.type in LAW_TYPES:
        names |= {(title, False) for title in cluster.titles}
    keys = set()
    for name, is_alias in names:
        if not is_alias and cluster.type not in LAW_TYPES:
            continue
        if key := name_key(cluster.type if not is_alias else None, name) or name_key(cluster.type, name):
            keys.add(key)
    return keys


def item_key(item: Item) -> str | None:
    """The key of the name a reference goes by, or None where it has none that tells enough."""
    name = item.reference.title
    if not name and item.type == "hien-phap":
        name = "Hiến pháp"
    if not name or (item.is_self and not (item.scope and item.date)):
        return None
    return name_key(item.type, name, item.reference.term)


def _kind(reference: Reference, kind: str | None, key: str) -> str:
    head = key.partition("|")[0]
    return kind or ("nq" if head in {"plenum", "congress"} else head)


def _named_scope(item: Item) -> str | None:
    """Whose document a name is: a law is the State's, a plenum's or congress's resolution the Centre's."""
    if item.scope:
        return item.scope
    key = item_key(item) or ""
    if (
        key.startswith("plenum")
        or (key.startswith("congress") and key.count("|") == 1)
        or key == "dieu-le|dang"
    ):
        return "tw"
    return None


def _undated(item: Item, found: Sequence[Cluster]) -> Settled:
    """A name alone: the only document that ever bore it, or the newest when the text was written."""
    cited = item.cited
    known = [
        c for c in found if not (cited and (since := _since(c)) and since[: len(cited)] > cited[: len(since)])
    ]
    if not known:
        return _torn(found, "ban hành sau văn bản trích dẫn")
    if len(found) == 1:
        return (
            Settled(found[0], 0.9)
            if _is_the_only(found[0], cited)
            else _torn(found, "trùng tên, chưa rõ năm")
        )
    dated = sorted(
        (c for c in known if _since(c)), key=lambda c: (_since(c), c.id or "", c.scope), reverse=True
    )
    written = item.not_before
    if not written or not dated or len(dated) != len(known):
        return _torn(found, "trùng tên, chưa rõ năm")
    newest = dated[0]
    is_alone = all(_since(other)[:4] != _since(newest)[:4] for other in dated[1:])
    # known by name and date alone it may be a slip, or a law that amended this one: then it is neither the newest nor
    # can it be left out
    if is_alone and (newest.rows or newest.parts) and _months(newest, written) >= _MONTHS_OF_CHANGE:
        return Settled(newest, 0.8)
    return _torn(found, "trùng tên, chưa rõ năm")


def _since(cluster: Cluster) -> str:
    """The day or year of a law: by its date, else by its number (`58/2024/QH15`); empty where neither tells."""
    return cluster.date or (cluster.parts.year if cluster.parts else None) or ""


def _is_the_only(cluster: Cluster, cited: str | None) -> bool:
    """Whether the one document of a name that we know is likely the only one there was when a text cited it.

    A document that only its name attests may have a predecessor and a successor that nobody dated here: there
    have been five Constitutions, and a law lives some fifteen years.
    """
    if cluster.rows or cluster.parts is not None or cluster.date is None:
        return True
    return bool(cited) and int((cited or "0")[:4]) - int(cluster.date[:4]) <= _YEARS_OF_LAW


def _months(cluster: Cluster, cited: str) -> int:
    """Whole months from a law's effect, or its passing, to a citing text's date; at least."""
    effective = max((row.reference.effective or "" for row in cluster.rows), default="")
    date = effective or _since(cluster)
    year, month = int(date[:4]), int(date[5:7] or 12)
    return (
        (int(cited[:4]) - year) * 12 + int(cited[5:7] or 1) - month + (_MONTHS_OF_CHANGE if effective else 0)
    )


def _torn(clusters: Sequence[Cluster], reason: str) -> Settled:
    ranked = sorted(sorted(clusters, key=_number), key=_age, reverse=True)
    return Settled(None, 0.0, tuple((cluster, 0.3, reason) for cluster in ranked[:MAX_CANDIDATES]))


def _age(cluster: Cluster) -> tuple[str, str, str]:
    return cluster.date or "", cluster.id or "", cluster.scope


def _number(cluster: Cluster) -> tuple[str, ...]:
    """What keeps documents of one day in one order."""
    parts = cluster.parts
    return cluster.type, *((parts.ordinal, parts.year or "", parts.body_key) if parts else ())
