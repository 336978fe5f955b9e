"""Files that are not of this machine: any address fsspec knows (`s3://`, `gs://`, `hdfs://`, of the web).

A file is fetched before it is read and gone afterwards, so that a build needs room for the largest of them and a text
is read in one way. What a kind of address needs (`s3fs`, `gcsfs` ...) the user installs; fsspec says which.
"""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import Any

from fsspec.core import url_to_fs

from graph.errors import ReadError


def is_remote(path: Path | str) -> bool:
    """Whether this is an address, not a path.

    >>> is_remote("s3://corpus/texts"), is_remote("texts"), is_remote(Path("a:/b"))
    (True, False, False)
    """
    return isinstance(path, str) and "://" in path


def list_remote(address: str) -> list[str]:
    """Addresses of the files below one, sorted; the address itself where it is a file.

    Raises:
        ReadError: nothing is there, or it cannot be reached.
    """
    system, path = _system(address)
    try:
        found = [path] if system.isfile(path) else sorted(system.find(path))
    except Exception as error:  # each kind of address has errors of its own
        raise ReadError(f"{address}: cannot be reached ({' '.join(str(error).split())[:200]})") from error
    if not found:
        raise ReadError(f"{address}: nothing there")
    return [str(system.unstrip_protocol(name)) for name in found]


@contextmanager
def fetched(address: str) -> Iterator[Path]:
    """A copy of a remote file, under its own name, as long as it is needed.

    Raises:
        ReadError: it cannot be fetched.
    """
    system, path = _system(address)
    with TemporaryDirectory(prefix="phahe-") as folder:
        copy = Path(folder, PurePosixPath(path).name)
        try:
            with system.open(path, "rb") as remote, copy.open("wb") as local:
                shutil.copyfileobj(remote, local, 1 << 20)
        except Exception as error:  # each kind of address has errors of its own
            raise ReadError(f"cannot be fetched ({' '.join(str(error).split())[:200]})") from error
        yield copy


def state_of_remote(address: str) -> str:
    """What changes when the file does, as far as its store tells; "" where it cannot be told."""
    try:
        system, path = _system(address)
        return str(system.checksum(path))
    except Exception:  # reading it will tell
        return ""


def _system(address: str) -> tuple[Any, str]:
    try:
        system, path = url_to_fs(address)
    except (ImportError, ValueError) as error:
        raise ReadError(f"{address}: {' '.join(str(error).split())}") from error
    return system, path
