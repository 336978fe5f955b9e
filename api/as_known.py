"""Which sources a question is about: those known at a build or a day, or all."""

from pathlib import Path

from graph.journal import sources_known_at


def sources_at(store: Path, known_at: str | None) -> frozenset[str] | None:
    """The sources known at a build or a day; None, for all, where neither is given.

    Raises:
        QueryError: the store's journal has no such build.
    """
    return None if known_at is None else sources_known_at(store, known_at)
