"""The store a server answers from: the live build, opened anew when another build goes live."""

import threading
from pathlib import Path
from typing import Annotated

from fastapi import Depends, Request

from graph.store import Store


class LiveStore:
    """Hands out the store of the live build; safe to use from several threads.

    Args:
        path: the store folder; need not exist yet.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._store: Store | None = None
        self._lock = threading.Lock()

    def current(self) -> Store:
        """The live build.

        A build that was replaced stays open for whoever still reads it, and is closed with its last reader.

        Raises:
            StoreError: nothing usable is built there.
        """
        store = self._store
        if store is not None and store.is_current():
            return store
        with self._lock:
            if self._store is None or not self._store.is_current():
                self._store = Store(self.path)
            return self._store


def _current(request: Request) -> Store:
    live: LiveStore = request.app.state.live
    return live.current()


CurrentStore = Annotated[Store, Depends(_current)]
"""Parameter of an endpoint: the live store."""
