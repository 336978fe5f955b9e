"""The first day on which something holds, as far as it is known: yes, no, or not to be told.

A date is an ISO prefix: `2013` is some day of 2013. A question's date (*as of*) is taken to its end: as of
2013 is as of its last day. What happens on a day holds on that day (half-open intervals).
"""

from collections.abc import Iterable
from dataclasses import dataclass

from graph.days import LAST, first_day, last_day


@dataclass(frozen=True, slots=True)
class Moment:
    """A day known to lie between two, as `yyyymmdd` (see `graph.days`).

    Attributes:
        first: the earliest it can be.
        last: the latest it can be.
    """

    first: int
    last: int

    def has_come(self, as_of: str | None) -> bool | None:
        """Whether it has come by a date (None: by the end of all time); None where that cannot be told.

        >>> [moment_of(date).has_come("2013-06-03") for date in ("2013-06-03", "2013-07", "2013")]
        [True, False, None]
        >>> moment_of("2013").has_come("2013"), moment_of("2013").has_come(None)
        (True, True)
        """
        end = last_day(as_of) if as_of else LAST
        if self.last <= end:
            return True
        return False if self.first > end else None

    @property
    def shown(self) -> str:
        """ISO prefix as precise as known, or two of them joined by `/` between which it lies.

        >>> moment_of("2013").shown, moments_of(["2013-01-01", "2014-02-01"]).shown
        ('2013', '2013-01-01/2014-02-01')
        """
        first, last = _prefix(self.first), _prefix(self.last)
        return first if first == last else f"{first}/{last}"

    @property
    def earliest(self) -> str:
        """ISO prefix of the earliest it can be."""
        return _prefix(self.first)


def moment_of(date: str) -> Moment:
    """The moment an ISO prefix tells."""
    return Moment(first_day(date), last_day(date))


def moments_of(dates: Iterable[str]) -> Moment | None:
    """One moment out of what several sources say; None where none says anything.

    Where they agree as far as they go, the most precise counts; where they contradict each other, it lies
    somewhere between them.

    >>> moments_of(["2013", "2013-06-03"]).shown
    '2013-06-03'
    """
    told = [moment_of(date) for date in dates]
    if not told:
        return None
    first, last = max(item.first for item in told), min(item.last for item in told)
    if first <= last:
        return Moment(first, last)
    return Moment(min(item.first for item in told), max(item.last for item in told))


def months_after(day: int, months: int) -> int:
    """The day some months after one; it may be one the month does not have, since days are only compared.

    >>> months_after(20221110, 27)
    20250210
    """
    count = day // 10000 * 12 + min(day // 100 % 100, 12) - 1 + months
    return count // 12 * 10000 + (count % 12 + 1) * 100 + day % 100


def is_before(one: str | None, other: str | None) -> bool:
    """Whether a date lies certainly before another; False where one is not known.

    >>> is_before("2013-06", "2013-07-01"), is_before("2013", "2013-07-01"), is_before(None, "2013")
    (True, False, False)
    """
    return one is not None and other is not None and last_day(one) < first_day(other)


def _prefix(day: int) -> str:
    """A day as an ISO prefix, what is not known of it left out."""
    year, month, day = day // 10000, day // 100 % 100, day % 100
    if not 1 <= month <= 12:
        return f"{year:04}"
    return f"{year:04}-{month:02}" + (f"-{day:02}" if 1 <= day <= 31 else "")
