"""Identity of as many texts as wanted: references sorted on disk, resolved group by group, decisions written by source.

`graph.resolve` says what is decided; here the references come from files and the decisions go to files, so that no
more is in memory than the groups at hand, and what is held back for the names.

    references.db   group, source, key: a packed reference
    documents.db    path: a document
    links.db        source, key: path, score and day of the document meant
    open.db         source, key: candidates
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from dataclasses import asdict
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any, NamedTuple

import orjson

from graph.cluster import Cluster
from graph.items import NAMED, group_of, items_of, pack_item, unpack_item
from graph.pool import run_tasks
from graph.resolution import Candidate, Document, Link, Resolution, Unresolved
from graph.resolve import group_catalogue, resolve_named, resolve_numbered
from graph.sorted_rows import Rows, RowWriter, in_batches
from graph.texts import Texts
from graph.waiting import Waiting, pack_waiting, unpack_waiting

REFERENCES, DOCUMENTS, LINKS, OPEN = "references.db", "documents.db", "links.db", "open.db"

_BATCH = 20_000
"""References that one task resolves, unless one group alone has more."""

Row = tuple[Any, ...]


class Decided(NamedTuple):
    """Rows of what was decided for some groups, and what each of them holds back, packed."""

    documents: list[Row]
    links: list[Row]
    still_open: list[Row]
    held: list[bytes]


def write_references(texts: Texts, folder: Path, cache_mb: int, told: Callable[[int], None]) -> None:
    """Sort the references of all texts by group.

    Args:
        texts: all extracted.
        folder: of the build in progress.
        cache_mb: memory for sorting.
        told: called with how many texts are done.
    """
    with RowWriter(folder / REFERENCES, key=3, columns=4, cache_mb=cache_mb) as rows:
        for done, extraction in enumerate(texts.extractions()):
            if done % 500 == 0:
                told(done)
            rows.add(
                (group_of(item.parts), *item.key, pack_item(item))
                for item in items_of(extraction)
                if not item.reference.id
            )


def write_decisions(folder: Path, jobs: int, cache_mb: int, told: Callable[[int, int], None]) -> int:
    """Resolve all groups, then the names; the number of documents.

    Args:
        folder: of the build in progress, with its texts and references.
        jobs: processes.
        cache_mb: memory for sorting.
        told: called with how many references are done, of how many.
    """
    references = Rows(folder / REFERENCES)
    counts = dict(references.counts())
    counts.pop(NAMED, None)
    catalogue = read_catalogued(folder)
    by_id = {cluster.id or "": cluster for clusters in catalogue.values() for cluster in clusters}
    held = Waiting(list(catalogue.get(NAMED, ())))
    groups = ((group, counts.get(group, 0) + 1) for group in sorted({*counts, *catalogue} - {NAMED}))
    tasks = in_batches(groups, _BATCH)
    done, total = 0, len(references)
    with ExitStack() as stack:
        documents, links, still_open = (
            stack.enter_context(RowWriter(folder / name, key, columns, cache_mb))
            for name, key, columns in ((DOCUMENTS, 1, 2), (LINKS, 2, 5), (OPEN, 2, 3))
        )
        n_documents = 0

        def keep(part: Decided) -> None:
            nonlocal n_documents
            documents.add(part.documents)
            links.add(part.links)
            still_open.add(part.still_open)
            n_documents += len(part.documents)

        for part in run_tasks(_resolve_batch, tasks, jobs, opened=_View, folder=folder):
            keep(part)
            for body in part.held:
                held.take(unpack_waiting(body, by_id))
            done += len(part.links) + len(part.still_open)
            told(min(done, total), total)
        held.clusters.sort(key=_order)
        named = (unpack_item(*row[1:]) for row in references.with_first(NAMED))
        for resolution in resolve_named(held, named):
            keep(decided(resolution))
    told(total, total)
    references.close()
    return n_documents


def _order(cluster: Cluster) -> tuple[str, ...]:
    """Groups come as they are ready; what they hold back is put in one order."""
    parts = cluster.parts
    return cluster.id or "", cluster.scope, cluster.type, parts.ordinal if parts else "", cluster.date or ""


def read_catalogued(folder: Path) -> dict[str, list[Cluster]]:
    """The catalogue's documents of a build in progress, by group."""
    with Texts(folder / "texts.sqlite") as texts:
        rows = [
            item
            for id_ in texts.ids("catalogue")
            for item in items_of(texts.extraction(id_))
            if item.reference.id
        ]
    return group_catalogue(rows)


def resolve_groups(groups: Iterable[tuple[list[Cluster], Iterable[Row]]]) -> Decided:
    """Resolve groups of numbers.

    Args:
        groups: of each its catalogued documents and its rows of (source, key, packed reference).
    """
    whole = Decided([], [], [], [])
    for catalogued, rows in groups:
        resolution, held = resolve_numbered(catalogued, (unpack_item(*row) for row in rows))
        part = decided(resolution)
        whole.documents.extend(part.documents)
        whole.links.extend(part.links)
        whole.still_open.extend(part.still_open)
        if held.clusters:
            whole.held.append(pack_waiting(held))
    return whole


class _View:
    """What a worker reads of a build in progress."""

    def __init__(self, folder: Path) -> None:
        self.references = Rows(folder / REFERENCES)
        self.catalogue = read_catalogued(folder)

    def close(self) -> None:
        """Let go of the file."""
        self.references.close()


def _resolve_batch(view: _View, groups: list[str]) -> Decided:
    return resolve_groups(
        (
            fresh_clusters(view.catalogue.get(group, ())),
            (row[1:] for row in view.references.with_first(group)),
        )
        for group in groups
    )


def fresh_clusters(clusters: Iterable[Cluster]) -> list[Cluster]:
    """Catalogued documents without any reference, since resolving adds to them."""
    return [Cluster(c.scope, c.type, c.parts, id=c.id, rows=c.rows, path=c.path) for c in clusters]


def decided(resolution: Resolution) -> Decided:
    """A resolution as rows."""
    return Decided(
        [(path, orjson.dumps(asdict(document))) for path, document in resolution.documents.items()],
        [(*key, link.path, link.score, link.day) for key, link in resolution.links.items()],
        [
            (*key, orjson.dumps([(c.path, c.score, c.reason) for c in unresolved.candidates]))
            for key, unresolved in resolution.unresolved.items()
        ],
        [],
    )


def read_documents(rows: Iterable[Row]) -> Iterator[Document]:
    """Documents from rows of (path, document)."""
    for _, body in rows:
        data: dict[str, Any] = orjson.loads(body)
        data.update((name, tuple(data[name])) for name in ("aliases", "variants", "sources"))
        yield Document(**data)


def read_resolution(links: Iterable[Row], still_open: Iterable[Row]) -> Resolution:
    """What was decided for some sources, without the documents."""
    return Resolution(
        links={(source, key): Link(path, score, day) for source, key, path, score, day in links},
        unresolved={
            (source, key): Unresolved(source, key, tuple(Candidate(*row) for row in orjson.loads(body)))
            for source, key, body in still_open
        },
    )


def read_links(folder: Path) -> Iterator[tuple[str, dict[str, str]]]:
    """What the references of each source mean, of a build in progress: its id, and paths by key; sorted by id."""
    rows = Rows(folder / LINKS)
    for source, group in groupby(rows, itemgetter(0)):
        yield source, {key: path for _, key, path, *_ in group}
    rows.close()
