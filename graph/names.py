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


_FIRST = 2000
"""Names that are put first for holding the words in a row, or with their marks; of more it makes no difference."""


class Found(NamedTuple):
    """What a search found.

    Attributes:
        names: ids of names, best first.
        marked: those of them that bear the very marks that were asked for; all where none were.
        truncated: whether the limit left some out.
    """

    names: list[int]
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
    if not questions:
        return Found([], frozenset(), truncated=False)
    names = [" ".join(words) for words in questions]
    query = f"SELECT id FROM name WHERE folded IN ({marks(names)}) ORDER BY id LIMIT ?"  # noqa: S608 - marks only
    found = dict.fromkeys(row[0] for row in index.rows(query, (*names, limit)))
    first = min(limit, _FIRST)
    found |= dict.fromkeys(_matching(index, f"folded : ({' OR '.join(map(_quoted, names))})", first))
    holding = _matching(
        index, f"folded : ({' OR '.join(f'({_all_of(words)})' for words in questions)})", limit
    )
    found |= dict.fromkeys(holding)
    if len(found) < _FEW:
        for words in questions:
            most = _most_of(words, rarities(index, words))
            found |= dict.fromkeys(_matching(index, f"folded : ({most})", limit))
    with_marks = frozenset(found)
    if marked:
        with_marks &= frozenset(_matching(index, f"marked : ({_all_of(marked)})", first))
    return Found(list(found)[:limit], with_marks, truncated=len(holding) >= limit)


def _matching(index: DocumentIndex, expression: str, limit: int) -> list[int]:
    """Names that an expression of FTS5 fits, best first."""
    query = "SELECT rowid FROM name_text WHERE name_text MATCH ? ORDER BY rowid LIMIT ?"
    return [row[0] for row in index.rows(query, (expression, limit))]


def rarities(index: DocumentIndex, words: Sequence[str]) -> dict[str, float]:
    """How much each word tells: the rarer among all names, the more."""
    known = dict(index.select("word, names", "frequency", "word", set(words)))
    count = max(1, len(index.name_documents))
    return {word: log(1 + count / (1 + known.get(word, 0))) for word in words}


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
