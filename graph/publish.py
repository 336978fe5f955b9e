"""From finished clusters to the values of a resolution: paths minted, titles and dates chosen."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from graph.cluster import Cluster, Item, best_title
from graph.iri import document_path, is_party_scope
from graph.resolution import Candidate, Document, Link, Resolution, Unresolved
from graph.settle import Settled
from ontology.doctype import type_of_name


def publish(clusters: Sequence[Cluster], still_open: Mapping[tuple[str, str], Settled]) -> Resolution:
    """Write decisions down.

    Args:
        clusters: documents that are finished and have their paths (`mint_paths`).
        still_open: what no pass could decide, by source id and reference key.
    """
    documents: dict[str, Document] = {}
    links: dict[tuple[str, str], Link] = {}
    for cluster in sorted(clusters, key=lambda cluster: cluster.path):
        document = documents[cluster.path] = _document(cluster)
        for row in cluster.rows:
            links[row.key] = Link(cluster.path, day=document.day)
        for item, score in cluster.items:
            links[item.key] = Link(cluster.path, round(score, 3), document.day)
    unresolved = {
        key: Unresolved(
            *key, tuple(Candidate(c.path, round(score, 3), why) for c, score, why in settled.candidates)
        )
        for key, settled in still_open.items()
    }
    return Resolution(documents, dict(sorted(links.items())), dict(sorted(unresolved.items())))


def mint_paths(clusters: Sequence[Cluster], taken: Iterable[str] = ()) -> None:
    """Give every cluster its path; where two of one year come to one path, the day is added.

    Args:
        clusters: all that could come to one path.
        taken: paths of other documents.
    """
    taken = set(taken)
    wanted: dict[str, list[Cluster]] = defaultdict(list)
    for cluster in clusters:
        if cluster.id is not None:
            cluster.path = cluster.id
            taken.add(cluster.id)
        else:
            wanted[_path(cluster)].append(cluster)
    for path in sorted(wanted):
        rivals = sorted(wanted[path], key=_identity)
        if len(rivals) == 1 and path not in taken:
            rivals[0].path = path
            taken.add(path)
            continue
        for cluster in rivals:
            mark = (cluster.date or "")[5:].replace("-", "") or cluster.term or ""
            choice, n = f"{path}-{mark}" if mark else path, 1
            while choice in taken:
                n += 1
                choice = f"{path}-{mark}-{n}" if mark else f"{path}-{n}"
            cluster.path = choice
            taken.add(choice)


def _identity(cluster: Cluster) -> tuple[str, str, tuple[tuple[str, str], ...]]:
    return cluster.date or "", cluster.name or "", tuple(sorted(item.key for item, _ in cluster.items))


def _path(cluster: Cluster) -> str:
    number = _number(cluster)
    kind = cluster.type
    if kind == "luat":
        kind = _law_type(cluster)
    if cluster.name is not None:
        return document_path(cluster.scope, kind, cluster.date, None, _plain_name(cluster.name) or kind)
    return document_path(cluster.scope, kind, cluster.date, number, None)


def _law_type(cluster: Cluster) -> str:
    """A law or a code: by the word most texts use."""
    words = Counter((item.reference.type or "").lower() for item, _ in cluster.items)
    return "bo-luat" if words["bộ luật"] > words["luật"] else "luat"


def _plain_name(key: str) -> str:
    """A name from its key, so that all spellings of it come to one path."""
    kind, *rest = key.split("|")
    if kind == "plenum":
        return f"hoi nghi trung uong {rest[1]} khoa {rest[2]}"
    if kind == "congress":
        return " ".join(["dai hoi", *rest[1:], "lan thu", rest[0]])
    return " ".join(rest)


def _document(cluster: Cluster) -> Document:
    rows = [row.reference for row in cluster.rows]
    items = [item for item, _ in cluster.items]
    listed = next((row for row in rows if row.number or row.title), rows[0] if rows else None)
    number = _number(cluster)
    title = next((row.title for row in rows if row.title), None) or best_title(items)
    kind = _type(cluster)
    return Document(
        path=cluster.path,
        number=number,
        type=kind,
        title=title,
        date=cluster.date,
        effective=min((row.effective for row in rows if row.effective), default=None),
        issuer=next((row.issuer for row in rows if row.issuer), None) or _issuer(items),
        scope=cluster.scope,
        place=next((row.place for row in rows if row.place), None) or _most(items, "place"),
        term=cluster.term,
        polity=listed.polity if listed else None,
        level=listed.level if listed else None,
        url=next((row.url for row in rows if row.url), None),
        aliases=tuple(sorted({alias for row in rows for alias in row.aliases})),
        variants=_variants(cluster, number),
        sources=tuple(sorted({item.source for item in (*items, *cluster.rows)})),
    )


def _type(cluster: Cluster) -> str:
    """The type: the path's; a Party QĐ is a Quy định where the catalogue, or else most texts, say so."""
    kind = cluster.path.split("/")[1]
    if kind != "qd" or not is_party_scope(cluster.scope):
        return kind
    words = Counter(
        known.slug
        for item in (cluster.rows or [item for item, _ in cluster.items])
        if item.reference.type and (known := type_of_name(item.reference.type)) is not None
    )
    return "qdi" if words["qdi"] > words["qd"] else kind


def _number(cluster: Cluster) -> str | None:
    """The number as the catalogue, the text itself, or else most texts print it."""
    listed = [row.reference.number for row in cluster.rows if row.reference.number]
    if listed:
        return min(listed)
    own = [item.reference.number for item, _ in cluster.items if item.is_self and item.reference.number]
    if own:
        return min(own)
    whole = [
        item.reference.number
        for item, _ in cluster.items
        if item.reference.number and item.parts and item.parts.body
        and (item.type or "") == ("luat" if cluster.type == "bo-luat" else cluster.type)
    ]  # fmt: skip
    votes = Counter(whole)
    return min(votes, key=lambda number: (-votes[number], number)) if votes else None


def _issuer(items: Sequence[Item]) -> str | None:
    own = sorted({item.reference.issuer for item in items if item.is_self and item.reference.issuer})
    return own[0] if own else _most(items, "issuer")


def _most(items: Sequence[Item], name: str) -> str | None:
    """The value most sources give for a field of the reference, the alphabetically first among equals."""
    given = {(item.source, value) for item in items if (value := getattr(item.reference, name))}
    votes = Counter(value for _, value in given)
    return min(votes, key=lambda value: (-votes[value], value)) if votes else None


def _variants(cluster: Cluster, number: str | None) -> tuple[str, ...]:
    """Dates and numbers in print that contradict the chosen ones."""
    found: set[str] = set()
    date = cluster.date or ""
    for item, _ in cluster.items:
        if item.date and not date.startswith(item.date):
            found.add(f"ngày {item.date}")
        said = item.reference.number
        if said and item.parts and item.parts.body and number and cluster.parts:
            kind = item.type or cluster.type
            differs = (
                "luat" if kind == "bo-luat" else kind,
                item.parts.ordinal,
                item.parts.year,
                item.parts.body_key,
            ) != (
                "luat" if cluster.type == "bo-luat" else cluster.type,
                cluster.parts.ordinal,
                cluster.parts.year,
                cluster.parts.body_key,
            )
            if differs:
                found.add(f"số {said}")
    return tuple(sorted(found))
