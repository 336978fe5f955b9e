"""Tables of texts: Parquet, and CSV that is no catalogue, with columns `id` and `text` and perhaps `url`."""

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from graph.errors import ReadError
from graph.read_jsonl import Line, source_of_row

_BATCH = 256
"""Rows of a Parquet file in memory."""


def parquet_lines(path: Path) -> Iterator[Line]:
    """Read a Parquet file some rows at a time.

    Raises:
        ReadError: no Parquet, columns are missing, or pyarrow is. The message lacks the file.
        OSError: the file cannot be read.
    """
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError:
        raise ReadError("Parquet needs pyarrow; install phahe[parquet]") from None
    try:
        file = pq.ParquetFile(path)
        names = _columns(file.schema_arrow.names)
        number = 0
        for batch in file.iter_batches(_BATCH, columns=names):
            for row in batch.to_pylist():
                number += 1
                yield _line(number, row)
    except pa.ArrowException as error:
        raise ReadError(f"no Parquet that can be read ({error})") from error


def csv_lines(path: Path) -> Iterator[Line]:
    """Read a CSV file (UTF-8, RFC 4180) row by row.

    Raises:
        ReadError: no UTF-8, or columns are missing. The message lacks the file.
        OSError: the file cannot be read.
    """
    csv.field_size_limit(256_000_000)
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = csv.DictReader(file)
        try:
            _columns(rows.fieldnames or ())
            for row in rows:
                yield _line(rows.line_num, row)
        except (csv.Error, UnicodeDecodeError) as error:
            raise ReadError(f"line {rows.line_num}: no CSV in UTF-8 ({error})") from error


def is_table_of_texts(header: str) -> bool:
    """Whether the first line of a CSV file names the columns of texts.

    >>> is_table_of_texts("id,url,text"), is_table_of_texts("id,number,type,title")
    (True, False)
    """
    return {"id", "text"} <= {name.strip().strip('"') for name in header.split(",")}


def _columns(names: Any) -> list[str]:
    if not {"id", "text"} <= set(names):
        raise ReadError(f"columns are {', '.join(names) or 'none'}; expected id and text, and perhaps url")
    return [name for name in ("id", "text", "url") if name in names]


def _line(number: int, row: dict[str, Any]) -> Line:
    try:
        return Line(number, *source_of_row(row))
    except ReadError as error:
        return Line(number, None, [str(error)])
