"""Dates as precise as they are known, compared honestly: yes, no, or not to be told.

A date is an ISO prefix: `2013` is some day of 2013. A question's date (*as of*) is taken to its end: as of
2013 is as of its last day. What happens on a day holds on that day (half-open intervals).
"""

from collections.abc import Iterable
from dataclasses import dataclass

_LAST = "9999-12-31"


@dataclass(frozen=True, slots=True)
class Moment:
    """The first day on which something holds, known to lie between two days.

    Attributes:
        first: ISO day, the earliest it can be.
        last: ISO day, the latest it can be; equal to `first` where the day is known.
    """

    first: str
    last: str

    def has_come(self, as_of: str | None) -> bool | None:
        """Whether it has come by a date (None: by the end of all time); None where that cannot be told.

        >>> [moment_of(date).has_come("2013-06-03") for date in ("2013-06-03", "2013-07", "2013")]
        [True, False, None]
        >>> moment_of("2013").has_come("2013"), moment_of("2013").has_come(None)
        (True, True)
        """
        end = last_day(as_of) if as_of else _LAST
        if self.last <= end:
            return True
        return False if self.first > end else None

    @property
    def shown(self) -> str:
        """ISO prefix as precise as known; two of them joined by `/` where sources contradict each other.

        >>> moment_of("2013").shown, moments_of(["2013-01-01", "2014-02-01"]).shown
        ('2013', '2013-01-01/2014-02-01')
        """
        if self.first == self.last:
            return self.first
        for length in (7, 4):
            prefix = self.first[:length]
            if (first_day(prefix), last_day(prefix)) == (self.first, self.last):
                return prefix
        return f"{self.first}/{self.last}"


def moment_of(date: str) -> Moment:
    """The moment an ISO prefix tells."""
    return Moment(first_day(date), last_day(date))


def moments_of(dates: Iterable[str]) -> Moment | None:
    """One moment out of what several sources say; None where none says anything.

    Where they agree as far as they go, the most precise counts; where they contradict each other, it lies
    somewhere between them.

    >>> moments_of(["2013", "2013-06-03"])
    Moment(first='2013-06-03', last='2013-06-03')
    """
    told = [moment_of(date) for date in dates]
    if not told:
        return None
    first, last = max(item.first for item in told), min(item.last for item in told)
    if first <= last:
        return Moment(first, last)
    return Moment(min(item.first for item in told), max(item.last for item in told))


def first_day(date: str) -> str:
    """The first day of an ISO prefix.

    >>> first_day("2013"), first_day("2013-06")
    ('2013-01-01', '2013-06-01')
    """
    return date + "-01-01"[len(date) - 4 :] if len(date) < 10 else date


def last_day(date: str) -> str:
    """The last day of an ISO prefix; of a month the 31st, since days are only compared.

    >>> last_day("2013"), last_day("2013-06")
    ('2013-12-31', '2013-06-31')
    """
    return date + "-12-31"[len(date) - 4 :] if len(date) < 10 else date


def months_after(day: str, months: int) -> str:
    """The day some months after an ISO day; it may be one the month does not have, since days are compared.

    >>> months_after("2022-11-10", 27)
    '2025-02-10'
    """
    count = int(day[:4]) * 12 + int(day[5:7]) - 1 + months
    return f"{count // 12:04}-{count % 12 + 1:02}{day[7:]}"


def is_before(one: str | None, other: str | None) -> bool:
    """Whether a date lies certainly before another; False where one is not known.

    >>> is_before("2013-06", "2013-07-01"), is_before("2013", "2013-07-01"), is_before(None, "2013")
    (True, False, False)
    """
    return one is not None and other is not None and last_day(one) < first_day(other)
