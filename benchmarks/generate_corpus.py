"""A corpus of invented texts with what they truly say: `python benchmarks/generate_corpus.py N FOLDER [--seed S]`.

Writes FOLDER/texts.jsonl.gz (lines of {"id", "text"}, what `phahe build` reads) and FOLDER/truth.jsonl.gz (of each
text its own document, the documents it names, the relations it states), one text in memory at a time.
`score_corpus.py` compares a store built from the one with the other. The same N and seed give the same bytes.
"""

import argparse
import gzip
import json
import random
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from invented_prose import Prose, stated_relations
from invented_world import World


def invent(count: int, seed: int) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """Texts and what they say, oldest first."""
    world = World(count, random.Random(seed))  # noqa: S311 - invented documents
    prose = Prose(random.Random(seed + 1))  # noqa: S311
    for text in world.texts():
        relations = [(subject.key, name, target.key) for subject, name, target in stated_relations(text)]
        named = dict.fromkeys([text.document.key, *(target for _, _, target in relations)])
        yield (
            {"id": text.name, "text": prose.write(text)},
            {
                "id": text.name,
                "self": None if text.is_report else text.document.key,
                "documents": list(named),
                "relations": relations,
            },
        )


def write_corpus(count: int, folder: Path, seed: int = 6) -> int:
    """Write both files; how many bytes of text there are."""
    folder.mkdir(parents=True, exist_ok=True)
    n_bytes = 0
    with _opened(folder / "texts.jsonl.gz") as texts, _opened(folder / "truth.jsonl.gz") as truth:
        for text, said in invent(count, seed):
            line = json.dumps(text, ensure_ascii=False).encode()
            n_bytes += len(text["text"].encode())
            texts.write(line + b"\n")
            truth.write(json.dumps(said, ensure_ascii=False).encode() + b"\n")
    return n_bytes


def _opened(path: Path) -> gzip.GzipFile:
    return gzip.GzipFile(path, "wb", compresslevel=1, mtime=0)


def main() -> None:
    """Generate from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("count", type=int, help="texts")
    parser.add_argument("folder", type=Path, help="made if absent")
    parser.add_argument("--seed", type=int, default=6)
    arguments = parser.parse_args()
    started = time.perf_counter()
    n_bytes = write_corpus(arguments.count, arguments.folder, arguments.seed)
    seconds = time.perf_counter() - started
    print(f"{arguments.count} texts, {n_bytes / 1e6:.1f} MB, {seconds:.1f} s", file=sys.stderr)


if __name__ == "__main__":
    main()
