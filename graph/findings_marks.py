"""What people have said of findings: seen, or wrong; a small TOML file that is read with every question.

    [[finding]]
    id = "0c1d2e3f4a5b6c7d"
    mark = "wrong"            # or "seen"
    note = "Đọc nhầm số"      # may be left out

It lies in the store's folder as `findings.toml` unless named otherwise; builds leave it alone. Ids are made
of what a finding is about, so a mark holds through later builds for as long as the finding is made at all.
"""

import tomllib
from dataclasses import dataclass
from pathlib import Path

from graph.errors import ReadError

MARKS = "findings.toml"
"""Name of the file in a store's folder."""

WORDS = ("seen", "wrong")


@dataclass(frozen=True, slots=True)
class Mark:
    """What somebody said of a finding.

    Attributes:
        id: the finding's.
        mark: `seen` or `wrong`.
        note: why; may be empty.
    """

    id: str
    mark: str
    note: str = ""


def read_marks(path: Path) -> dict[str, Mark]:
    """Marks by finding id; empty where the file is not there.

    Raises:
        ReadError: it is no such file; names the entry.
    """
    try:
        rows = tomllib.loads(path.read_text(encoding="utf-8")).get("finding", [])
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:
        raise ReadError(f"{path}: {error}") from error
    marks: dict[str, Mark] = {}
    for number, row in enumerate(rows if isinstance(rows, list) else [], 1):
        id_, mark = str(row.get("id", "")), str(row.get("mark", ""))
        if not id_ or mark not in WORDS:
            raise ReadError(
                f"{path}: finding {number}: id {id_!r}, mark {mark!r}; expected an id and one of {', '.join(WORDS)}"
            )
        marks[id_] = Mark(id_, mark, str(row.get("note", "")))
    return marks
