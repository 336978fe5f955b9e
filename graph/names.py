"""Search among what documents are called: exact names, words in a row, all words, most words; in this order.

Within each the names stand as `graph.write_names` wrote them, by the standing of their documents, so a limit
leaves out the least of those that fit, and no question pays for all of them.
"""

from collections.abc import Sequence
from math import log
from typing import NamedTuple

from graph.index import DocumentIndex, marks

MIN_COVERAGE = 0.75
"""Share of the asked words, weighed by rarity, that a name must hold to be found."""

_FEW = 20
"""Names below which those that hold only most of the words are looked for too."""


class Name(NamedTuple):
    """A name that was found.

    Attributes:
        id: its number; lower ones stand higher.
        document: whose name it is.
        folded: its words.
    """

    id: int
    document: int
    folded: str


class Found(NamedTuple):
    """What a search found.

    Attributes:
        names: best first.
        marked: ids of those that bear the very marks that were asked for; all where none were.
        truncated: whether the limit left some out.
    """

    names: list[Name]
    marked: frozenset[int]
    truncated: bool


def find_names(
    index: DocumentIndex, asked: Sequence[Sequence[str]], marked: Sequence[str], limit: int
) -> Found:
    """Names that hold the words asked.

    Args:
        index: the names.
        asked: the same question in folded words, with more and with fewer of them; any of these may fit.
        marked: those of the words that were typed with marks, as `graph.wanted.marked_words` writes them.
        limit: most names.
    """
    questions = list(dict.fromkeys(tuple(words) for words in asked if words))
    found: dict[int, Name] = {}

    def look(query: str, *values: str) -> None:
        if len(found) < limit:
            found.update(
                (row[0], Name(*row)) for row in index.rows(query, (*values, limit)) if row[0] not in found
            )

    if questions:
        look(_EXACT % marks(questions), *(" ".join(words) for words in questions))
        look(_TEXT, f"folded : ({' OR '.join(map(_in_a_row, questions))})")
        look(_TEXT, f"folded : ({' OR '.join(f'({_all_of(words)})' for words in questions)})")
    if len(found) < _FEW:
        for words in questions:
            look(_TEXT, f"folded : ({_most_of(words, rarities(index, words))})")
    names = list(found.values())[:limit]
    with_marks = found.keys() & _with_marks(index, marked, limit) if marked else found.keys()
    return Found(names, frozenset(with_marks), truncated=len(found) >= limit)


_NAME = "SELECT id, document, name.folded FROM name"
_EXACT = f"{_NAME} WHERE name.folded IN (%s) ORDER BY id LIMIT ?"
_TEXT = (
    f"{_NAME} JOIN name_text ON name_text.rowid = id WHERE name_text MATCH ? ORDER BY name_text.rowid LIMIT ?"
)


def rarities(index: DocumentIndex, words: Sequence[str]) -> dict[str, float]:
    """How much each word tells: the rarer among all names, the more."""
    known = dict(index.select("word, names", "frequency", "word", set(words)))
    count = max(1, index.name_count)
    return {word: log(1 + count / (1 + known.get(word, 0))) for word in words}


def _in_a_row(words: Sequence[str]) -> str:
    return _quoted(" ".join(words))


def _all_of(words: Sequence[str]) -> str:
    return " AND ".join(map(_quoted, dict.fromkeys(words)))


def _most_of(words: Sequence[str], rarity: dict[str, float]) -> str:
    """What a name that covers enough of the words must hold: of each group one.

    The groups are disjoint and each weighs more than a name may miss, so who has none of a group misses too
    much. Not all that fit this cover enough.
    """
    left = (1 - MIN_COVERAGE) * sum(rarity[word] for word in words)
    groups: list[list[str]] = []
    weight = left + 1
    for word in sorted(dict.fromkeys(words), key=lambda word: (-rarity[word], word)):
        if weight > left:
            groups.append([])
            weight = 0.0
        groups[-1].append(word)
        weight += rarity[word] * words.count(word)
    if weight <= left and len(groups) > 1:
        groups.pop()
    return " AND ".join(f"({' OR '.join(map(_quoted, group))})" for group in groups)


def _quoted(word: str) -> str:
    return f'"{word}"'


def _with_marks(index: DocumentIndex, marked: Sequence[str], limit: int) -> set[int]:
    query = "SELECT rowid FROM name_text WHERE name_text MATCH ? ORDER BY rowid LIMIT ?"
    return {row[0] for row in index.rows(query, (f"marked : ({_all_of(marked)})", limit))}
