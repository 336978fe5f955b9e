"""Build a store: read, extract, resolve, state, load aside, check, swap in.

A build adds its sources to those of the live build, so two halves make the same graph as the whole. Identity
is decided anew over all of them. Everything is made in a folder of its own (`builds/.tmp-*`) and becomes the
live build by one rename and one replaced file: a crash at any moment leaves the build before, and the same command
goes on where it was (`graph.steps`). One process builds at a time.

What is in memory does not grow with the texts, but for a small value for each source and file and the references to
what is cited by name: texts, extractions, references and quads go through files that are sorted on disk.
"""

import os
import shutil
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from graph.catalogue import read_catalogue
from graph.days import today
from graph.decide import read_links, write_decisions, write_references
from graph.errors import ReadError
from graph.extract_many import extract_all, extractor_version
from graph.iri import base_iri
from graph.journal import record_build
from graph.load import hold_store, load_graph, publish
from graph.read import ReadWarning, find_files, read_sources
from graph.remote import is_remote, state_of_remote
from graph.steps import ReadFile, Steps
from graph.store import live_build, read_manifest
from graph.texts import Texts
from graph.write_state import write_graph

Progress = Callable[[str, int, int | None], None]
"""Called with a stage (`read`, `extract`, `gather`, `resolve`, `state`, `load`, `swap`), how much is done, of what."""

_COMMIT_EVERY = 2000
"""Texts of one file after which what was read is kept."""

