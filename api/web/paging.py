"""Which part of a list a page shows, and the addresses of the parts before and after it."""

from dataclasses import dataclass
from urllib.parse import urlencode

from fastapi import Request


@dataclass(frozen=True, slots=True)
class Paging:
    """A part of a list.

    Attributes:
        offset: how many rows come before it.
        first: number of its first row, from 1; 0 in an empty list.
        last: number of its last row.
        total: rows of the whole list.
        previous: address of the part before, as a query, or None.
        next: address of the part after, as a query, or None.
    """

    offset: int
    first: int
    last: int
    total: int
    previous: str | None
    next: str | None

    @property
    def is_needed(self) -> bool:
        """Whether there is more than this part."""
        return self.previous is not None or self.next is not None


def paging_of(request: Request, total: int, size: int) -> Paging:
    """The part that `?offset=` asks for; whatever is no offset counts as 0, one beyond the end as the last part."""
    given = whole(request, "offset") or 0
    offset = min(given, max(0, (total - 1) // size * size))
    last = min(total, offset + size)

    def address(start: int) -> str:
        kept = [
            (name, value)
            for name, value in request.query_params.multi_items()
            if name not in ("offset", "lang")
        ]
        return "?" + urlencode([*kept, ("offset", start)])

    return Paging(
        offset,
        offset + 1 if total else 0,
        last,
        total,
        address(max(0, offset - size)) if offset else None,
        address(last) if last < total else None,
    )


def whole(request: Request, name: str) -> int | None:
    """A parameter as a whole number from 0; None where it is absent or none."""
    given = request.query_params.get(name, "")
    return int(given) if given.isascii() and given.isdigit() and len(given) < 10 else None
