"""Whether a body may end a document of another: its issuer, its heir, or a body above it. See `authority.toml`."""

import tomllib
from functools import cache
from importlib.resources import files

from ontology.body import Body, bodies
from ontology.place import later_places

_LEVELS = ("central", "province", "district", "commune")


def may_end(body: Body, issuer: Body) -> bool | None:
    """Whether a body may replace or repeal what the issuer issued; None where these data do not tell.

    >>> from ontology.body import body_named
    >>> qh, cp, bnv, btc = (body_named(name) for name in ("Quốc hội", "Chính phủ", "Bộ Nội vụ", "Bộ Tài chính"))
    >>> may_end(qh, cp), may_end(cp, qh), may_end(bnv, btc), may_end(bnv, bnv)
    (True, False, False, True)
    """
    if body.id == issuer.id or body.id in _heirs(issuer.id):
        return True
    if body.polity != issuer.polity:
        return False
    if body.level is None or issuer.level is None:
        return None
    above, below = _LEVELS.index(body.level), _LEVELS.index(issuer.level)
    if above != below:
        return above < below
    if body.level in ("district", "commune"):
        return None
    if body.place != issuer.place and not (issuer.place and body.place in later_places(issuer.place)):
        return False
    ranks = _rank(body), _rank(issuer)
    return ranks[0] < ranks[1] or (ranks[0] == ranks[1] and _is_listed(body))


def _rank(body: Body) -> int:
    ranks = _ranks(body.polity, body.level or "")
    return next((rank for rank, ids in enumerate(ranks) if _kind(body) in ids), len(ranks))


def _is_listed(body: Body) -> bool:
    return _rank(body) < len(_ranks(body.polity, body.level or ""))


def _kind(body: Body) -> str:
    """The id without its province: `ubnd` of `ubnd-hai-duong`."""
    return body.id.removesuffix(f"-{body.place}") if body.place else body.id


@cache
def _ranks(polity: str, level: str) -> tuple[frozenset[str], ...]:
    rows = tomllib.loads(files("ontology").joinpath("authority.toml").read_text(encoding="utf-8"))["order"]
    for row in rows:
        if (row["polity"], row["level"]) == (polity, level):
            return tuple(frozenset(ids) for ids in row["ranks"])
    return ()


@cache
def _known() -> dict[str, Body]:
    return {body.id: body for body in bodies()}


@cache
def _heirs(id_: str) -> frozenset[str]:
    """Ids of all bodies that came after one, near and far."""
    found: set[str] = set()
    waiting = [id_]
    while waiting:
        body = _known().get(waiting.pop())
        fresh = set(body.successors) - found if body else set()
        found |= fresh
        waiting += sorted(fresh)
    return frozenset(found)
