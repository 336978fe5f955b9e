"""Build a store: read, extract, resolve, state, load aside, check, swap in.

A build adds its sources to those of the live build, so two halves make the same graph as the whole. Identity
is decided anew over all of them. Everything is made in a folder of its own (`builds/.tmp-*`) and becomes the
live build by one rename and one replaced file: a crash at any moment leaves the build before. One process
builds at a time.
"""

import shutil
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from graph.catalogue import read_catalogue
from graph.errors import ReadError
from graph.extract_many import extract_all, extractor_version
from graph.journal import record_build
from graph.load import hold_store, load_graph, publish
from graph.model import Extraction
from graph.nquads import write_sorted
from graph.read import ReadWarning, find_files, read_sources
from graph.resolve import resolve_extractions
from graph.scheme import scheme_quads
from graph.state import state_quads
from graph.store import live_build, read_manifest
from graph.texts import Texts

if TYPE_CHECKING:
    from collections.abc import Iterator

Progress = Callable[[str, int, int | None], None]
"""Called with a stage (`read`, `extract`, `resolve`, `state`, `load`, `swap`), how much is done, of what."""


@dataclass(frozen=True, slots=True)
class BuildSummary:
    """What a build holds and what it could not do.

    Attributes:
        version: hash of the graph.
        texts: sources in the store, catalogues included.
        new_texts: of these, not in the build before.
        mentions: in all texts.
        documents: in the graph.
        relations: records by predicate, sorted by name.
        bases: records by basis, sorted by name.
        unresolved: references of which nothing in the corpus is known to fit.
        ambiguous: references with candidates, none of them sure.
        pending: claims dropped since one end is open.
        quads: lines of the graph.
        skipped: (what, why) that could not be read, in order of reading.
        warnings: what was read but not quite as it stands, in order of reading.
        seconds: wall time.
    """

    version: str
    texts: int
    new_texts: int
    mentions: int
    documents: int
    relations: dict[str, int]
    bases: dict[str, int]
    unresolved: int
    ambiguous: int
    pending: int
    quads: int
    skipped: tuple[tuple[str, str], ...]
    warnings: tuple[str, ...]
    seconds: float


def build(
    paths: Sequence[Path],
    store: Path,
    *,
    jobs: int = 1,
    fresh: bool = False,
    progress: Progress | None = None,
) -> BuildSummary:
    """Build the store from files and folders, and make it the live build.

    Args:
        paths: texts and catalogues, in any order; what cannot be read is skipped and told.
        store: the store folder; made if absent.
        jobs: processes that extract.
        fresh: leave the sources of the live build out.
        progress: told how far it is.

    Raises:
        ReadError: a path does not exist, or nothing at all could be read.
        StoreError: the folder is no store, another process builds it, or a check failed; the live build
            stays.
    """
    started = time.monotonic()
    tell: Progress = progress or (lambda stage, done, total: None)
    files = find_files(list(paths))
    with hold_store(store) as aside:
        live = live_build(store)
        if live is not None and not fresh:
            read_manifest(live)
            shutil.copyfile(live / "texts.sqlite", aside / "texts.sqlite")
        return _build_aside(files, store, aside, jobs, tell, started)


def _build_aside(
    files: Sequence[Path], store: Path, aside: Path, jobs: int, tell: Progress, started: float
) -> BuildSummary:
    skipped: list[tuple[str, str]] = []
    warnings: list[str] = []
    with Texts(aside / "texts.sqlite", writable=True) as texts:
        n_before = len(texts)
        _read_all(files, texts, skipped, warnings, tell)
        for id_, reason in extract_all(texts, jobs, lambda done, total: tell("extract", done, total)):
            skipped.append((texts.meta(id_).names[0], reason))
            texts.remove(id_)
        texts.commit()
        for id_ in texts.ids("catalogue"):
            read_catalogue(texts.source(id_), lambda error: skipped.append(_what_and_why(error)))
        if not len(texts):
            reason = f": {skipped[0][0]}: {skipped[0][1]}" if skipped else ""
            raise ReadError(f"no text could be read from {len(files)} file(s){reason}")
        counts: Counter[str] = Counter()
        n_quads, n_documents = _state(texts, aside, counts, tell)
        tell("load", 0, n_quads)
        version = load_graph(aside, n_quads)
        tell("load", n_quads, n_quads)
        texts.seal()
        sources = texts.ids()
        summary = BuildSummary(
            version=version,
            texts=len(texts),
            new_texts=len(texts) - n_before,
            mentions=counts["mentions"],
            documents=n_documents,
            relations=_named(counts, "relation:"),
            bases=_named(counts, "basis:"),
            unresolved=counts["unresolved"],
            ambiguous=counts["ambiguous"],
            pending=counts["pending"],
            quads=n_quads,
            skipped=tuple(skipped),
            warnings=tuple(warnings),
            seconds=round(time.monotonic() - started, 3),
        )
    tell("swap", 0, 1)
    publish(store, aside, _manifest(summary))
    # the graph knows no clock; when it came to know a source is told beside it
    record_build(store, version, sources, datetime.now(UTC).date().isoformat())
    tell("swap", 1, 1)
    return summary


def _read_all(
    files: Sequence[Path], texts: Texts, skipped: list[tuple[str, str]], warnings: list[str], tell: Progress
) -> None:
    def note(error: ReadError) -> None:
        if isinstance(error, ReadWarning):
            warnings.append(str(error))
        else:
            skipped.append(_what_and_why(error))

    for done, path in enumerate(files):
        tell("read", done, len(files))
        for source in read_sources(path, note):
            texts.add(source)
    texts.commit()
    tell("read", len(files), len(files))


def _what_and_why(error: ReadError) -> tuple[str, str]:
    what, _, why = str(error).partition(": ")
    return what, why or what


def _state(texts: Texts, aside: Path, counts: Counter[str], tell: Progress) -> tuple[int, int]:
    """Write `graph.nq`; the number of quads and of documents."""
    tell("resolve", 0, 1)
    resolution = resolve_extractions(texts.extractions())
    tell("resolve", 1, 1)

    def extractions() -> "Iterator[Extraction]":
        for done, extraction in enumerate(texts.extractions()):
            if done % 20 == 0:
                tell("state", done, len(texts))
            yield extraction

    stated = state_quads(resolution, extractions(), texts.meta, raw_of=texts.raw, counts=counts)
    n_quads = write_sorted(chain(scheme_quads(), stated), aside / "graph.nq", aside)
    tell("state", len(texts), len(texts))
    return n_quads, len(resolution.documents)


def _manifest(summary: BuildSummary) -> dict[str, object]:
    names = ("version", "texts", "mentions", "documents", "relations", "bases", "unresolved", "ambiguous",
             "pending", "quads")  # fmt: skip
    return {"extractor": extractor_version()} | {name: getattr(summary, name) for name in names}


def _named(counts: Counter[str], prefix: str) -> dict[str, int]:
    return {key.removeprefix(prefix): counts[key] for key in sorted(counts) if key.startswith(prefix)}
