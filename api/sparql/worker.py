"""One process that answers queries, as the server sees it: started, spoken to over a socket, killed."""

import asyncio
import json
import signal
import socket
import subprocess
import sys
from functools import partial

from graph.query_worker import OUT_OF_MEMORY, Job

_READ_AHEAD = 256 * 1024
"""Bytes taken from the process before the client has taken them; then it waits."""


class WorkerDeathError(Exception):
    """The process ended while it was answering.

    Attributes:
        is_memory: it needed more memory than it may use.
        is_depth: the engine's stack did not suffice for what was asked.
    """

    def __init__(self, status: int) -> None:
        super().__init__(f"query process ended with status {status}")
        # memory that is refused ends in an abort; a machine without memory kills
        self.is_memory = status in {OUT_OF_MEMORY, -signal.SIGABRT, -signal.SIGKILL}
        self.is_depth = status in {-signal.SIGSEGV, -signal.SIGBUS}


class Worker:
    """A running query process; made by `start_worker`."""

    def __init__(
        self, process: subprocess.Popen[bytes], reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        self._process = process
        self._reader = reader
        self._writer = writer

    def send(self, job: Job) -> None:
        """Ask; the answer comes as frames, up to READY or QUIT."""
        self._writer.write(job.frame())

    async def frame(self) -> tuple[bytes, bytes]:
        """Kind and content of the next frame.

        Raises:
            WorkerDeathError: the process has ended.
        """
        try:
            head = await self._reader.readexactly(5)
            return head[:1], await self._reader.readexactly(int.from_bytes(head[1:], "big"))
        except (asyncio.IncompleteReadError, ConnectionError):
            raise WorkerDeathError(await self._reap()) from None

    def is_alive(self) -> bool:
        """Whether the process has not closed its socket."""
        return not self._reader.at_eof() and not self._writer.is_closing()

    async def kill(self) -> None:
        """End the process, whatever it does, and wait until it is gone."""
        self._process.kill()
        self._writer.close()
        await self._reap()

    def kill_now(self) -> None:
        """The same without an event loop to wait in."""
        self._process.kill()
        self._process.wait()

    async def _reap(self) -> int:
        return await asyncio.get_running_loop().run_in_executor(None, partial(self._process.wait, 10))


async def start_worker(service_allow: tuple[str, ...], memory_mb: int) -> Worker:
    """Start a process; it opens a store with its first job.

    Args:
        service_allow: beginnings of the addresses that SERVICE may ask; none: it cannot reach any.
        memory_mb: megabytes it may use before it ends.
    """
    ours, its = socket.socketpair()
    config = json.dumps({"service_allow": service_allow, "memory": memory_mb << 20})
    with its:
        process = subprocess.Popen(  # noqa: S603 - our own program
            # -P: what lies in the current folder is not what is meant
            [sys.executable, "-P", "-m", "graph.query_worker", str(its.fileno()), config],
            pass_fds=[its.fileno()],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
        )
    reader, writer = await asyncio.open_connection(sock=ours, limit=_READ_AHEAD)
    return Worker(process, reader, writer)
