"""Files within archives: zip and tar (plain, gzip, bzip2, xz), one member at a time, never unpacked by its own path."""

import re
import shutil
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import IO

from graph.errors import ReadError

ARCHIVES = (".zip", ".tar", ".tar.gz", ".tgz", ".tar.bz2", ".tar.xz")
"""What names of archives end in."""

_HIDDEN = re.compile(r"\.[^.]|__MACOSX")
_DAMAGES = (zipfile.BadZipFile, tarfile.TarError, zlib.error, EOFError, NotImplementedError, RuntimeError)


def archive_members(path: Path) -> Iterator[tuple[str, Path]]:
    """Each file of an archive by its name within, and a copy of it that lives until the next is asked for.

    Members stand in the order of the archive; hidden ones, folders and links are passed over.

    Raises:
        ReadError: cut off, damaged or encrypted (after the members before that). The message lacks the file.
        OSError: the file cannot be read.
    """
    try:
        for name, stream in _zipped(path) if path.suffix.lower() == ".zip" else _tarred(path):
            within = PurePosixPath(name)
            if any(_HIDDEN.match(part) for part in within.parts):
                continue
            with TemporaryDirectory(prefix="phahe-") as folder:
                copy = Path(folder, within.name)
                with copy.open("wb") as file:
                    shutil.copyfileobj(stream, file, 1 << 20)
                yield name, copy
    except _DAMAGES as error:
        raise ReadError(f"archive cut off, damaged or encrypted ({error}); expected a whole one") from error


def _zipped(path: Path) -> Iterator[tuple[str, IO[bytes]]]:
    with zipfile.ZipFile(path) as archive:
        for member in archive.infolist():
            if not member.is_dir():
                with archive.open(member) as stream:
                    yield member.filename, stream


def _tarred(path: Path) -> Iterator[tuple[str, IO[bytes]]]:
    with tarfile.open(path, "r:*") as archive:
        for member in archive:
            stream = archive.extractfile(member) if member.isfile() else None
            if stream is not None:
                yield member.name, stream
