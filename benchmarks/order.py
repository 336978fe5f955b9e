"""Does the order of sources matter? `python benchmarks/order.py SOURCE... [--shuffles N]`: it must not.

Builds the given sources in the given order, shuffled, in two halves (the second added to the first), and with
two processes, and compares the sorted N-Quads byte for byte. Exit status 1 where any differ, with the first
lines that do.
"""

import argparse
import hashlib
import random
import shutil
import sys
import tempfile
from itertools import islice
from pathlib import Path

from graph.build import build
from graph.read import find_files
from graph.store import Store


def sorted_quads(store: Path) -> list[str]:
    """Every quad of a store as a line, sorted by code point."""
    with Store(store) as opened:
        return list(opened.n_quads())


def main() -> int:
    """Read the command line, build in each order, compare."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("sources", nargs="+", type=Path, help="what phahe build takes")
    parser.add_argument("--shuffles", type=int, default=2, help="how many shuffled orders (default 2)")
    arguments = parser.parse_args()

    files = find_files(arguments.sources)
    half = len(files) // 2
    orders: dict[str, list[list[Path]]] = {"as given": [files]}
    for seed in range(arguments.shuffles):
        shuffled = list(files)
        random.Random(seed).shuffle(shuffled)  # noqa: S311 - an order, no secret
        orders[f"shuffled {seed}"] = [shuffled]
        orders[f"shuffled {seed}, in halves"] = [shuffled[half:], shuffled[:half]]
    orders["in halves"] = [files[:half], files[half:]]
    orders["two processes"] = [files]

    expected: list[str] = []
    differing = 0
    folder = Path(tempfile.mkdtemp(prefix="phahe-order-"))
    try:
        for name, batches in orders.items():
            store = folder / name.replace(" ", "-")
            for batch in filter(None, batches):
                build(batch, store, jobs=2 if name == "two processes" else 1)
            lines = sorted_quads(store)
            shutil.rmtree(store)
            expected = expected or lines
            same = lines == expected
            differing += not same
            digest = hashlib.sha256("\n".join(lines).encode()).hexdigest()[:16]
            verdict = "same" if same else "DIFFERS"
            print(f"{name:24} {len(files)} files  {len(lines)} quads  sha256 {digest}  {verdict}")
            if not same:
                for sign, extra in (("-", set(expected) - set(lines)), ("+", set(lines) - set(expected))):
                    for line in islice(sorted(extra), 5):
                        print(f"  {sign} {line[:200]}")
    finally:
        shutil.rmtree(folder)
    print("order does not matter" if not differing else f"{differing} of {len(orders)} differ")
    return 1 if differing else 0


if __name__ == "__main__":
    sys.exit(main())
