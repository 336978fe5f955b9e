"""Extract all texts of a store that the present extractor has not read, in this process or in several.

Workers are given ids, not texts: each reads its text from the store's own file and gives the packed
extraction back, so that a task costs next to nothing to send and at most one text per worker is in memory.
"""

from collections.abc import Callable, Iterator
from functools import cache
from hashlib import sha256
from importlib.resources import files

from graph.catalogue import read_catalogue
from graph.errors import ReadError
from graph.extract import VERSION, extract_source
from graph.model import Extraction, Source
from graph.pool import run_tasks
from graph.sorted_rows import in_batches
from graph.texts import Texts, pack

_COMMIT_EVERY = 200
_BATCH = 200_000
"""Code points that a worker reads before it answers."""

_Result = tuple[str, bytes | None, str]
"""Id of a source, its packed extraction or None, the reason."""


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
    waiting = texts.without_extraction(version)
    failures: list[tuple[str, str]] = []
    done = n_kept = 0
    tasks = in_batches(waiting, _BATCH)
    for results in run_tasks(_extract_batch, tasks, jobs, opened=Texts, folder=texts.path):
        for id_, body, reason in results:
            if body is None:
                failures.append((id_, reason))
            else:
                texts.add_packed(id_, body, version)
        done += len(results)
        n_kept += len(results)
        progress(done, len(waiting))
        if n_kept >= _COMMIT_EVERY:
            texts.commit()
            n_kept = 0
    texts.commit()
    progress(len(waiting), len(waiting))
    yield from sorted(failures)


def _extract_batch(texts: Texts, ids: list[str]) -> list[_Result]:
    return [_extract_one(texts, id_) for id_ in ids]


def _extract_one(texts: Texts, id_: str) -> _Result:
    try:
        return id_, pack(extract_any(texts.source(id_))), ""
    except ReadError as error:
        return id_, None, str(error)
    except (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError) as error:
        # a fault of ours in one text must not cost the other half million; it is reported with the text's
        # name
        return id_, None, f"extraction failed: {type(error).__name__}: {' '.join(str(error).split())[:200]}"
