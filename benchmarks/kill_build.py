"""Kill a build at random moments and go on: `python benchmarks/kill_build.py [--documents 5000] [--kills 20]`.

Builds an invented corpus once undisturbed, then again and again with `kill -9` (of the whole process group) at a
random moment, and the same command once more. Each time the version, which is a hash of the sorted N-Quads, must be
that of the undisturbed build, and the store must have served what it served before until the very end. Prints what
each kill hit; exit status 1 where one of them mattered.
"""

import argparse
import json
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from generate_corpus import write_corpus

from graph.errors import StoreError
from graph.store import Store


def start(sources: Path, store: Path, jobs: int) -> "subprocess.Popen[bytes]":
    """Begin a build in a process group of its own."""
    phahe = Path(sys.executable).with_name("phahe")
    command = [str(phahe), "build", str(sources), "--store", str(store), "--jobs", str(jobs)]
    return subprocess.Popen(
        command, start_new_session=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )


def served(store: Path) -> str | None:
    """The version that the store serves, asked as a reader does; None where it was never built."""
    try:
        with Store(store) as opened:
            opened.query("ASK { ?subject ?predicate ?object }")
            return opened.version
    except StoreError as error:
        if "nothing built" in str(error):
            return None
        raise


def steps_done(store: Path) -> str:
    """How far the killed build had come, by its notes."""
    notes = list((store / "builds").glob(".tmp-*/steps.sqlite"))
    if not notes:
        return "nothing"
    with sqlite3.connect(notes[0]) as database:
        try:
            names = [row[0] for row in database.execute("SELECT name FROM step ORDER BY rowid")]
        except sqlite3.Error:
            names = []
    return names[-1] if names else "nothing"


def main() -> int:
    """Build, kill, go on, compare."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=5000)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    rng = random.Random(arguments.seed)  # noqa: S311 - moments to kill at
    wrong = 0
    with tempfile.TemporaryDirectory(prefix="phahe-kill-") as name:
        folder = Path(name)
        write_corpus(arguments.documents, folder)
        sources = folder / "texts.jsonl.gz"
        started = time.monotonic()
        start(sources, folder / "whole", arguments.jobs).wait()
        seconds = time.monotonic() - started
        whole = served(folder / "whole")
        print(f"undisturbed: {seconds:.1f} s, version {whole}", flush=True)
        rows: list[dict[str, Any]] = []
        while len(rows) < arguments.kills:
            store = folder / "killed"
            before = served(store)
            process = start(sources, store, arguments.jobs)
            moment = rng.uniform(0.5, seconds)
            time.sleep(moment)
            if process.poll() is not None:
                seconds = moment  # it was done by then: that was no kill
                shutil.rmtree(store)
                continue
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            reached, between = steps_done(store), served(store)
            began = time.monotonic()
            start(sources, store, arguments.jobs).wait()
            after = served(store)
            is_right = after == whole and between in {before, whole}
            wrong += not is_right
            rows.append({"killed_after": round(moment, 2), "step": reached, "right": is_right})
            print(
                f"{len(rows):3} killed after {moment:5.1f} s (done: {reached}), gone on for"
                f" {time.monotonic() - began:5.1f} s: {'same' if is_right else f'WRONG {after}'}",
                flush=True,
            )
            shutil.rmtree(store)
    print(json.dumps({"kills": len(rows), "wrong": wrong}))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
