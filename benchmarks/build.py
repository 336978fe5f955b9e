"""How long a build takes and how much memory: `python benchmarks/build.py SOURCE... [--jobs N] [--json]`.

Runs `phahe build` as people do, in a process of its own, into a store made for the purpose, then once more on
the same sources (nothing is new: what the cache of extractions saves).
"""

import argparse
import json
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

SOME_SKIPPED = 1
"""Exit status of a build that left some files out."""


def run_build(sources: list[Path], store: Path, jobs: int) -> dict[str, Any]:
    """Build once; wall and CPU seconds, and the peak memory of the largest process so far.

    Raises:
        subprocess.CalledProcessError: the build failed.
    """
    phahe = Path(sys.executable).with_name("phahe")
    command = [str(phahe), "build", *map(str, sources), "--store", str(store), "--jobs", str(jobs)]
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    started = time.perf_counter()
    done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
    wall = time.perf_counter() - started
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode not in (0, SOME_SKIPPED) or not (store / "CURRENT").is_file():
        sys.stderr.write(done.stderr)
        raise subprocess.CalledProcessError(done.returncode, command)
    unit = 1024 if sys.platform != "darwin" else 1024**2
    return {
        "wall_seconds": round(wall, 2),
        "cpu_seconds": round(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, 2),
        "peak_megabytes": round(after.ru_maxrss / unit, 1),
        "exit_status": done.returncode,
    }


def live_manifest(store: Path) -> dict[str, Any]:
    """The counts of the live build."""
    version = (store / "CURRENT").read_text(encoding="utf-8").strip()
    manifest: dict[str, Any] = json.loads(
        (store / "builds" / version / "manifest.json").read_text(encoding="utf-8")
    )
    return manifest


def folder_megabytes(folder: Path) -> float:
    """What the files below a folder take."""
    return round(sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1e6, 1)


def main() -> int:
    """Read the command line, build twice, print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("sources", nargs="+", type=Path, help="what phahe build takes")
    parser.add_argument("--jobs", type=int, default=1, help="processes that extract (default 1)")
    parser.add_argument("--once", action="store_true", help="leave out the second build")
    parser.add_argument("--json", action="store_true", help="print JSON")
    arguments = parser.parse_args()

    folder = Path(tempfile.mkdtemp(prefix="phahe-benchmark-"))
    try:
        store = folder / "store"
        result: dict[str, Any] = {
            "jobs": arguments.jobs,
            "first": run_build(arguments.sources, store, arguments.jobs),
        }
        result["store_megabytes"] = folder_megabytes(store)
        if not arguments.once:
            result["again"] = run_build(arguments.sources, store, arguments.jobs)
        result["manifest"] = live_manifest(store)
    finally:
        shutil.rmtree(folder)
    if arguments.json:
        print(json.dumps(result, ensure_ascii=False, indent=2))
        return 0
    for name in ("first", "again"):
        if row := result.get(name):
            print(
                f"{name:6} {row['wall_seconds']:8.2f} s wall  {row['cpu_seconds']:8.2f} s CPU  "
                f"{row['peak_megabytes']:8.1f} MB largest process  exit {row['exit_status']}"
            )
    print(f"store  {result['store_megabytes']} MB on disk")
    for name, value in result["manifest"].items():
        if not isinstance(value, list):
            print(f"  {name}: {json.dumps(value, ensure_ascii=False)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
