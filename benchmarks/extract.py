"""How fast texts are read into extractions: `python benchmarks/extract.py FILE... [--limit N] [--json]`.

Three questions: megabytes a second over real texts; how much slower that is than the least one could do, one
big alternation of all number forms searched once over the same raw text in the same run; and whether time and
memory grow with the length of a text and no faster (one text, repeated 1, 4, 16 and 48 times).
"""

import argparse
import json
import re
import resource
import sys
import time
import tracemalloc
from itertools import islice
from pathlib import Path
from typing import Any

from graph.extract import extract_source
from graph.model import Source
from graph.read import find_files, read_sources
from ontology.form import number_rules

REPEATS = (1, 4, 16, 48)
GROWTH_TEXT = 100_000
"""Code points of the text that is repeated."""


def read_texts(paths: list[Path], limit: int | None) -> list[Source]:
    """The first texts of these files and folders, catalogues left out; unreadable ones are told on stderr."""
    texts = (
        source
        for path in find_files(paths)
        for source in read_sources(path, lambda error: print(error, file=sys.stderr))
        if source.kind == "text"
    )
    return list(islice(texts, limit))


def one_alternation() -> re.Pattern[str]:
    """All number forms as one expression, without their group names."""
    forms = (re.sub(r"\(\?P<\w+>", "(?:", form.pattern.pattern) for form in number_rules().forms)
    flags = number_rules().forms[0].pattern.flags
    return re.compile("|".join(f"(?:{form})" for form in forms), flags)


def peak_megabytes() -> float:
    """The most memory this process has held so far."""
    kilobytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return round(kilobytes / (1024 if sys.platform != "darwin" else 1024**2), 1)


def measure_speed(texts: list[Source]) -> dict[str, Any]:
    """Extraction against the alternation over the same texts; both timed in CPU seconds."""
    size = sum(len(text.raw.encode("utf-8", "surrogatepass")) for text in texts) / 1e6
    before = peak_megabytes()
    pattern = one_alternation()
    started = time.process_time()
    found = sum(1 for text in texts for _ in pattern.finditer(text.raw))
    alternation = time.process_time() - started

    mentions = claims = 0
    slowest = ("", 0, 0.0)
    started = time.process_time()
    for text in texts:
        begun = time.process_time()
        extraction = extract_source(text)
        taken = time.process_time() - begun
        mentions += len(extraction.mentions)
        claims += len(extraction.claims)
        if taken > slowest[2]:
            slowest = (text.name, len(text.raw), round(taken, 2))
    extraction_seconds = time.process_time() - started
    return {
        "texts": len(texts),
        "megabytes": round(size, 2),
        "extract": {
            "seconds": round(extraction_seconds, 2),
            "megabytes_per_second": round(size / max(extraction_seconds, 1e-9), 3),
            "mentions": mentions,
            "relations": claims,
            "slowest_text": dict(zip(("name", "code_points", "seconds"), slowest, strict=True)),
        },
        "alternation": {
            "seconds": round(alternation, 2),
            "megabytes_per_second": round(size / max(alternation, 1e-9), 3),
            "matches": found,
        },
        "times_slower_than_alternation": round(extraction_seconds / max(alternation, 1e-9), 2),
        "peak_megabytes": {"texts_read": before, "after": peak_megabytes()},
    }


def measure_growth(texts: list[Source]) -> list[dict[str, Any]]:
    """Seconds and memory for one text repeated; `per_megabyte` stays level where growth is linear."""
    longest = max(texts, key=lambda text: len(text.raw)).raw[:GROWTH_TEXT]
    rows = []
    for repeat in REPEATS:
        source = Source(f"x{repeat}", "\n\n".join([longest] * repeat))
        size = len(source.raw.encode("utf-8", "surrogatepass")) / 1e6
        started = time.process_time()
        extract_source(source)
        seconds = time.process_time() - started
        tracemalloc.start()
        extract_source(source)
        peak = tracemalloc.get_traced_memory()[1] / 1e6
        tracemalloc.stop()
        rows.append(
            {
                "repeat": repeat,
                "megabytes": round(size, 3),
                "seconds": round(seconds, 3),
                "seconds_per_megabyte": round(seconds / size, 3),
                "peak_megabytes": round(peak, 1),
                "peak_per_megabyte": round(peak / size, 1),
            }
        )
    return rows


def main() -> int:
    """Read the command line, measure, print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("files", nargs="+", type=Path, help="texts, or folders of them; .jsonl(.gz) too")
    parser.add_argument("--limit", type=int, help="read only the first N texts")
    parser.add_argument("--no-growth", action="store_true", help="leave out the repeated text")
    parser.add_argument("--json", action="store_true", help="print JSON")
    arguments = parser.parse_args()

    texts = read_texts(arguments.files, arguments.limit)
    if not texts:
        print("no texts", file=sys.stderr)
        return 1
    extract_source(Source("warm-up", texts[0].raw[:10_000]))  # tables are read once, on first use
    result = measure_speed(texts)
    if not arguments.no_growth:
        result["growth"] = measure_growth(texts)
    if arguments.json:
        print(json.dumps(result, ensure_ascii=False, indent=2))
        return 0

    extract, alternation = result["extract"], result["alternation"]
    print(f"{result['texts']} texts, {result['megabytes']} MB")
    print(
        f"extract      {extract['megabytes_per_second']:9.3f} MB/s  "
        f"{extract['mentions']} mentions, {extract['relations']} relations"
    )
    print(f"alternation  {alternation['megabytes_per_second']:9.3f} MB/s  {alternation['matches']} matches")
    slowest, peak = extract["slowest_text"], result["peak_megabytes"]
    print(f"extraction takes {result['times_slower_than_alternation']} times as long as the alternation")
    print(f"slowest text {slowest['name']}: {slowest['code_points']} code points, {slowest['seconds']} s")
    print(f"peak memory  {peak['after']} MB, of which {peak['texts_read']} MB before extraction")
    for row in result.get("growth", []):
        print(
            f"x{row['repeat']}  {row['megabytes']:7.3f} MB  {row['seconds']:8.3f} s  "
            f"{row['seconds_per_megabyte']:8.3f} s/MB  {row['peak_megabytes']:8.1f} MB peak"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
