"""Texts as JSON lines, plain, gzip or zstandard: one object `{"id", "text"}` a line, `url` if there is one."""

import gzip
import io
import json
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple, cast

from zstandard import ZstdDecompressor, ZstdError

from graph.encoding import decode_bytes, replace_surrogates
from graph.errors import ReadError
from graph.model import Source


class Line(NamedTuple):
    """What one line gave: a source and perhaps notes on it, or no source and the reason."""

    number: int
    source: Source | None
    notes: list[str]


LIMIT = 256_000_000
"""Longest line in bytes: a text is held in memory, a broken archive must not fill it."""


def jsonl_lines(path: Path) -> Iterator[Line]:
    """Read line by line, one line in memory at a time; empty lines are passed over.

    Args:
        path: the file; compression is told by its name.

    Raises:
        ReadError: the archive is cut off or damaged (after the lines before that), a line is too long, or all
            are empty. The message lacks the file.
        OSError: the file cannot be read.
    """
    number, n_lines = 0, 0
    with path.open("rb") as file:
        suffix = path.suffix.lower()
        stream = _decompressed(file, suffix)
        while True:
            try:
                line = stream.readline(LIMIT + 1)
            except (EOFError, zlib.error, gzip.BadGzipFile, ZstdError) as error:
                found = f"archive cut off or damaged after line {number} ({error})"
                raise ReadError(f"{found}; expected a complete {suffix}: fetch it anew") from error
            if not line:
                break
            number += 1
            if number == 1:
                line = line.removeprefix(b"\xef\xbb\xbf")
            if len(line) > LIMIT:
                raise ReadError(f"line {number} is longer than {LIMIT} bytes; expected one text a line")
            if not line.strip():
                continue
            n_lines += 1
            try:
                yield Line(number, *_source(line))
            except ReadError as error:
                yield Line(number, None, [str(error)])
    if not n_lines:
        raise ReadError("holds no text; expected one JSON object a line")


def _decompressed(file: BinaryIO, suffix: str) -> BinaryIO:
    if suffix == ".gz":
        return cast("BinaryIO", gzip.GzipFile(fileobj=file))
    if suffix == ".zst":
        return io.BufferedReader(ZstdDecompressor().stream_reader(file, read_across_frames=True))
    return file


def _source(line: bytes) -> tuple[Source, list[str]]:
    decoded = decode_bytes(line)
    if decoded.encoding != "utf-8":
        raise ReadError(f"encoded as {decoded.encoding}, expected UTF-8")
    try:
        value = json.loads(decoded.text)
    # RecursionError: thousands of brackets within each other
    except (ValueError, RecursionError) as error:
        raise ReadError(f'no JSON ({error}), expected {{"id": ..., "text": ...}}') from error
    if not isinstance(value, dict):
        raise ReadError(f'{_kind(value)}, expected an object {{"id": ..., "text": ...}}')
    source, notes = source_of_row(value)
    return source, [*decoded.notes, *notes]


def source_of_row(value: Mapping[str, Any]) -> tuple[Source, list[str]]:
    """The source of a row of texts, and notes on it.

    Args:
        value: `id` and `text`, and perhaps `url`.

    Raises:
        ReadError: one is missing or of the wrong kind, or the text is empty.
    """
    name, text, url = value.get("id"), value.get("text"), value.get("url")
    if isinstance(name, bool) or not isinstance(name, str | int):
        found = _kind(name) if "id" in value else "missing"
        raise ReadError(f'"id" is {found}, expected a string or a whole number')
    if not isinstance(text, str):
        raise ReadError(f'"text" is {_kind(text) if "text" in value else "missing"}, expected a string')
    if not text.strip():
        raise ReadError(f'"text" of {name!r} holds no text')
    notes: list[str] = []
    if url is not None and not isinstance(url, str):
        notes.append(f'"url" is {_kind(url)}, expected a string; left out')
        url = None
    raw = replace_surrogates(text)
    notes.extend(raw.notes)
    origin = replace_surrogates(url).text if url else None
    return Source(replace_surrogates(str(name)).text, raw.text, origin), notes


def _kind(value: Any) -> str:
    names = {dict: "an object", list: "a list", str: "a string", bool: "true or false", type(None): "null"}
    return names.get(type(value), "a number")
