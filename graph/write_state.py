"""State a whole build: decisions and extractions as sorted N-Quads, in several processes, by runs that are merged."""

from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from graph.decide import DOCUMENTS, LINKS, OPEN, read_documents, read_resolution
from graph.nquads import merge_sorted, write_sorted
from graph.pool import run_tasks
from graph.resolution import Resolution
from graph.scheme import scheme_quads
from graph.sorted_rows import Rows, in_batches
from graph.state import state_quads
from graph.texts import Texts

_SOURCES = 2_000
"""Sources that one task states."""
_DOCUMENTS = 20_000
_PER_LINE = 600
"""Bytes that a line takes until its run is written, about: to keep to a limit of memory."""


class _Task(NamedTuple):
    """Documents, or sources, from one key to another, both included."""

    kind: str
    first: str
    last: str
    run: str
    held: int


def write_graph(
    folder: Path, jobs: int, memory_mb: int, counts: Counter[str], told: Callable[[int, int], None]
) -> int:
    """Write `graph.nq`; the number of its quads.

    Args:
        folder: of the build in progress: texts, documents, links.
        jobs: processes.
        memory_mb: what all of them together may hold of lines.
        counts: gets what `state_quads` counts.
        told: called with how many sources are done, of how many.
    """
    held = max(20_000, memory_mb * 1_000_000 // jobs // _PER_LINE)
    runs = folder / "runs"
    runs.mkdir()
    write_sorted(scheme_quads(), runs / "scheme.nq", runs)
    tasks, total = list(_tasks(folder, runs, held)), 0
    with Texts(folder / "texts.sqlite") as texts:
        total = len(texts)
    done = 0
    for n_sources, part in run_tasks(_state, tasks, jobs, opened=_View, folder=folder):
        counts.update(part)
        done += n_sources
        told(done, total)
    return merge_sorted(sorted(runs.iterdir()), folder / "graph.nq")


def _tasks(folder: Path, runs: Path, held: int) -> Iterator[_Task]:
    with Texts(folder / "texts.sqlite") as texts:
        sources = in_batches(((id_, 1) for id_ in texts.ids()), _SOURCES)
    documents = in_batches(Rows(folder / DOCUMENTS).counts(), _DOCUMENTS)
    for kind, batches in (("documents", documents), ("sources", sources)):
        for number, batch in enumerate(batches):
            yield _Task(kind, batch[0], batch[-1], str(runs / f"{kind}-{number}.nq"), held)


class _View:
    """What a worker reads of a build in progress."""

    def __init__(self, folder: Path) -> None:
        self.texts = Texts(folder / "texts.sqlite")
        self.documents, self.links, self.open = (Rows(folder / name) for name in (DOCUMENTS, LINKS, OPEN))

    def close(self) -> None:
        """Let go of the files."""
        for table in (self.texts, self.documents, self.links, self.open):
            table.close()


def _state(view: _View, task: _Task) -> tuple[int, Counter[str]]:
    """Write one run; how many sources it states, and what it counts."""
    texts, counts = view.texts, Counter[str]()
    ids: list[str] = []
    if task.kind == "documents":
        found = read_documents(view.documents.between(task.first, task.last))
        resolution = Resolution(documents={document.path: document for document in found})
    else:
        ids = texts.ids_between(task.first, task.last)
        rows = (table.between(task.first, task.last) for table in (view.links, view.open))
        resolution = read_resolution(*rows)
    extractions = map(texts.extraction, ids)
    lines = state_quads(resolution, extractions, texts.meta, raw_of=texts.raw, counts=counts)
    run = Path(task.run)
    write_sorted(lines, run, run.parent, held=task.held)
    return len(ids), counts
