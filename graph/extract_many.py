"""Extract all texts of a store that the present extractor has not read, in this process or in several.

Workers are given ids, not texts: each reads its text from the store's own file and gives the packed
extraction back, so that a task costs next to nothing to send and at most one text per worker is in memory.
"""

from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from functools import cache
from hashlib import sha256
from importlib.resources import files
from multiprocessing import get_context
from pathlib import Path

from graph.catalogue import read_catalogue
from graph.errors import ReadError
from graph.extract import VERSION, extract_source
from graph.model import Extraction, Source
from graph.texts import Texts, pack

_COMMIT_EVERY = 200


@cache
def extractor_version() -> str:
    """What cached extractions are good for: the extractor's number, and a hash of its code and rules."""
    digest = sha256()
    for package in ("graph", "ontology"):
        for entry in sorted(files(package).iterdir(), key=lambda entry: entry.name):
            if entry.name.endswith((".py", ".toml")):
                digest.update(entry.name.encode() + b"\0" + entry.read_bytes() + b"\0")
    return f"{VERSION}-{digest.hexdigest()[:12]}"


def extract_any(source: Source) -> Extraction:
    """What a source says, text or catalogue; bad rows of a catalogue are left out (`build` tells of them).

    Raises:
        ReadError: a catalogue whose columns are not those of the format.
    """
    return (
        read_catalogue(source, lambda error: None) if source.kind == "catalogue" else extract_source(source)
    )


def extract_all(texts: Texts, jobs: int, progress: Callable[[int, int], None]) -> Iterator[tuple[str, str]]:
    """Extract what has no extraction of this version, and keep the results in `texts`.

    Args:
        texts: writable; committed on the way.
        jobs: processes; 1 stays in this one.
        progress: called with how many are done, of how many.

    Yields:
        Sources that could not be extracted, with the reason, in order of their ids.
    """
    version = extractor_version()
    waiting = [id_ for id_, _ in texts.without_extraction(version)]
    failures: list[tuple[str, str]] = []
    results = _in_pool(texts.path, waiting, jobs) if jobs > 1 and len(waiting) > 1 else _here(texts, waiting)
    for done, (id_, body, reason) in enumerate(results):
        progress(done, len(waiting))
        if body is None:
            failures.append((id_, reason))
        else:
            texts.add_packed(id_, body, version)
        if done % _COMMIT_EVERY == _COMMIT_EVERY - 1:
            texts.commit()
    texts.commit()
    progress(len(waiting), len(waiting))
    yield from sorted(failures)


def _here(texts: Texts, ids: list[str]) -> Iterator[tuple[str, bytes | None, str]]:
    for id_ in ids:
        yield _extract_one(texts, id_)


def _in_pool(path: Path, ids: list[str], jobs: int) -> Iterator[tuple[str, bytes | None, str]]:
    """Results as they come, at most a few tasks ahead of the workers."""
    # "spawn" starts clean processes: forking one with RocksDB's or SQLite's threads in it is not safe
    with ProcessPoolExecutor(jobs, mp_context=get_context("spawn")) as pool:
        left = iter(ids)
        running: set[Future[tuple[str, bytes | None, str]]] = set()
        while True:
            while len(running) < 3 * jobs and (id_ := next(left, None)) is not None:
                running.add(pool.submit(_extract_at, str(path), id_))
            if not running:
                return
            ready, running = wait(running, return_when=FIRST_COMPLETED)
            for future in ready:
                yield future.result()


@cache
def _opened(path: str) -> Texts:
    """A worker's own connection, opened once."""
    return Texts(Path(path))


def _extract_at(path: str, id_: str) -> tuple[str, bytes | None, str]:
    return _extract_one(_opened(path), id_)


def _extract_one(texts: Texts, id_: str) -> tuple[str, bytes | None, str]:
    try:
        return id_, pack(extract_any(texts.source(id_))), ""
    except ReadError as error:
        return id_, None, str(error)
    except (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError) as error:
        # a fault of ours in one text must not cost the other half million; it is reported with the text's
        # name
        return id_, None, f"extraction failed: {type(error).__name__}: {' '.join(str(error).split())[:200]}"
