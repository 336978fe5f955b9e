"""A build as files: made in a folder aside, loaded, and published as the store's live build in one step.

`hold_store` locks the store and gives the folder, whoever fills it writes `graph.nq` and `texts.sqlite` there,
`load_graph` makes of the quads what reading needs, `publish` makes it the live build. A crash at any moment
leaves the build before.
"""

import json
import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from hashlib import file_digest
from pathlib import Path

import portalocker
import pyoxigraph as ox

from graph.errors import StoreError
from graph.findings_marks import MARKS
from graph.journal import JOURNAL
from graph.store import SCHEMA, live_build, read_manifest, swap_live, sync_folder
from graph.write_index import write_index

_OWN = frozenset({"CURRENT", ".CURRENT.new", "builds", ".lock", JOURNAL, MARKS})
_PARTS = frozenset({"rdf", "index", "texts.sqlite"})
"""What a finished build is made of, besides its manifest."""
STEPS = "steps.sqlite"
"""What was done of a build in progress (`graph.steps`): the last of its files to go."""


@contextmanager
def hold_store(store: Path, name: Callable[[], str] | None = None) -> Iterator[Path]:
    """Hold a store against other builders; the folder to build in, which is gone afterwards.

    What a process that was killed has left under the same name is still there, to be gone on with; what it left under
    another name is given up.

    Args:
        store: the store folder; made if absent.
        name: gives a name to the work, asked once the store is held: equal where the same is to be built. None begins
            from nothing.

    Raises:
        StoreError: the folder is no store, cannot be written, or another process builds it.
    """
    with _locked(store):
        aside = store / "builds" / f".tmp-{name() if name else 'new'}"
        _remove_leftovers(store, aside if name else None)
        aside.mkdir(exist_ok=True)
        try:
            yield aside
        except KeyboardInterrupt:
            raise  # the work may be gone on with
        except BaseException:
            shutil.rmtree(aside, ignore_errors=True)
            raise
        shutil.rmtree(aside, ignore_errors=True)


def load_graph(aside: Path, n_quads: int) -> str:
    """Load `graph.nq`, and tell the graph's version: a hash of its sorted N-Quads.

    Raises:
        StoreError: not all of it was loaded.
    """
    quads = aside / "graph.nq"
    with quads.open("rb") as file:
        version = file_digest(file, "sha256").hexdigest()[:16]
    shutil.rmtree(aside / "rdf", ignore_errors=True)
    rdf = ox.Store(str(aside / "rdf"))
    rdf.bulk_load(path=str(quads), format=ox.RdfFormat.N_QUADS)
    rdf.optimize()
    rdf.flush()
    if len(rdf) != n_quads:
        raise StoreError(
            f"build {aside.name}: {n_quads} quads stated, {len(rdf)} loaded; nothing was changed"
        )
    del rdf
    shutil.rmtree(aside / "index", ignore_errors=True)
    write_index(quads, aside / "index")
    return version


def publish(store: Path, aside: Path, manifest: Mapping[str, object]) -> None:
    """Make the build aside the live one, and keep of the others only the one that was live until now.

    Args:
        store: the store folder, held.
        aside: the folder of the build, loaded.
        manifest: what `Store.manifest` shall hold: `version`, `quads`, and the build's counts.
    """
    for entry in sorted(aside.iterdir(), key=lambda entry: entry.name == STEPS):
        if entry.is_dir() and entry.name not in _PARTS:
            shutil.rmtree(entry)
        elif entry.name not in _PARTS:
            entry.unlink()
    text = json.dumps({"schema": SCHEMA, **manifest}, ensure_ascii=False, indent=1, sort_keys=True)
    (aside / "manifest.json").write_text(text + "\n", encoding="utf-8")
    for folder, _, names in os.walk(aside):
        for name in names:
            with Path(folder, name).open("rb") as file:
                os.fsync(file.fileno())
        sync_folder(Path(folder))
    version = str(manifest["version"])
    before = live_build(store)
    target = store / "builds" / version
    if before == target and _has_this_layout(before):
        return  # the same graph: what is live stays, readers need not reopen
    if target.exists():
        shutil.rmtree(target)
    aside.rename(target)
    sync_folder(store / "builds")
    swap_live(store, version)
    for other in (store / "builds").iterdir():
        if other not in {target, before} and not other.name.startswith("."):
            shutil.rmtree(other, ignore_errors=True)


def _has_this_layout(build: Path) -> bool:
    try:
        read_manifest(build)
    except StoreError:
        return False
    return True


def _remove_leftovers(store: Path, aside: Path | None) -> None:
    """Remove what other builds that crashed have left; only the holder of the lock may."""
    for leftover in (store / "builds").glob(".tmp-*"):
        if leftover != aside:
            shutil.rmtree(leftover, ignore_errors=True)


@contextmanager
def _locked(store: Path) -> Iterator[None]:
    """Hold the store against other builders; the lock goes with the process, however it ends."""
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
        yield