MEMORY_MB = 1024
"""What sorting may hold in memory, in megabytes, unless told otherwise."""


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
    paths: Sequence[Path | str],
    store: Path,
    *,
    jobs: int = 1,
    memory_mb: int = MEMORY_MB,
    fresh: bool = False,
    progress: Progress | None = None,
) -> BuildSummary:
    """Build the store from files and folders, and make it the live build.

    Args:
        paths: texts and catalogues, or addresses of some, in any order; what cannot be read is skipped and told.
        store: the store folder; made if absent.
        jobs: processes.
        memory_mb: what sorting may hold in memory, megabytes; the rest of a build needs a few hundred more.
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

    def live() -> Path | None:
        return None if fresh else live_build(store)

    with hold_store(store, lambda: _name_of(files, live())) as aside, Steps(aside) as steps:
        if (before := live()) is not None:
            read_manifest(before)
        summary = _Build(files, before, aside, steps, jobs, memory_mb, tell).make(started)
        tell("swap", 0, 1)
        with Texts(aside / "texts.sqlite") as texts:
            sources = texts.ids()
        publish(store, aside, _manifest(summary))
        # the graph knows no clock; when it came to know a source is told beside it
        record_build(store, summary.version, sources, today())
        tell("swap", 1, 1)
    return summary


def _name_of(files: Sequence[Path | str], live: Path | None) -> str:
    """A name for what is to be built: the same files in the same state onto the same build, by the same rules."""
    digest = sha256(f"{extractor_version()} {base_iri()} {live.name if live else '-'}".encode())
    for name, state in sorted((os.fsencode(path), _state_of(path)) for path in files):
        digest.update(b"\0" + name + b"\0" + state.encode())
    return digest.hexdigest()[:12]


def _state_of(path: Path | str) -> str:
    """What changes when a file does."""
    if is_remote(path):
        return state_of_remote(str(path))
    try:
        status = Path(path).stat()
    except OSError:  # reading it will tell
        return ""
    return f"{status.st_size} {status.st_mtime_ns}"


class _Build:
    """One build in progress: its steps, each done once."""

    def __init__(
        self,
        files: Sequence[Path | str],
        live: Path | None,
        aside: Path,
        steps: Steps,
        jobs: int,
        memory_mb: int,
        tell: Progress,
    ) -> None:
        self.files, self.live, self.aside, self.steps = files, live, aside, steps
        self.jobs, self.memory_mb, self.tell = jobs, memory_mb, tell
        self.skipped: list[tuple[str, str]] = []
        self.warnings: list[str] = []

    def make(self, started: float) -> BuildSummary:
        """All steps up to the swap."""
        once = self.steps.once
        n_before = once("begin", self._begin)
        with Texts(self.aside / "texts.sqlite", writable=True) as texts:
            self._read(texts)
            for id_, name, reason in once("extract", lambda: self._extract(texts)):
                self.skipped.append((name, reason))
                texts.remove(id_)
            texts.commit()
            for id_ in texts.ids("catalogue"):
                read_catalogue(texts.source(id_), lambda error: self.skipped.append(_what_and_why(error)))
            n_texts = len(texts)
            if not n_texts:
                reason = f": {self.skipped[0][0]}: {self.skipped[0][1]}" if self.skipped else ""
                raise ReadError(f"no text could be read from {len(self.files)} file(s){reason}")
            once("references", lambda: self._gather(texts, n_texts))
        n_documents = once("decisions", self._decide)
        once("links", self._link)
        n_quads, counts = once("graph", self._state)
        version = once("load", lambda: self._load(n_quads))
        with Texts(self.aside / "texts.sqlite", writable=True) as texts:
            texts.seal()
        return BuildSummary(
            version=version,
            texts=n_texts,
            new_texts=n_texts - n_before,
            mentions=counts.get("mentions", 0),
            documents=n_documents,
            relations=_named(counts, "relation:"),
            bases=_named(counts, "basis:"),
            unresolved=counts.get("unresolved", 0),
            ambiguous=counts.get("ambiguous", 0),
            pending=counts.get("pending", 0),
            quads=n_quads,
            skipped=tuple(self.skipped),
            warnings=tuple(self.warnings),
            seconds=round(time.monotonic() - started, 3),
        )

    def _begin(self) -> int:
        """Take over the texts of the live build; how many there are."""
        path = self.aside / "texts.sqlite"
        for leftover in self.aside.glob("texts.sqlite*"):
            leftover.unlink()
        if self.live is not None:
            shutil.copyfile(self.live / "texts.sqlite", path)
        with Texts(path, writable=True) as texts:
            return len(texts)

    def _read(self, texts: Texts) -> None:
        for done, path in enumerate(self.files):
            self.tell("read", done, len(self.files))
            name, state = os.fsencode(path), _state_of(path)
            told = self.steps.read_file(name, state)
            if told is None:
                told = ReadFile([], [])
                sources = read_sources(path, lambda error, told=told: _note(error, told))  # type: ignore[misc]
                for number, source in enumerate(sources, 1):
                    texts.add(source)
                    if number % _COMMIT_EVERY == 0:
                        texts.commit()
                texts.commit()
                self.steps.note_file(name, state, told)
            self.skipped += told.skipped
            self.warnings += told.warnings
        self.tell("read", len(self.files), len(self.files))

    def _extract(self, texts: Texts) -> list[tuple[str, str, str]]:
        """Extract what is new; id, name and reason of what could not be."""
        failures = extract_all(texts, self.jobs, lambda done, total: self.tell("extract", done, total))
        return [(id_, texts.meta(id_).names[0], reason) for id_, reason in failures]

    def _gather(self, texts: Texts, n_texts: int) -> None:
        write_references(texts, self.aside, self.memory_mb, lambda done: self.tell("gather", done, n_texts))
        self.tell("gather", n_texts, n_texts)

    def _decide(self) -> int:
        return write_decisions(
            self.aside, self.jobs, self.memory_mb // 3, lambda done, total: self.tell("resolve", done, total)
        )

    def _link(self) -> None:
        """Keep with each text which documents its citations mean."""
        with Texts(self.aside / "texts.sqlite", writable=True) as texts:
            texts.replace_links(read_links(self.aside))
            texts.commit()

    def _state(self) -> tuple[int, Counter[str]]:
        counts: Counter[str] = Counter()
        shutil.rmtree(self.aside / "runs", ignore_errors=True)
        n_quads = write_graph(
            self.aside, self.jobs, self.memory_mb, counts, lambda done, total: self.tell("state", done, total)
        )
        return n_quads, counts

    def _load(self, n_quads: int) -> str:
        self.tell("load", 0, n_quads)
        version = load_graph(self.aside, n_quads)
        self.tell("load", n_quads, n_quads)
        return version


def _note(error: ReadError, told: ReadFile) -> None:
    if isinstance(error, ReadWarning):
        told.warnings.append(str(error))
    else:
        told.skipped.append(_what_and_why(error))


def _what_and_why(error: ReadError) -> tuple[str, str]:
    what, _, why = str(error).partition(": ")
    return what, why or what


def _manifest(summary: BuildSummary) -> dict[str, object]:
    names = ("version", "texts", "mentions", "documents", "relations", "bases", "unresolved", "ambiguous",
             "pending", "quads")  # fmt: skip
    return {"extractor": extractor_version()} | {name: getattr(summary, name) for name in names}


def _named(counts: Mapping[str, int], prefix: str) -> dict[str, int]:
    return {key.removeprefix(prefix): counts[key] for key in sorted(counts) if key.startswith(prefix)}
