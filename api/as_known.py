"""Which day and which sources a question is about, for those that give no date: today, and all sources."""

from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

from graph.journal import sources_known_at

_VIETNAM = timezone(timedelta(hours=7))


def today() -> str:
    """The ISO day it is in Vietnam."""
    return datetime.now(UTC).astimezone(_VIETNAM).date().isoformat()


def sources_at(store: Path, known_at: str | None) -> frozenset[str] | None:
    """The sources known at a build or a day; None, for all, where neither is given.

    Raises:
        QueryError: the store's journal has no such build.
    """
    return None if known_at is None else sources_known_at(store, known_at)
