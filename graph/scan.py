"""Patterns that are found fast: `re` looks for a literal beginning by its letters, for an assertion place by place."""

import re
from collections.abc import Iterable, Iterator


def word_pattern(lead: str, rest: str = "") -> re.Pattern[str]:
    r"""A pattern over folded text that begins, at the beginning of a word, with these letters.

    The same as `(?<![a-z])` before it, some ten times faster.

    Args:
        lead: letters, taken literally.
        rest: regular expression behind them.

    >>> [m.start() for m in word_pattern("luat", r"(?=\s)").finditer("luat va xluat , phap luat moi")]
    [0, 21]
    """
    return re.compile(f"{lead}(?<![a-z]{lead}){rest}")


def matches(patterns: Iterable[re.Pattern[str]], text: str) -> Iterator[re.Match[str]]:
    """The matches of one pattern after the other, each in text order."""
    return (match for pattern in patterns for match in pattern.finditer(text))
