"""Build a store: read, extract, resolve, state, load aside, check, swap in.

A build adds its sources to those of the live build, so two halves make the same graph as the whole. Identity
is decided anew over all of them. Everything is made in a folder of its own (`builds/.tmp-*`) and becomes the
live build by one rename and one replaced file: a crash at any moment leaves the build before. One process
builds at a time.
"""

import json
import os
import shutil
import time
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from itertools import chain
from pathlib import Path
from tempfile import mkdtemp
from typing import TYPE_CHECKING

import portalocker
import pyoxigraph as ox

from graph.catalogue import read_catalogue
from graph.errors import ReadError, StoreError
from graph.extract_many import extract_all, extractor_version
from graph.model import Extraction
from graph.nquads import write_sorted
from graph.read import ReadWarning, find_files, read_sources
from graph.resolve import resolve_extractions
from graph.scheme import scheme_quads
from graph.state import state_quads
from graph.store import SCHEMA, live_build, read_manifest, swap_live, sync_folder
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
    with hold_store(store):
        live = live_build(store)
        if live is not None and not fresh:
            read_manifest(live)
        aside = Path(mkdtemp(prefix=".tmp-", dir=store / "builds"))
        try:
            if live is not None and not fresh:
                shutil.copyfile(live / "texts.sqlite", aside / "texts.sqlite")
            return _build_aside(files, store, aside, jobs, tell, started)
        finally:
            shutil.rmtree(aside, ignore_errors=True)


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
        version, n_quads, n_documents = _state(texts, aside, counts, tell)
        tell("load", 0, n_quads)
        _load(aside, n_quads)
        tell("load", n_quads, n_quads)
        texts.seal()
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
    _write_manifest(aside, summary)
    tell("swap", 0, 1)
    swap_in(store, aside, version)
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


def _state(texts: Texts, aside: Path, counts: Counter[str], tell: Progress) -> tuple[str, int, int]:
    """Write `graph.nq`; the graph's version, number of quads and of documents."""
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
    digest = sha256()
    with (aside / "graph.nq").open("rb") as file:
        while block := file.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()[:16], n_quads, len(resolution.documents)


def _load(aside: Path, n_quads: int) -> None:
    """Load `graph.nq` into Oxigraph and see that all of it is there."""
    rdf = ox.Store(str(aside / "rdf"))
    rdf.bulk_load(path=str(aside / "graph.nq"), format=ox.RdfFormat.N_QUADS)
    rdf.optimize()
    rdf.flush()
    if len(rdf) != n_quads:
        raise StoreError(
            f"build {aside.name}: {n_quads} quads stated, {len(rdf)} loaded; nothing was changed"
        )
    del rdf
    (aside / "graph.nq").unlink()


def _write_manifest(aside: Path, summary: BuildSummary) -> None:
    manifest = {
        "schema": SCHEMA,
        "version": summary.version,
        "extractor": extractor_version(),
        "texts": summary.texts,
        "mentions": summary.mentions,
        "documents": summary.documents,
        "relations": summary.relations,
        "bases": summary.bases,
        "unresolved": summary.unresolved,
        "ambiguous": summary.ambiguous,
        "pending": summary.pending,
        "quads": summary.quads,
    }
    text = json.dumps(manifest, ensure_ascii=False, indent=1, sort_keys=True)
    (aside / "manifest.json").write_text(text + "\n", encoding="utf-8")


def swap_in(store: Path, aside: Path, version: str) -> None:
    """Make a finished build the live one, and keep of the others only the one that was live until now.

    Args:
        store: held (`hold_store`).
        aside: folder of the build, on the same disk; it is moved.
        version: hash of its graph.
    """
    for folder, _, names in os.walk(aside):
        for name in names:
            with Path(folder, name).open("rb") as file:
                os.fsync(file.fileno())
        sync_folder(Path(folder))
    before = live_build(store)
    target = store / "builds" / version
    if before is not None and before.name == version:
        return  # the same graph: what is live stays, readers need not reopen
    if target.exists():
        shutil.rmtree(target)
    aside.rename(target)
    sync_folder(store / "builds")
    swap_live(store, version)
    for other in (store / "builds").iterdir():
        if other not in {target, before} and not other.name.startswith("."):
            shutil.rmtree(other, ignore_errors=True)


def _named(counts: Counter[str], prefix: str) -> dict[str, int]:
    return {key.removeprefix(prefix): counts[key] for key in sorted(counts) if key.startswith(prefix)}


@contextmanager
def hold_store(store: Path) -> "Iterator[None]":
    """Hold the store against other builders; the lock goes with the process, however it ends.

    What builds that crashed have left is removed.

    Raises:
        StoreError: another process holds it, or the folder is no store.
    """
    if store.exists() and not store.is_dir():
        raise StoreError(f"store {store}: a file, expected a folder")
    strangers = store.is_dir() and any(entry.name not in _OWN for entry in store.iterdir())
    if strangers and not (store / "CURRENT").exists():
        raise StoreError(f"store {store}: a folder that holds other things; name an empty or a new one")
    try:
        (store / "builds").mkdir(parents=True, exist_ok=True)
        lock = (store / ".lock").open("a+", encoding="utf-8")
    except OSError as error:
        raise StoreError(f"store {store}: cannot be written ({error.strerror})") from error
    with lock:
        try:
            portalocker.lock(lock, portalocker.LOCK_EX | portalocker.LOCK_NB)
        except portalocker.LockException:
            lock.seek(0)
            holder = lock.read().strip() or "unknown"
            raise StoreError(f"store {store}: is being built by another process (pid {holder})") from None
        lock.seek(0)
        lock.truncate()
        lock.write(f"{os.getpid()}\n")
        lock.flush()
        for leftover in (store / "builds").glob(".tmp-*"):
            shutil.rmtree(leftover, ignore_errors=True)
        yield


_OWN = frozenset({"CURRENT", ".CURRENT.new", "builds", ".lock"})
