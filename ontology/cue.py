"""Words that carry a relation between documents, read from `cues.toml`."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

Role = Literal["act", "state", "passive", "issue", "block"]
"""act: the subject stands before and acts on what follows; state: said of what stands before (`hết hiệu lực`);
passive: what follows acts on what stands before; issue: a body issues what follows; block: no relation after it."""


@dataclass(frozen=True, slots=True)
class Cue:
    """One cue.

    Attributes:
        id: name, used as the `rule` of the relations it gives.
        role: what it does.
        predicate: narrowest property it states; empty for cues that state none alone.
        confidence: 0 to 1.
        pattern: over folded text.
        words: letters of which every match holds at least one; empty where a match may hold any.
        examples: texts (with marks) that hold it.
        counter_examples: texts that do not.
        source: document and article of the wording, or the usage.
    """

    id: str
    role: Role
    predicate: str
    confidence: float
    pattern: re.Pattern[str]
    words: tuple[str, ...]
    examples: tuple[str, ...]
    counter_examples: tuple[str, ...]
    source: str


@cache
def cues() -> tuple[Cue, ...]:
    """All cues, in the order of the file."""
    data = tomllib.loads(files("ontology").joinpath("cues.toml").read_text(encoding="utf-8"))
    return tuple(
        Cue(
            id=row["id"],
            role=row["role"],
            predicate=row["predicate"],
            confidence=row["confidence"],
            pattern=re.compile(rf"(?<![a-z])(?:{_blanks(row['pattern'])})(?![a-z])"),
            words=tuple(row.get("words", ())),
            examples=tuple(row["examples"]),
            counter_examples=tuple(row["counter_examples"]),
            source=row["source"],
        )
        for row in data["cue"]
    )


@cache
def cue(name: str) -> Cue:
    """The cue with this id.

    Raises:
        KeyError: there is none.
    """
    for row in cues():
        if row.id == name:
            return row
    raise KeyError(name)


def _blanks(pattern: str) -> str:
    """A blank may be missing in print (glued words), be several, or be a line break."""
    return pattern.replace(" ", r"\s{0,4}")
