"""When the corpus came to know a source: a journal beside the builds, one line for each build that added some.

    DIR/journal.jsonl   {"build": "2fc0a3b9a781d731", "on": "2026-11-28", "sources": ["0c1d...", ...]}

It is no part of the graph: the same sources give the same graph in any order and on any day, while this says in
which order and when they came. Lines are only added, and only with sources that no line names yet. A line
torn by a crash is passed over; its sources then count as known since the next build. What is asked *as known
at* a build leaves out the words of sources that came later. It reads today's graph that way: how texts are read
and which number means which document is decided with all that is known now.
"""

import json
import os
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path

from graph.days import last_day
from graph.errors import QueryError

JOURNAL = "journal.jsonl"
"""Name of the file in a store's folder."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What one build added.

    Attributes:
        build: its version.
        on: ISO day on which it became the live build.
        sources: ids of the sources it was the first to hold, sorted.
    """

    build: str
    on: str
    sources: tuple[str, ...]


def record_build(store: Path, build: str, sources: Iterable[str], on: str) -> None:
    """Note the sources of a build that no earlier one held; nothing where there are none.

    Args:
        store: the store folder; whoever calls holds it.
        build: version of the live build.
        sources: ids of all its sources.
        on: ISO day.
    """
    path = store / JOURNAL
    known = {source for entry in read_journal(store) for source in entry.sources}
    if not (fresh := sorted(set(sources) - known)):
        return
    line = json.dumps({"build": build, "on": on, "sources": fresh}) + "\n"
    with path.open("ab") as file:
        # whatever a crash left of a line must not swallow this one
        file.write((b"" if _ends_clean(path) else b"\n") + line.encode("utf-8"))
        file.flush()
        os.fsync(file.fileno())


def read_journal(store: Path) -> tuple[Entry, ...]:
    """All entries, oldest first; empty for a store built before there was a journal."""
    try:
        lines = (store / JOURNAL).read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return ()
    return tuple(entry for line in lines if (entry := _entry(line)) is not None)


def sources_known_at(store: Path, when: str) -> frozenset[str]:
    """The sources the corpus held at a time.

    Args:
        store: the store folder.
        when: version of a build, or an ISO prefix taken to its end.

    Raises:
        QueryError: the journal has no such build, or `when` is neither.
    """
    entries = read_journal(store)
    builds = [entry.build for entry in entries]
    if when in builds:
        until = len(builds) - builds[::-1].index(when)
        return frozenset(source for entry in entries[:until] for source in entry.sources)
    if not when[:4].isdigit() or len(when) not in (4, 7, 10):
        raise QueryError(
            f"build {when!r}: not in the journal, which has {len(builds)}; expected one of them or an ISO date"
        )
    end = last_day(when)
    return frozenset(source for entry in entries if last_day(entry.on) <= end for source in entry.sources)


def known_since(store: Path, sources: Collection[str]) -> Entry | None:
    """The first entry that names one of some sources, or None where the journal names none."""
    wanted = set(sources)
    return next((entry for entry in read_journal(store) if wanted.intersection(entry.sources)), None)


def _ends_clean(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            if file.seek(0, os.SEEK_END) == 0:
                return True
            file.seek(-1, os.SEEK_END)
            return file.read(1) == b"\n"
    except FileNotFoundError:
        return True


def _entry(line: str) -> Entry | None:
    try:
        row = json.loads(line)
        return Entry(str(row["build"]), str(row["on"]), tuple(map(str, row["sources"])))
    except (ValueError, KeyError, TypeError):
        return None
