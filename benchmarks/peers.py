"""How fast extraction is beside other tools: `python benchmarks/peers.py FILE... --peers PYTHON [--megabytes N]`.

Four things read text in one run, each timed in CPU seconds of one core: extraction (mentions, documents, relations);
one big alternation of all number forms over the same text; underthesea (sentences, and named entities of a smaller
part) over the same text; and eyecite, the reference extractor for American law, over English text of its own kind.
The peers live in an environment of their own: `python -m venv peers && peers/bin/pip install eyecite underthesea`.
"""

import argparse
import json
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))
from extract import one_alternation, read_texts

from graph.extract import extract_source
from graph.model import Source

ENGLISH = (
    "The court of appeals relied on Roe v. Wade, 410 U.S. 113 (1973), and on Smith v. Jones, 123 F.3d 456, 460 "
    "(9th Cir. 1997). Under 42 U.S.C. § 1983 the plaintiff must show more than that. Id. at 461. The district court, "
    "in an order that no party appealed, had read the statute otherwise; the parties then briefed the question twice, "
    "and the panel heard argument on it. See also Brown v. Board of Education, 347 U.S. 483, 495 (1954). Nothing in "
    "the record speaks to what the agency did in the months between, and we do not guess at it.\n\n"
)
"""A paragraph as eyecite is made for, repeated to the size wanted."""

PEER = """
import json, sys, time
job = json.load(sys.stdin)
texts = job["texts"]
if job["peer"] == "eyecite":
    from eyecite import get_citations as read
elif job["peer"] == "underthesea sentences":
    from underthesea import sent_tokenize as read
else:
    from underthesea import ner as read
read(texts[0][:2000])
started, found = time.process_time(), 0
for text in texts:
    found += len(read(text))
print(json.dumps({"seconds": time.process_time() - started, "found": found}))
"""


def size_of(texts: list[str]) -> float:
    """Megabytes of UTF-8."""
    return sum(len(text.encode("utf-8", "surrogatepass")) for text in texts) / 1e6


def timed(texts: list[str], read: Callable[[str], int]) -> dict[str, Any]:
    """CPU seconds of this process over the texts, and how much was found."""
    started = time.process_time()
    found = sum(read(text) for text in texts)
    return {"seconds": time.process_time() - started, "found": found, "megabytes": size_of(texts)}


def peer(python: str, name: str, texts: list[str]) -> dict[str, Any] | None:
    """The same of another tool, in its own environment; None where it is not installed there."""
    job = json.dumps({"peer": name, "texts": texts})
    run = subprocess.run([python, "-c", PEER], input=job, capture_output=True, text=True, check=False)
    if run.returncode:
        print(f"{name}: {run.stderr.strip().splitlines()[-1:]}", file=sys.stderr)
        return None
    return json.loads(run.stdout.splitlines()[-1]) | {"megabytes": size_of(texts)}


def first_megabytes(texts: list[Source], megabytes: float) -> list[str]:
    """Texts until so many megabytes are reached; the last may exceed it."""
    chosen: list[str] = []
    size = 0.0
    for text in texts:
        if size >= megabytes:
            break
        chosen.append(text.raw)
        size += size_of([text.raw])
    return chosen


def main() -> int:
    """Read the command line, measure, print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "files", nargs="+", type=Path, help="Vietnamese texts, or folders of them; .jsonl(.gz) too"
    )
    parser.add_argument("--peers", help="the Python of an environment that holds eyecite and underthesea")
    parser.add_argument("--megabytes", type=float, default=20, help="how much text to read (default 20)")
    parser.add_argument("--json", action="store_true", help="print JSON")
    arguments = parser.parse_args()

    texts = first_megabytes(read_texts(arguments.files, None), arguments.megabytes)
    if not texts:
        print("no texts", file=sys.stderr)
        return 1
    extract_source(Source("warm-up", texts[0][:10_000]))
    pattern = one_alternation()
    rows: dict[str, dict[str, Any] | None] = {
        "phahe": timed(texts, lambda text: len(extract_source(Source("x", text)).mentions)),
        "one alternation": timed(texts, lambda text: sum(1 for _ in pattern.finditer(text))),
    }
    if arguments.peers:
        english = [ENGLISH * (100_000 // len(ENGLISH))] * max(1, int(arguments.megabytes * 5))
        rows["underthesea sentences"] = peer(arguments.peers, "underthesea sentences", texts)
        rows["underthesea entities"] = peer(arguments.peers, "underthesea entities", [texts[0][:40_000]])
        rows["eyecite (English)"] = peer(arguments.peers, "eyecite", english)
    result = {
        name: row | {"megabytes_per_second": round(row["megabytes"] / max(row["seconds"], 1e-9), 6)}
        for name, row in rows.items()
        if row is not None
    }
    if arguments.json:
        print(json.dumps(result, indent=2))
        return 0
    ours = result["phahe"]["megabytes_per_second"]
    for name, row in result.items():
        speed = row["megabytes_per_second"]
        print(
            f"{name:24}{row['megabytes']:8.2f} MB {row['seconds']:9.2f} s {speed:9.3f} MB/s  "
            f"x{ours / speed:8.2f}  {row['found']} found"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
