"""Days as numbers `yyyymmdd`, so that dates of different precision can be compared, in arrays too."""

import re
from datetime import UTC, datetime, timedelta, timezone

from graph.errors import QueryError

_DATE = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?")

_VIETNAM = timezone(timedelta(hours=7))

FIRST, LAST = 0, 99999999
"""What stands before and after every day."""


def first_day(date: str) -> int:
    """The first day an ISO prefix may mean, `00` for a month or day not known; FIRST where it is none.

    >>> first_day("2013-06-03"), first_day("2013-06"), first_day("2013")
    (20130603, 20130600, 20130000)
    """
    found = _DATE.match(date)
    return int("".join(part or "00" for part in found.groups())) if found else FIRST


def last_day(date: str) -> int:
    """The last day an ISO prefix may mean, `99` for a month or day not known; LAST where it is none.

    >>> last_day("2013-06-03"), last_day("2013-06"), last_day("2013")
    (20130603, 20130699, 20139999)
    """
    found = _DATE.match(date)
    return int("".join(part or "99" for part in found.groups())) if found else LAST


def is_within(date: str | None, bound: str | None) -> bool:
    """Whether a date is not certainly after a bound; both ISO prefixes, compared as far as both go.

    >>> is_within("2013", "2013-06-03"), is_within("2013-07", "2013-06-03"), is_within(None, "2013")
    (True, False, True)
    """
    return date is None or bound is None or first_day(date) <= last_day(bound)


def checked_date(date: str | None) -> str | None:
    """The date itself.

    Raises:
        QueryError: it is no ISO prefix.
    """
    if date is not None and not re.fullmatch(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?", date):
        raise QueryError(f"date {date!r}: expected an ISO date (2013-06-03, 2013-06 or 2013)")
    return date


def today() -> str:
    """The ISO day it is in Vietnam; for who asks and for the journal of builds, never for what a graph holds."""
    return datetime.now(UTC).astimezone(_VIETNAM).date().isoformat()
