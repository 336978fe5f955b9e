"""Work in several processes: tasks are small values, results come as they are ready, few tasks wait at a time.

Workers are told where to read, not given what to read: a text that is sent costs more than one read from its file.
"""

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from contextlib import closing
from itertools import chain, islice
from multiprocessing import get_context
from pathlib import Path
from typing import Any, Protocol, TypeVar

_AHEAD = 3
"""Tasks per worker that run, wait, or have their result wait: more would fill memory, fewer leave workers idle."""


class Closeable(Protocol):
    """What a worker opened."""

    def close(self) -> None:
        """Let go of it."""


Opened = TypeVar("Opened", bound=Closeable)
Task = TypeVar("Task")
Result = TypeVar("Result")


def run_tasks(
    function: Callable[[Opened, Task], Result],
    tasks: Iterable[Task],
    jobs: int,
    *,
    opened: Callable[[Path], Opened],
    folder: Path,
) -> Iterator[Result]:
    """Results of a function for each task: in order in this process (one job or one task), else as they are ready.

    Args:
        function: of a module, since other processes must find it; given what was opened, and a task.
        tasks: taken one by one, a few ahead of the workers.
        jobs: processes.
        opened: opens what tasks read, once in each process.
        folder: what it is given.
    """
    left = iter(tasks)
    first = list(islice(left, 2))
    if jobs <= 1 or len(first) < 2:
        with closing(opened(folder)) as here:
            for task in chain(first, left):
                yield function(here, task)
        return
    left = chain(first, left)
    # "spawn" starts clean processes: forking one with RocksDB's or SQLite's threads in it is not safe
    context = get_context("spawn")
    with ProcessPoolExecutor(jobs, mp_context=context, initializer=_open, initargs=(opened, folder)) as pool:
        running: set[Future[Result]] = set()
        while True:
            for task in islice(left, _AHEAD * jobs - len(running)):
                running.add(pool.submit(_call, function, task))
            if not running:
                return
            ready, running = wait(running, return_when=FIRST_COMPLETED)
            for future in ready:
                yield future.result()


_OPENED: list[Any] = []
"""What this worker opened."""


def _open(opened: Callable[[Path], Any], folder: Path) -> None:
    _OPENED.append(opened(folder))


def _call(function: Callable[[Any, Any], Any], task: Any) -> Any:
    return function(_OPENED[0], task)
