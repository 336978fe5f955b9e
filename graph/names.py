"""Search among what documents are called: exact names, words in a row, all words, most words; in this order.

Within each the names stand as `graph.write_names` wrote them, by the standing of their documents, so a limit
leaves out the least of those that fit, and no question pays for all of them.
"""

from collections.abc import Sequence
from math import log
from typing import NamedTuple

from graph.index import DocumentIndex, marks
from graph.wanted import Wanted

MIN_COVERAGE = 0.75
"""Share of the asked words, weighed by rarity, that a name must hold to be found."""

_FEW = 20
"""Names below which those that hold only most of the words are looked for too."""


_MAX_NAMES = 200
"""Names that are scored; more candidates are of no use to anybody."""

_OTHER_MARKS = 0.9
"""What remains of the score of a name whose marks are others than those typed (`dẫn` for `dân`)."""

_MAX_WORDS = 50
"""Words of a question that are looked up in the full text, the first ones; no title needs more to be found."""

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
    questions = [words[:_MAX_WORDS] for words in questions]
    first = min(limit, _FIRST)
    in_a_row = " OR ".join(_quoted(" ".join(words)) for words in questions)
    found |= dict.fromkeys(_matching(index, f"folded : ({in_a_row})", first))
    holding = _matching(
        index, f"folded : ({' OR '.join(f'({_all_of(words)})' for words in questions)})", limit
    )
    found |= dict.fromkeys(holding)
    if len(found) < _FEW:
        for words in questions:
            most = _most_of(words, _rarities(index, words))
            found |= dict.fromkeys(_matching(index, f"folded : ({most})", limit))
    with_marks = frozenset(found)
    if marked:
        with_marks &= frozenset(_matching(index, f"marked : ({_all_of(marked[:_MAX_WORDS])})", first))
    return Found(list(found)[:limit], with_marks, truncated=len(holding) >= limit)


def _matching(index: DocumentIndex, expression: str, limit: int) -> list[int]:
    """Names that an expression of FTS5 fits, best first."""
    query = "SELECT rowid FROM name_text WHERE name_text MATCH ? ORDER BY rowid LIMIT ?"
    return [row[0] for row in index.rows(query, (expression, limit))]


class NameScore(NamedTuple):
    """How well the best name of a document answers a question.

    Attributes:
        score: 0 to 1; 1 where it is the very name.
        is_whole: whether it holds all words asked.
        is_name: whether it is just these words.
    """

    score: float
    is_whole: bool
    is_name: bool


def score_names(index: DocumentIndex, wanted: Wanted) -> dict[int, NameScore]:
    """The documents whose names answer a question best, in no order; perhaps none.

    Words in a row count for more, and so do short names, the very marks typed, and the standing of the document.
    """
    questions = (wanted.all_words, wanted.words)
    names = find_names(index, questions, wanted.marked, _MAX_NAMES)
    rarity = _rarities(index, wanted.all_words)
    found: dict[int, NameScore] = {}
    for name, document, folded in index.select("id, document, folded", "name", "id", names.names):
        words = tuple(folded.split())
        score = max(_likeness(asked, words, rarity) for asked in questions)
        if not score:
            continue
        is_name = words in questions
        if not is_name:
            score += float(index.standing[document])
        if name not in names.marked:
            score *= _OTHER_MARKS
        score = round(min(1.0, score), 4)
        if document not in found or score > found[document].score:
            found[document] = NameScore(score, set(words) >= set(wanted.words), is_name)
    return found


def _likeness(asked: Sequence[str], words: tuple[str, ...], rarity: dict[str, float]) -> float:
    """How well a name answers the asked words, 0 to 1; 0 where too few of them stand in it."""
    if not asked:
        return 0.0
    if asked == words:
        return 1.0
    have = set(words)
    share = sum(rarity[word] for word in asked if word in have) / sum(rarity[word] for word in asked)
    if share < MIN_COVERAGE:
        return 0.0
    in_a_row = f" {' '.join(asked)} " in f" {' '.join(words)} "
    return 0.5 * share + 0.2 * in_a_row + 0.1 * min(1, len(asked) / len(words))


def _rarities(index: DocumentIndex, words: Sequence[str]) -> dict[str, float]:
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
