"""Large answers, sent as they are made: a thread writes, the response reads, a bounded queue lies between.

pyoxigraph evaluates and serialises in the thread that asks, without holding Python's lock, so the first row
leaves after milliseconds and memory stays flat. When the client leaves, the next write fails and the thread
ends.
"""

import asyncio
import io
import threading
from collections.abc import AsyncIterator, Callable
from typing import IO, cast

_CHUNK = 64 * 1024
_AHEAD = 8
"""Chunks made before the client has taken them."""


class Streamed:
    """The output of a writer in a thread of its own.

    Args:
        write: called once, in the thread, with `begin` and a binary file. It calls `begin(media_type)` when
            it knows that it can answer, then writes; an error before `begin` is raised by `start`, one after
            it breaks the response off, so that half an answer is never taken for a whole one.
    """

    def __init__(self, write: Callable[[Callable[[str], None], IO[bytes]], None]) -> None:
        self._write = write
        self._loop = asyncio.get_running_loop()
        self._queue: asyncio.Queue[str | bytes | BaseException | None] = asyncio.Queue()
        self._room = threading.Semaphore(_AHEAD)
        self._gone = threading.Event()

    async def start(self) -> str:
        """Start the thread; the media type of what it will write, or its error."""
        # a daemon: a query cannot be stopped, and must not keep the server from ending
        threading.Thread(target=self._run, daemon=True, name="phahe-stream").start()
        first = await self._queue.get()
        if isinstance(first, BaseException):
            raise first
        assert isinstance(first, str)  # noqa: S101 - `begin` comes before anything written
        return first

    async def chunks(self) -> AsyncIterator[bytes]:
        """What is written, in order."""
        try:
            while True:
                item = await self._queue.get()
                if item is None:
                    return
                if isinstance(item, BaseException):
                    raise item
                self._room.release()
                assert isinstance(item, bytes)  # noqa: S101 - the media type came first
                yield item
        finally:
            self._gone.set()

    def _run(self) -> None:
        try:
            with io.BufferedWriter(cast("io.RawIOBase", _Pipe(self._send)), _CHUNK) as output:
                self._write(self._put, output)
        except BaseException as error:
            self._put(error)
        else:
            self._put(None)

    def _send(self, content: bytes) -> None:
        while not self._room.acquire(timeout=0.2):
            if self._gone.is_set():
                raise BrokenPipeError("the client has left")
        self._put(content)

    def _put(self, item: str | bytes | BaseException | None) -> None:
        if not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._queue.put_nowait, item)


class _Pipe(io.RawIOBase):
    def __init__(self, send: Callable[[bytes], None]) -> None:
        self._send = send

    def writable(self) -> bool:
        return True

    def write(self, content: "bytes | bytearray | memoryview") -> int:  # type: ignore[override]
        self._send(bytes(content))
        return len(content)
