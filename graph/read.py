"""Files to sources: texts in many formats, lines of texts, catalogues.

A format has its own module (`read_html`, `read_docx`, ...), which says what was found and what was expected;
here the file is named, and what could be read goes on. Raw text is not translated: newlines stay as they are.
"""

import logging
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path, PurePath, PurePosixPath

from graph.encoding import Decoded, decode_bytes, mend_legacy_font, replace_surrogates
from graph.errors import ReadError
from graph.model import Source
from graph.read_archive import ARCHIVES, archive_members
from graph.read_docx import docx_text
from graph.read_html import html_text
from graph.read_jsonl import Line, jsonl_lines
from graph.read_pdf import pdf_text
from graph.read_table import csv_lines, is_table_of_texts, parquet_lines
from graph.remote import fetched, is_remote, list_remote

SUFFIXES = (
    ".txt", ".md", ".html", ".htm", ".docx", ".pdf", ".jsonl", ".jsonl.gz", ".jsonl.zst", ".csv", ".parquet", *ARCHIVES
)  # fmt: skip
"""What file names end in, in small letters, for the formats that can be read."""

_DOUBLE = tuple(suffix for suffix in SUFFIXES if suffix.count(".") > 1)

_REFUSED = {
    ".doc": "an old Word file",
    ".docm": "a Word file with macros",
    ".odt": "an OpenDocument file",
    ".rtf": "an RTF file",
}
"""Texts that cannot be read: a folder's walk gives them, so that they are reported and not passed over."""


_LOG = logging.getLogger("phahe.read")


class ReadWarning(ReadError):  # noqa: N818 - the text was read
    """A text was read, but not quite as it stands in the file: what was replaced, guessed or left out."""


def find_files(paths: Sequence[Path | str]) -> list[Path | str]:
    """Files to read: folders walked in sorted order, hidden files and READMEs (they tell of the folder) passed over.

    A folder gives files with one of `SUFFIXES`, and those texts (.doc, .rtf ...) that `read_sources` refuses
    with a hint; a file named outright is kept whatever its name. Links are followed; no folder comes twice.

    Args:
        paths: files and folders, and as str addresses of either (`s3://...`, see `graph.remote`); their order is kept.

    Raises:
        ReadError: a path does not exist, or a folder cannot be read or holds nothing readable.
    """
    found: list[Path | str] = []
    for given in paths:
        if is_remote(given):
            addresses = list_remote(str(given))
            found += [name for name in addresses if name == given or _is_text(PurePosixPath(name))]
            continue
        path = Path(given)
        try:
            if not path.is_dir():
                _check_file(path)
                found.append(path)
                continue
            inside = list(_walk(path, set()))
        except ReadError as error:
            raise ReadError(f"{_printable(path)}: {error}") from error
        except OSError as error:
            where = _printable(error.filename or path)
            raise ReadError(f"{where}: cannot be read ({error.strerror or error})") from error
        if not inside:
            expected = f"expected files ending in {' '.join(SUFFIXES)}"
            raise ReadError(f"{_printable(path)}: no texts in this folder; {expected}")
        found.extend(inside)
    return found


def read_sources(path: Path | str, on_error: Callable[[ReadError], None] | None = None) -> Iterator[Source]:
    """Sources of one file: one, or as many as a table has rows or an archive files; never one without text.

    Args:
        path: the file, or its address.
        on_error: called with a `ReadError` for the file or for each bad line (the others are still read), and
            with a `ReadWarning` for each oddity of a text that is read. None: the first error is raised,
            warnings go to the log.

    Raises:
        ReadError: on iteration, where `on_error` is None: `file: what was found; what was expected`.
    """
    for found in _read(path):
        if isinstance(found, Source):
            yield found
        elif on_error:
            on_error(found)
        elif isinstance(found, ReadWarning):
            _LOG.warning("%s", found)
        else:
            raise found


def _read(path: Path | str) -> Iterator[Source | ReadError]:
    if not is_remote(path):
        yield from _read_file(Path(path), _printable(path))
        return
    try:
        with fetched(str(path)) as copy:
            yield from _read_file(copy, _printable(path))
    except ReadError as error:
        yield ReadError(f"{_printable(path)}: {error}")


