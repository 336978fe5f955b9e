"""Texts in archives, tables and at addresses: each gives the same sources as the plain files; damage is told."""

import csv
import io
import json
import tarfile
import zipfile
from pathlib import Path

import fsspec
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from zstandard import ZstdCompressor

from graph.errors import ReadError
from graph.read import find_files, read_sources

ROWS = [
    {"id": "a", "text": "Nghị quyết số 25-NQ/TW ngày 03/6/2013", "url": "https://example.org/a"},
    {"id": "b", "text": 'Chỉ thị "28",\nhai dòng', "url": None},
]
EXPECTED = [(row["id"], row["text"], row["url"]) for row in ROWS]
LINES = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in ROWS).encode()


def zipped(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


def tarred(members: dict[str, bytes], mode: str) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode=mode) as archive:
        for name, data in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return out.getvalue()


def table() -> bytes:
    out = io.StringIO()
    writer = csv.DictWriter(out, ["url", "id", "text"])
    writer.writeheader()
    writer.writerows(ROWS)
    return out.getvalue().encode()


def parquet() -> bytes:
    out = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(ROWS), out)
    return out.getvalue()


FILES = {
    "plain.jsonl": LINES,
    "one.jsonl.zst": ZstdCompressor().compress(LINES),
    "frames.jsonl.zst": b"".join(ZstdCompressor().compress(line) for line in LINES.splitlines(keepends=True)),
    "table.csv": table(),
    "table.parquet": parquet(),
    "lines.zip": zipped({"inner/texts.jsonl": LINES}),
    "lines.tar": tarred({"texts.jsonl": LINES}, "w"),
    "lines.tar.gz": tarred({"texts.jsonl": LINES}, "w:gz"),
    "lines.tgz": tarred({"x/texts.jsonl.zst": ZstdCompressor().compress(LINES)}, "w:gz"),
    "within.zip": zipped({"a/lines.tar.xz": tarred({"texts.jsonl": LINES}, "w:xz")}),
}


@pytest.mark.parametrize("name", FILES)
def test_every_form_gives_the_same_sources(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(FILES[name])
    (path,) = find_files([tmp_path])
    assert [(source.name, source.raw, source.origin) for source in read_sources(path)] == EXPECTED


def test_an_archive_of_files_is_like_the_folder(tmp_path: Path) -> None:
    members = {"tin/a.txt": "Nghị quyết 25".encode(), "README.md": b"about", ".hidden.txt": b"x", "b.png": b"y",
               "../c.txt": "Chỉ thị 28".encode()}  # fmt: skip
    (tmp_path / "texts.zip").write_bytes(zipped(members))
    found = [(source.name, source.origin) for source in read_sources(tmp_path / "texts.zip")]
    assert found == [("a", "a.txt"), ("c", "c.txt")]


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("cut.zip", FILES["lines.zip"][:-30], "cut off, damaged"),
        ("cut.tar.gz", FILES["lines.tar.gz"][:60], "cut off, damaged"),
        ("cut.jsonl.zst", FILES["one.jsonl.zst"][:-9] + b"no zstd..", "archive cut off or damaged"),
        ("x.parquet", b"PAR1 but not more", "no Parquet that can be read"),
        ("x.csv", b'id,text\n1,"\xff"\n', "no CSV in UTF-8"),
        ("y.csv", b"a,b\n1,2\n", "no catalogue"),
        ("z.csv", b"id,text\n1,\n", "holds no text"),
    ],
    ids=lambda value: value if isinstance(value, str) else "data",  # archives hold the time they were made
)
def test_damage_is_told(name: str, data: bytes, message: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(data)
    told: list[ReadError] = []
    assert list(read_sources(tmp_path / name, told.append)) == []
    assert len(told) == 1
    assert message in str(told[0])
    assert name in str(told[0])


def test_any_address_that_fsspec_knows() -> None:
    memory = fsspec.filesystem("memory")
    memory.pipe("/corpus/a.jsonl.zst", FILES["one.jsonl.zst"])
    memory.pipe("/corpus/notes.png", b"x")
    try:
        (address,) = find_files(["memory://corpus"])
        assert [source.raw for source in read_sources(address)] == [text for _, text, _ in EXPECTED]
        assert find_files(["memory://corpus/a.jsonl.zst"]) == [address]
        with pytest.raises(ReadError, match="nothing there"):
            find_files(["memory://absent"])
        with pytest.raises(ReadError, match="absent-kind"):
            find_files(["absent-kind://x/y"])
    finally:
        memory.rm("/corpus", recursive=True)
