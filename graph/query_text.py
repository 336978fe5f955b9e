r"""What the text of a query gives away before it is run: SERVICE, FROM, and the words of updates.

The engine has no switch against SERVICE and hands out no parsed query, so the text is read here. Every doubt
is decided for "it may be a keyword": `<` begins an IRI or says "less than", and which of the two shows only
to a parser, so where both are possible both readings are followed (`FILTER(1<2)SERVICE:x#>` holds an IRI in
one of them, and a SERVICE in the other). Processes that answer strangers are kept from the network besides
(`graph.egress`).

Source: https://www.w3.org/TR/sparql11-query/#sparqlGrammar
"""

import re
from collections.abc import Callable, Iterator, Sequence
from urllib.parse import urljoin

from graph.errors import QueryError
from graph.prefixes import PREFIXES

_UPDATES = frozenset({"INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "MOVE", "COPY"})
_SUSPECT = re.compile("service|from|" + "|".join(_UPDATES), re.IGNORECASE)
_IRI = re.compile(r"""<([^<>"{}|^`\\\x00-\x20]*)>""")
# Long strings stand before short ones, as `'''` is also an empty string and a quote. A local name ends at a
# dot here, since what follows the dot may be a keyword.
_TOKEN = re.compile(
    r"""(?P<blank>\s+|\#[^\n\r]*)
    |(?P<string>\"\"\"(?:[^"\\]|\\.|"(?!""))*\"\"\"|'''(?:[^'\\]|\\.|'(?!''))*'''
        |"(?:[^"\\\n\r]|\\.)*"|'(?:[^'\\\n\r]|\\.)*')
    |(?P<variable>[?$]\w+)
    |(?P<prefixed>[\w.-]*:(?:[\w:%-]|\\.)*)
    |(?P<number>[0-9]+)
    |(?P<word>\w+|@[\w-]+)
    |(?P<sign>\\.|.)""",
    re.DOTALL | re.VERBOSE,
)
_DEEPEST = 1000
_GAP = r"(?:\s|\#[^\n\r]*(?=[\n\r]))*"
_SERVICE_TARGET = re.compile(rf"SERVICE\b{_GAP}(?:SILENT\b{_GAP})?{_IRI.pattern}", re.IGNORECASE)
_FROM_TARGET = re.compile(
    rf"FROM\b{_GAP}(?:NAMED\b{_GAP})?(?:{_IRI.pattern}|(?P<name>[\w.-]*:(?:[\w.:%-]|\\.)*))", re.IGNORECASE
)
_PROLOGUE = re.compile(rf"(?:PREFIX{_GAP}(?P<prefix>[\w.-]*):{_GAP}|BASE{_GAP}){_IRI.pattern}", re.IGNORECASE)


def check_query(
    text: str,
    *,
    service_allow: Sequence[str] = (),
    has_graph: Callable[[str], bool] = lambda _: False,
    base: str = "",
) -> None:
    r"""Refuse what must not be asked: updates, SERVICE and FROM, unless SERVICE and FROM name what is allowed.

    Words within strings, IRIs, comments, variables and local names do not count. Within any other word
    SERVICE does, since a parser may need no blank before a keyword (`1SERVICE<...>`).

    Args:
        text: the query.
        service_allow: beginnings of addresses that SERVICE may ask, each up to a `/`, `?`, `#` or the end;
            variables and prefixed names as its target are refused.
        has_graph: whether the store has a graph of this IRI; FROM may name only those.
        base: IRI against which relative ones are resolved.

    Raises:
        QueryError: says the word and why.

    >>> check_query("SELECT ?from { ?from ph:service 'SERVICE' } # FROM")
    >>> check_query("SELECT * { SERVICE <http://127.0.0.1/> { ?s ?p ?o } }")
    Traceback (most recent call last):
    ...
    graph.errors.QueryError: query: SERVICE is refused here: it would make requests to other servers
    """
    for reading in _spellings(text):
        for kind, start, word in _keywords(reading):
            if kind == "word" and word in _UPDATES:
                raise QueryError(f"query: {word} is refused here: a query reads, it changes nothing")
            _check_service(reading, start, word, service_allow)
            if kind == "word" and word == "FROM":
                _check_from(reading, start, has_graph, base)


def check_update(text: str, *, service_allow: Sequence[str] = ()) -> None:
    """Refuse what an update must not do: LOAD, and SERVICE unless it names what is allowed.

    Raises:
        QueryError: says the word and why.
    """
    for reading in _spellings(text):
        for kind, start, word in _keywords(reading):
            if kind == "word" and word == "LOAD":
                raise QueryError("update: LOAD is refused here: it would make requests to other servers")
            _check_service(reading, start, word, service_allow)


def _spellings(text: str) -> tuple[str, ...]:
    r"""The text, and the text with `\uXXXX` resolved: SPARQL does so before it reads anything else."""
    plain = re.sub(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})", _character, text)
    return tuple(reading for reading in dict.fromkeys((plain, text)) if _SUSPECT.search(reading))


def _character(match: re.Match[str]) -> str:
    code = int(match[1] or match[2], 16)
    return chr(code) if code < 0x110000 else ""


def _keywords(text: str) -> Iterator[tuple[str, int, str]]:
    """Every place where a keyword may stand, in any reading: kind of token, start, word in upper case."""
    todo: list[tuple[int, str, bool]] = [(0, "", False)]
    seen: set[tuple[int, str, bool]] = set()
    while todo:
        at, brackets, after_operand = todo.pop()
        while at < len(text) and (at, brackets, after_operand) not in seen:
            seen.add((at, brackets, after_operand))
            iri = _IRI.match(text, at) if text[at] == "<" else None
            if iri is not None:
                if after_operand and brackets.endswith("("):
                    todo.append((at + 1, brackets, False))
                at, after_operand = iri.end(), True
                continue
            token = _TOKEN.match(text, at)
            assert token is not None  # noqa: S101 - its last branch takes any character
            kind = str(token.lastgroup)
            if kind in {"word", "prefixed"}:
                yield kind, at, token[0].split(":")[0].upper()
            elif token[0] in "([{":
                brackets += token[0]
                if len(brackets) > _DEEPEST:
                    raise QueryError(f"query: more than {_DEEPEST} brackets within each other")
            elif token[0] in ")]}":
                brackets = brackets[:-1]
            at = token.end()
            if kind != "blank":
                after_operand = kind != "sign" or token[0] in ")]}"


def _check_service(text: str, start: int, word: str, allowed: Sequence[str]) -> None:
    at = word.find("SERVICE")
    if at < 0:
        return
    if not allowed:
        raise QueryError("query: SERVICE is refused here: it would make requests to other servers")
    target = _SERVICE_TARGET.match(text, start + at)
    if target is None:
        raise QueryError("query: SERVICE is refused here unless an allowed address in <> follows it")
    if not any(_begins(target[1], beginning) for beginning in allowed):
        raise QueryError(
            f"query: SERVICE <{target[1]}> is refused here; allowed: {', '.join(allowed)} and what is below"
        )


def _begins(address: str, beginning: str) -> bool:
    """Whether an address is an allowed one or below it; `..` could lead out again."""
    rest = address.removeprefix(beginning)
    below = not rest or beginning.endswith("/") or rest[0] in "/?#"
    return address.startswith(beginning) and below and not re.search(r"(?:\.|%2e){2}", address, re.IGNORECASE)


def _check_from(text: str, start: int, has_graph: Callable[[str], bool], base: str) -> None:
    found = _FROM_TARGET.match(text, start)
    if found is None:
        return  # malformed: the engine says where
    prefixes, own_base = dict(PREFIXES), base
    for declared in _PROLOGUE.finditer(text, 0, start):
        name, value = declared.groups()
        if name is None:
            own_base = urljoin(own_base, value)
        else:
            prefixes[name] = urljoin(own_base, value)
    if found["name"]:
        name, _, local = found["name"].partition(":")
        graph = prefixes.get(name, "") + re.sub(r"\\(.)", r"\1", local)
    else:
        graph = urljoin(own_base, found[1])
    if not has_graph(graph):
        raise QueryError(
            f"query: FROM <{graph}> is refused here: this store has no such graph, and fetches none"
        )
