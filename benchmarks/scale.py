"""What a build costs as texts grow: `python benchmarks/scale.py 1000 10000 100000 [--jobs 2] [--output docs/scale]`.

For each size: an invented corpus, one `phahe build` of it in processes of its own (seconds of each stage, CPU seconds,
peak memory of all processes together, what the store takes), what was understood of it (precision and recall), a second
build with nothing new, and how long a reader needs to open the store. Prints a table and the exponents of growth;
--output writes FILE.json and, with matplotlib (group `bench`), FILE.png.
"""

import argparse
import json
import math
import os
import platform
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path
from typing import Any

import psutil
from generate_corpus import write_corpus
from score_corpus import score

from graph.build import build
from graph.store import Store

_SAMPLE = 0.5
"""Seconds between two looks at memory."""


def build_here(source: Path, store: Path, jobs: int) -> dict[str, Any]:
    """Build in this process; seconds of each stage."""
    stages: dict[str, float] = {}
    last = ["", time.perf_counter()]

    def tell(stage: str, done: int, total: int | None) -> None:
        now = time.perf_counter()
        if last[0]:
            stages[str(last[0])] = stages.get(str(last[0]), 0.0) + now - float(last[1])
        last[:] = [stage, now]

    summary = build([source], store, jobs=jobs, progress=tell)
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return {
        "stages": {name: round(seconds, 2) for name, seconds in stages.items()},
        "cpu_seconds": round(sum(item.ru_utime + item.ru_stime for item in used), 1),
        "documents": summary.documents,
        "relations": sum(summary.relations.values()),
        "quads": summary.quads,
    }


def measured_build(source: Path, store: Path, jobs: int) -> dict[str, Any]:
    """Build in a process of its own; with wall seconds and peak memory, shared pages counted once."""
    command = [sys.executable, __file__, "--here", str(source), str(store), "--jobs", str(jobs)]
    started = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    root = psutil.Process(process.pid)
    peak = 0
    while process.poll() is None:
        try:
            peak = max(peak, sum(_memory(item) for item in [root, *root.children(recursive=True)]))
        except psutil.NoSuchProcess:
            break
        time.sleep(_SAMPLE)
    answer, _ = process.communicate()
    if process.returncode:
        raise SystemExit(f"the build failed with status {process.returncode}")
    told: dict[str, Any] = json.loads(answer)
    return told | {
        "wall_seconds": round(time.perf_counter() - started, 1),
        "peak_megabytes": round(peak / 1e6),
    }


def _memory(process: psutil.Process) -> int:
    try:
        info = process.memory_full_info()
        return int(getattr(info, "pss", info.rss))
    except psutil.Error:
        return 0


def measure(count: int, jobs: int, folder: Path, *, is_once: bool) -> dict[str, Any]:
    """All figures of one size; without the second build where `is_once`."""
    n_bytes = write_corpus(count, folder)
    source, store = folder / "texts.jsonl.gz", folder / "store"
    row: dict[str, Any] = {"texts": count, "megabytes": round(n_bytes / 1e6, 1)}
    row |= measured_build(source, store, jobs)
    if not is_once:
        row["again_seconds"] = measured_build(source, store, jobs)["wall_seconds"]
    row["store_megabytes"] = round(sum(f.stat().st_size for f in store.rglob("*") if f.is_file()) / 1e6)
    started = time.perf_counter()
    with Store(store) as opened:
        opened.query("ASK { ?document a ph:Document }")
    row["open_seconds"] = round(time.perf_counter() - started, 3)
    figures = score(folder / "truth.jsonl.gz", store)
    row["understood"] = {name: [values["precision"], values["recall"]] for name, values in figures.items()}
    return row


def exponents(rows: list[dict[str, Any]]) -> dict[str, float]:
    """Of the smallest to the largest size: the power of the texts that each figure grows with."""
    first, last = rows[0], rows[-1]
    grown = math.log(last["texts"] / first["texts"])
    names = ("cpu_seconds", "wall_seconds", "peak_megabytes", "store_megabytes", "quads")
    return {name: round(math.log(last[name] / first[name]) / grown, 2) for name in names}


def draw(result: dict[str, Any], path: Path) -> None:
    """Seconds by stage and memory against texts, on logarithmic scales."""
    try:
        import matplotlib as mpl
    except ImportError:
        print("no picture: matplotlib is not installed (group bench)", file=sys.stderr)
        return
    mpl.use("Agg")
    from matplotlib import pyplot as plt

    rows = result["rows"]
    sizes = [row["texts"] for row in rows]
    figure, (left, right) = plt.subplots(1, 2, figsize=(10, 4))
    for stage in rows[-1]["stages"]:
        left.plot(sizes, [max(0.01, row["stages"].get(stage, 0)) for row in rows], marker="o", label=stage)
    left.plot(sizes, [row["cpu_seconds"] for row in rows], "k--", marker="s", label="CPU, all")
    left.set(xscale="log", yscale="log", xlabel="texts", ylabel="seconds", title="Build, by stage (wall)")
    left.legend(fontsize=7)
    for name in ("peak_megabytes", "store_megabytes"):
        right.plot(sizes, [row[name] for row in rows], marker="o", label=name.replace("_", " "))
    right.set(xscale="log", yscale="log", xlabel="texts", ylabel="megabytes", title="Memory and disk")
    right.legend(fontsize=7)
    figure.tight_layout()
    figure.savefig(path, dpi=110, metadata={"Software": None})


def main() -> None:
    """Measure from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sizes", nargs="*", type=int, help="texts, smallest first")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--once", action="store_true", help="without the second build of each size")
    parser.add_argument("--output", type=Path, help="write .json and .png beside this name")
    parser.add_argument("--here", nargs=2, type=Path, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.here:
        print(json.dumps(build_here(*arguments.here, arguments.jobs)))
        return
    rows = []
    for count in arguments.sizes:
        folder = Path(tempfile.mkdtemp(prefix="phahe-scale-"))
        try:
            rows.append(measure(count, arguments.jobs, folder, is_once=arguments.once))
        finally:
            shutil.rmtree(folder)
        print(json.dumps(rows[-1]), flush=True)
    result: dict[str, Any] = {
        "date": date.today().isoformat(),
        "machine": f"{platform.machine()}, {os.cpu_count()} processors, Python {platform.python_version()}",
        "load_before": round(os.getloadavg()[0], 1),
        "jobs": arguments.jobs,
        "rows": rows,
    }
    if len(rows) > 1:
        result["exponents"] = exponents(rows)
        print(json.dumps(result["exponents"]))
    if arguments.output:
        arguments.output.parent.mkdir(parents=True, exist_ok=True)
        arguments.output.with_suffix(".json").write_text(
            json.dumps(result, indent=1) + "\n", encoding="utf-8"
        )
        draw(result, arguments.output.with_suffix(".png"))


if __name__ == "__main__":
    main()
