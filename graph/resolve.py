"""Identity: which references, over all texts, mean one document; what cannot be told stays open.

The result depends on the set of extractions only, never on their order: everything is sorted first, and each
pass looks only at what earlier passes have finished. Passes, from the surest evidence to the weakest:

1. catalogue rows, by id
2. numbers whose document the number itself or a full date tells (with slips in print, see `graph.cluster`)
3. slips in the type sign, by scope, ordinal and date
4. numbers with a year only, then without any date, by term, topic and what can have been meant then
5. numbers without a place, and bare ordinals: only where date or topic decides
6. documents cited by name

Passes 2 to 5 compare documents of one ordinal only, so they run group by group (`graph.items`), in any order and
anywhere. Pass 6 needs of the rest only what can be cited by name: the catalogue's documents and laws, which each
group holds back for it.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from graph.cluster import Cluster, Item
from graph.decisions import Decisions, block_of
from graph.iri import number_parts, path_parts
from graph.items import NAMED, group_of, items_of
from graph.model import Extraction
from graph.named import LAW_TYPES
from graph.publish import mint_paths, publish
from graph.resolution import Resolution
from graph.resolve_loose import settle_bare, settle_loose
from graph.resolve_named import NamePool
from graph.resolve_numbered import merge_slips, settle_dated, settle_partial
from graph.settle import Settled
from graph.waiting import Waiting


def resolve_extractions(extractions: Iterable[Extraction]) -> Resolution:
    """Decide which document every reference of every text means, all in memory.

    Args:
        extractions: in any order; of several with one source, any (they are equal, being pure).

    Returns:
        Every reference either linked or unresolved; equal for equal sets of extractions.
    """
    groups: dict[str, list[Item]] = defaultdict(list)
    rows: list[Item] = []
    seen: set[str] = set()
    for extraction in extractions:
        if extraction.source not in seen:
            seen.add(extraction.source)
            for item in items_of(extraction):
                (rows if item.reference.id else groups[group_of(item.parts)]).append(item)
    catalogued = group_catalogue(rows)
    held = Waiting(list(catalogued.pop(NAMED, ())))
    named = groups.pop(NAMED, [])
    finished = []
    for group in sorted({*groups, *catalogued}):
        resolution, rest = resolve_numbered(catalogued.get(group, ()), groups.get(group, ()))
        finished.append(resolution)
        held.take(rest)
    finished.extend(resolve_named(held, named))
    return Resolution(
        dict(sorted(row for part in finished for row in part.documents.items())),
        dict(sorted((row for part in finished for row in part.links.items()), key=lambda row: row[0])),
        dict(sorted((row for part in finished for row in part.unresolved.items()), key=lambda row: row[0])),
    )


def group_catalogue(rows: Iterable[Item]) -> dict[str, list[Cluster]]:
    """Pass 1: the catalogue's documents by group, each group in order of id."""
    by_id: dict[str, list[Item]] = defaultdict(list)
    for item in sorted(rows, key=lambda item: item.key):
        by_id[item.reference.id or ""].append(item)
    groups: dict[str, list[Cluster]] = defaultdict(list)
    for id_ in sorted(by_id):
        cluster = catalogued(id_, by_id[id_])
        groups[group_of(cluster.parts)].append(cluster)
    return groups


def resolve_numbered(catalogued: Sequence[Cluster], items: Iterable[Item]) -> tuple[Resolution, Waiting]:
    """Passes 2 to 5 for one group: what is finished, and what is held back for the names.

    Args:
        catalogued: the group's documents in the catalogue, by id.
        items: the group's references, in any order.
    """
    decisions = Decisions()
    for cluster in catalogued:
        decisions.add(cluster, block_of(cluster.scope, cluster.type, cluster))
    numbered = sorted(items, key=lambda item: item.key)
    whole = [item for item in numbered if item.parts and (item.parts.body or item.is_self)]
    typed = [item for item in whole if item.scope and item.type]
    settle_dated(decisions, typed)
    merge_slips(decisions)
    settle_partial(decisions, typed)
    settle_loose(decisions, [item for item in whole if not (item.scope and item.type)])
    settle_bare(
        decisions, [item for item in numbered if item.parts and not item.parts.body and not item.is_self]
    )
    held = Waiting([cluster for cluster in decisions.clusters if _has_name(cluster)])
    finished = [cluster for cluster in decisions.clusters if not _has_name(cluster)]
    still_open: dict[tuple[str, str], Settled] = {}
    for key, settled in decisions.open.items():
        waits = any(_has_name(cluster) for cluster, _, _ in settled.candidates)
        (held.open if waits else still_open)[key] = settled
    mint_paths(finished, taken=(cluster.path for cluster in held.clusters))
    return publish(finished, still_open), held


def resolve_named(held: Waiting, items: Iterable[Item]) -> Iterator[Resolution]:
    """Pass 6: what is cited by name, and with it all that the groups held back.

    Args:
        held: of all groups together, and the catalogue's documents without a number.
        items: references without a number, in any order.

    Yields:
        A resolution for each document, the last one for what stays open.
    """
    names = NamePool(held.clusters)
    decisions = Decisions(open=held.open)
    for item, settled in names.resolve(sorted(items, key=lambda item: item.key)):
        decisions.take(item, settled)
    clusters = [*held.clusters, *names.minted]
    mint_paths(clusters)
    for cluster in clusters:
        yield publish([cluster], {})
    yield publish([], decisions.open)


def _has_name(cluster: Cluster) -> bool:
    return bool(cluster.rows) or cluster.type in LAW_TYPES


def catalogued(id_: str, rows: list[Item]) -> Cluster:
    """The document of one id, by the rows that list it."""
    segments = id_.split("/")
    number = next((row.reference.number for row in rows if row.reference.number), None)
    parts = number_parts(number) if number else path_parts(id_)
    return Cluster(segments[0], segments[1], parts, id=id_, rows=rows, path=id_)
