"""The store a server answers from: the live build, exchanged for another one when that goes live.

A new build is opened aside, warmed, and then put in place, all in a thread of its own: no request waits for
it, and requests that began with the old build end with it. A new build that cannot be opened is told in the
log, and the old one serves on.
"""

import asyncio
import logging
import threading
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from typing import Annotated

from fastapi import Depends, FastAPI, Request

from graph.errors import PhaheError, StoreError
from graph.lookup import find_documents
from graph.store import Store

WATCH_SECONDS = 0.5
"""How often a server looks whether another build went live."""

logger = logging.getLogger("phahe")


class LiveStore:
    """Hands out the store of the live build; safe to use from several threads.

    Args:
        path: the store folder; need not exist yet.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._store: Store | None = None
        self._opened_on: tuple[int, int] | None = None
        self._lock = threading.Lock()

    def current(self) -> Store:
        """The live build, as last looked for; costs nothing.

        A build that was replaced stays open for whoever still reads it, and is closed with its last reader.

        Raises:
            StoreError: nothing usable is built there.
        """
        store = self._store
        if store is not None:
            return store
        with self._lock:
            if self._store is None:
                mark = self._mark()  # before opening: what goes live meanwhile is seen by the next `refresh`
                self._store, self._opened_on = _open(self.path), mark
            return self._store

    def refresh(self) -> bool:
        """Take up a build that went live since; whether there was one. Never raises for a bad build."""
        mark = self._mark()
        if mark == self._opened_on and self._store is not None:
            return False
        with self._lock:
            self._opened_on = mark
            try:
                if self._store is not None and self._store.is_current():
                    return False
                self._store = _open(self.path)
            except StoreError as error:
                if self._store is not None:
                    logger.error("the build before serves on: %s", error)
                return False
        logger.info("serving build %s", self._store.version)
        return True

    def live_since(self) -> float | None:
        """When the build went live, in seconds since 1970, or None where there is none."""
        mark = self._mark()
        return mark[1] / 1e9 if mark else None

    def _mark(self) -> tuple[int, int] | None:
        """What changes whenever a build goes live: CURRENT is always replaced, never written into."""
        try:
            found = (self.path / "CURRENT").stat()
        except OSError:
            return None
        return found.st_ino, found.st_mtime_ns


def _open(path: Path) -> Store:
    store = Store(path)
    try:
        find_documents(store, "25-NQ/TW", 1)  # what the first question would wait for: index, pages of files
    except PhaheError as error:
        raise StoreError(f"store {path}: it opens but does not answer: {error}") from error
    return store


@asynccontextmanager
async def watching(live: LiveStore) -> AsyncIterator[None]:
    """While entered, builds that go live are taken up within `WATCH_SECONDS` and the time to open them."""
    await asyncio.to_thread(live.refresh)
    task = asyncio.create_task(_watch(live))
    try:
        yield
    finally:
        task.cancel()


def watching_store(app: FastAPI) -> AbstractAsyncContextManager[None]:
    """The same for the store of an application."""
    return watching(app.state.live)


async def _watch(live: LiveStore) -> None:
    while True:
        await asyncio.sleep(WATCH_SECONDS)
        try:
            await asyncio.to_thread(live.refresh)
        except Exception:
            logger.exception("a new build could not be looked at; trying again")


def _current(request: Request) -> Store:
    live: LiveStore = request.app.state.live
    # kept with the request, so that what the answer says of the build is said of the one it was read from
    request.state.store = store = live.current()
    return store


CurrentStore = Annotated[Store, Depends(_current)]
"""Parameter of an endpoint: the live store."""
