"""Change the live graph by a SPARQL update: `python -m graph.update STORE`, the update as JSON on stdin.

The update runs on a copy of the live build, which costs no more than links to its files. The copy is counted,
checked as `phahe check` does, and becomes the live build like any other: readers see all of the update or
nothing. Texts stay as they are, so the next build makes the graph anew without it.
"""

import json
import os
import sys
from hashlib import file_digest
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from graph.egress import forbid_connections
from graph.engine import error_line
from graph.errors import PhaheError, QueryError, StoreError
from graph.load import hold_store, publish
from graph.nquads import PH, write_sorted
from graph.prefixes import PREFIXES
from graph.query_text import check_update
from graph.store import Store, live_build, read_manifest, swap_live
from graph.write_index import write_index

if TYPE_CHECKING:
    from graph.check import Finding

_COUNTS = {
    "documents": f"SELECT (COUNT(*) AS ?n) {{ ?x a <{PH}Document> }}",
    "relations": f"SELECT ?p (COUNT(*) AS ?n) {{ ?x a <{PH}Relation> ; <{PH}predicate> ?p }} GROUP BY ?p",
    "bases": f"SELECT ?b (COUNT(*) AS ?n) {{ ?x a <{PH}Relation> ; <{PH}basis> ?b }} GROUP BY ?b",
}


def update_store(
    store: Path, text: str, *, base: str | None = None, service_allow: tuple[str, ...] = ()
) -> dict[str, Any]:
    """Apply an update to the live build and make the outcome the live one.

    Args:
        store: the store folder.
        text: SPARQL 1.1 Update; LOAD is refused, and SERVICE unless allowed.
        base: IRI against which relative ones are resolved.
        service_allow: beginnings of addresses that SERVICE may ask.

    Returns:
        The manifest of the new build; its `updates` counts those since the graph was built.

    Raises:
        QueryError: the update is malformed or not allowed, or its outcome has faults that the live build has
            not; nothing was changed.
        StoreError: nothing is built, or another process holds the store.
    """
    check_update(text, service_allow=service_allow)
    with hold_store(store) as aside:
        live = live_build(store)
        if live is None:
            raise StoreError(f"store {store}: nothing built there; an update needs a graph")
        manifest = _updated(live, aside, text, base)
        _check(store, aside)
        publish(store, aside / "builds" / manifest["version"], manifest)
    return manifest


def _updated(live: Path, aside: Path, text: str, base: str | None) -> dict[str, Any]:
    """Make of a folder a store of its own, whose live build is the updated copy; its manifest."""
    build = aside / "builds" / "new"
    build.mkdir(parents=True)
    ox.Store.read_only(str(live / "rdf")).backup(str(build / "rdf"))
    rdf = ox.Store(str(build / "rdf"))
    try:
        rdf.update(text, base_iri=base, prefixes=PREFIXES)
    except (SyntaxError, ValueError, RuntimeError) as error:
        raise QueryError(f"update: {error_line(error)}") from error
    except OSError as error:
        raise StoreError(f"update: {error_line(error)}") from error
    rdf.flush()
    os.link(live / "texts.sqlite", build / "texts.sqlite")
    manifest = read_manifest(live)
    manifest |= _counted(rdf) | {"quads": len(rdf), "version": _indexed(rdf, build)}
    manifest["updates"] = manifest.get("updates", 0) + 1
    del rdf
    written = json.dumps(manifest, ensure_ascii=False, indent=1, sort_keys=True)
    (build / "manifest.json").write_text(written + "\n", encoding="utf-8")
    build.rename(aside / "builds" / manifest["version"])
    swap_live(aside, manifest["version"])
    return manifest


def _counted(rdf: ox.Store) -> dict[str, Any]:
    counts: dict[str, Any] = {}
    for name, query in _COUNTS.items():
        rows: Any = rdf.query(query)
        values = [[term.value for term in row] for row in rows]
        counts[name] = (
            int(values[0][0])
            if name == "documents"
            else {key.rpartition("#")[2]: int(count) for key, count in sorted(values)}
        )
    return counts


def _indexed(rdf: ox.Store, build: Path) -> str:
    """Write what reading needs beside the quads; hash of the sorted N-Quads."""
    lines = build / "graph.nq"
    write_sorted((f"{quad} ." for quad in rdf), lines, build)
    with lines.open("rb") as file:
        version = file_digest(file, "sha256").hexdigest()[:16]
    write_index(lines, build / "index")
    lines.unlink()
    return version


def _check(store: Path, aside: Path) -> None:
    found = _findings(aside)
    new = [finding for finding in found if finding not in set(_findings(store))] if found else []
    if new:
        first = new[0]
        raise QueryError(
            f"update: refused, the graph would have {len(new)} new fault(s): {first.node}: {first.rule}:"
            f" expected {first.message}" + (f", found {first.value}" if first.value else "")
        )


def _findings(path: Path) -> "list[Finding]":
    from graph.check import check_store  # takes a second to load, which a malformed update need not wait for

    with Store(path) as opened:
        return check_store(opened)


def main() -> None:
    """What the process runs: one update; the outcome as JSON on stdout."""
    job = json.load(sys.stdin)
    if not job["service_allow"]:
        forbid_connections()
    try:
        outcome = update_store(
            Path(sys.argv[1]), job["text"], base=job["base"], service_allow=tuple(job["service_allow"])
        )
    except PhaheError as error:
        kind = "bad-update" if isinstance(error, QueryError) else "no-store"
        outcome = {"kind": kind, "detail": str(error)}
    json.dump(outcome, sys.stdout)


if __name__ == "__main__":
    main()