def _read_file(path: Path, shown: str) -> Iterator[Source | ReadError]:
    try:
        _check_file(path)
        suffix = _suffix(path)
        if suffix in ARCHIVES:
            for name, member in archive_members(path):
                if _is_text(PurePosixPath(name)):
                    yield from _read_file(member, f"{shown}/{_printable(name)}")
        elif (lines := _lines(path, suffix)) is not None:
            for number, source, notes in lines:
                kind = ReadWarning if source else ReadError
                yield from (kind(f"{shown}:{number}: {note}") for note in notes)
                if source:
                    yield source
        else:
            decoded = _decoded(path)
            yield from (ReadWarning(f"{shown}: {note}") for note in decoded.notes)
            yield _source(path, decoded.text)
    except ReadError as error:
        # what libraries say may have several lines
        yield ReadError(f"{shown}: {' '.join(str(error).split())}")
    except OSError as error:
        yield ReadError(f"{shown}: cannot be read ({error.strerror or error})")


def _lines(path: Path, suffix: str) -> Iterator[Line] | None:
    """The rows of a table of texts; None where the file is none."""
    if suffix.startswith(".jsonl"):
        return jsonl_lines(path)
    if suffix == ".parquet":
        return parquet_lines(path)
    if suffix == ".csv":
        with path.open("rb") as file:
            header = file.readline(10_000).decode("utf-8-sig", "replace")
        return csv_lines(path) if is_table_of_texts(header) else None
    return None


def _decoded(path: Path) -> Decoded:
    suffix = _suffix(path)
    if suffix in (".docx", ".pdf") and not path.stat().st_size:
        return Decoded("", "utf-8")
    match suffix:
        case ".txt" | ".md":
            return _mended(decode_bytes(path.read_bytes()))
        case ".html" | ".htm":
            return _mended(html_text(path.read_bytes()))
        case ".docx":
            return docx_text(path)
        case ".pdf":
            return _mended(pdf_text(path))
        case ".csv":
            return decode_bytes(path.read_bytes())
    expected = f"expected one of {' '.join(SUFFIXES)}"
    if suffix in _REFUSED:
        raise ReadError(f"{_REFUSED[suffix]}, which is not read; {expected}: save it as .docx")
    raise ReadError(f"unknown kind of file {suffix or 'without a suffix'}; {expected}")


def _source(path: Path, text: str) -> Source:
    if not text.strip():
        raise ReadError("holds no text")
    is_table = _suffix(path) == ".csv"
    if is_table and not _is_catalogue(text):
        raise ReadError(
            "a CSV file, but no catalogue; expected the columns of one (data/README.md), or id and text"
        )
    name = path.name[: -len(_suffix(path))] if _suffix(path) else path.name
    return Source(_printable(name), text, _printable(path.name), "catalogue" if is_table else "text")


def _is_catalogue(text: str) -> bool:
    header = set(text.lstrip().partition("\n")[0].strip().split(","))
    return {"id", "number", "type", "title"} <= header or {"subject", "predicate", "object"} <= header


def _mended(decoded: Decoded) -> Decoded:
    if mended := mend_legacy_font(decoded.text):
        text, name = mended
        return Decoded(text, decoded.encoding, (*decoded.notes, f"typed in an old font: read as {name}"))
    return decoded


def _walk(folder: Path, seen: set[tuple[int, int]]) -> Iterator[Path]:
    status = folder.stat()
    if (status.st_dev, status.st_ino) in seen:
        return
    seen.add((status.st_dev, status.st_ino))
    for path in sorted(folder.iterdir()):
        if path.name.startswith("."):
            continue
        if path.is_dir():
            yield from _walk(path, seen)
        elif _is_text(path):
            yield path


def _is_text(path: PurePath) -> bool:
    """Whether a file in a folder is meant to be read: READMEs tell of the folder."""
    return path.stem.upper() != "README" and (_suffix(path) in SUFFIXES or _suffix(path) in _REFUSED)


def _check_file(path: Path) -> None:
    if path.is_file():
        return
    if path.is_symlink():
        raise ReadError("a symbolic link that leads nowhere or in a circle, expected a file")
    if path.is_dir():
        raise ReadError("a folder, expected a file")
    raise ReadError("no regular file (a device or pipe)" if path.exists() else "no such file or folder")


def _suffix(path: PurePath) -> str:
    name = path.name.lower()
    double = next((end for end in _DOUBLE if name.endswith(end) and name != end), None)
    return double or path.suffix.lower()


def _printable(path: Path | str) -> str:
    # bytes of a file name that are no UTF-8 came in as surrogates, which nothing can print
    return replace_surrogates(str(path)).text
