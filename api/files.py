"""Files that commands write: whole or not at all."""

import tempfile
from pathlib import Path

from graph.errors import PhaheError


def write_whole(path: Path, content: bytes) -> None:
    """Write a file so that a crash, a full disk or a reader never leaves or meets half of it.

    Raises:
        PhaheError: it cannot be written there.
    """
    try:
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", delete=False) as file:
            aside = Path(file.name)
            file.write(content)
        aside.chmod(0o644)
        aside.replace(path)
    except OSError as error:
        raise PhaheError(f"{path}: cannot be written ({error.strerror or error})") from error
